import type { Fields } from "rookery/plugin";

/** Of a blog; the installation's values hold until its owner says otherwise. */
export const settings = {
  withoutPkce: {
    type: "select",
    label: "Apps that do not protect the sign-in (no PKCE)",
    help: "Many older apps do not, those of Micro.blog among them. People are warned before they allow one.",
    options: [
      { value: "all", label: "Allow all, with a warning" },
      { value: "named", label: "Allow only those named here" },
      { value: "none", label: "Allow none" },
    ],
    default: "all",
  },
  withoutPkceApps: {
    type: "textarea",
    label: "Allowed without PKCE",
    help: "Addresses of apps, one on a line, such as https://micro.blog/",
    when: { withoutPkce: "named" },
  },
  lifetime: {
    type: "select",
    label: "How long an app stays connected without renewing",
    help: "Apps that can renew their access by themselves do so. Others ask again.",
    options: [
      { value: "forever", label: "Until it is taken back" },
      { value: "year", label: "A year" },
      { value: "month", label: "30 days" },
      { value: "day", label: "A day" },
    ],
    default: "forever",
  },
} as const satisfies Fields;

/** Of the installation. */
export const networkSettings = {
  introspectionSecret: {
    type: "secret",
    label: "Secret for checking tokens",
    help: "Servers of yours that check tokens send it as Bearer. Without it they need a token of the same person.",
  },
} as const satisfies Fields;

type Choice = { readonly withoutPkce?: string | undefined; readonly withoutPkceApps?: string | undefined };

/** Whether a client may come without PKCE. */
export function mayLackPkce({ withoutPkce, withoutPkceApps }: Choice, clientId: string): boolean {
  if (withoutPkce === "none") return false;
  if (withoutPkce !== "named") return true;
  const named = (withoutPkceApps ?? "").split(/\s+/).filter(Boolean);
  return named.some((one) => URL.parse(one)?.href === clientId);
}

/** How many seconds a token is good; undefined for good. */
export function secondsOf(lifetime: string | undefined): number | undefined {
  return { day: 86_400, month: 30 * 86_400, year: 365 * 86_400 }[lifetime ?? ""];
}
