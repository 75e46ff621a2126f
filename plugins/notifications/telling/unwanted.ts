import type { Notice } from "rookery/plugin";
import type { Own } from "../settings.ts";

type Mute = { readonly kind: "person" | "domain" | "word"; readonly value: string; readonly isBlock?: boolean };
/** The service `timeline.store`, as far as it is used here; any plugin may give it. */
type Reading = { mutes(accountId: string): Promise<readonly Mute[]> };
const service = "timeline.store" as never;

/** What somebody would be told, and by whom: `handle` of who is here. */
export type Telling = Pick<Notice, "text" | "from"> & { readonly handle?: string };

/** Whether somebody muted who says it, their domain, or a word of it. */
export async function isUnwanted(context: Own, accountId: string, { text, from, handle }: Telling): Promise<boolean> {
  const found = context.services(service)[0] as { readonly pluginId: string } | undefined;
  if (!found) return false;
  const mutes = await context.ask(service, found.pluginId, (reading) => (reading as Reading).mutes(accountId));
  const who = handle ?? handleAt(context.site.url, from?.url ?? "");
  const host = from ? (URL.parse(from.url)?.hostname ?? "") : "";
  const said = spaced(text);
  return mutes.some(({ kind, value, isBlock }) => {
    if (kind === "word") return said.includes(spaced(value));
    if (kind === "domain") return host === value || host.endsWith(`.${value}`);
    // A block also hides what names somebody.
    const names =
      isBlock === true &&
      text
        .toLowerCase()
        .split(/[^\p{L}\p{N}@-]+/u)
        .includes(`@${value}`);
    return value !== "" && (who === value || host === value || names);
  });
}

// Who is here, by the address of their page.
const handleAt = (hub: string, url: string): string | undefined =>
  url.startsWith(`${hub.replace(/\/$/, "")}/people/`) ? url.split("/").at(-1)!.toLowerCase() : undefined;

// Whole words only, in any letters.
const spaced = (text: string): string =>
  ` ${text
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim()} `;
