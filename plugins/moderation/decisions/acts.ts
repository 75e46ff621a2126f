import type { Target } from "../reports/target.ts";

/** What moderators can do, in the order of the form. */
export const actKinds = ["hide", "sensitive", "hold", "warn", "limit", "suspend", "domain"] as const;
export type ActKind = (typeof actKinds)[number];

/** Which of them fit a target. */
export function fitting({ kind, accountId, url }: Pick<Target, "kind" | "accountId" | "url">, hub: string): readonly ActKind[] {
  const host = URL.parse(url)?.host;
  const isOutside = accountId === "" && host !== undefined && host !== new URL(hub).host;
  const fits: Readonly<Record<ActKind, boolean>> = {
    hide: kind === "post" || kind === "reply",
    sensitive: kind === "post",
    hold: accountId !== "",
    warn: accountId !== "",
    limit: accountId !== "",
    suspend: accountId !== "",
    domain: isOutside,
  };
  return actKinds.filter((one) => fits[one]);
}

/** Acts that last, and may have an end. */
export const lasting: ReadonlySet<string> = new Set<ActKind>(["hold", "limit", "suspend", "domain"]);

/** How long they can last, by the word of the form; 0 is without an end. */
export const lengths: Readonly<Record<string, number>> = { open: 0, day: 1, week: 7, month: 30 };
