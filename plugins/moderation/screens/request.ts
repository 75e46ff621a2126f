import { PublicError, type PluginScreenRequest } from "rookery/plugin";
import type { Own, Settings } from "../settings.ts";

/** A request to one of the plugin's screens. */
export type Request = PluginScreenRequest<Settings>;

/** The plugin's own context of a request. */
export const ownOf = ({ context }: Request): Own => context as Own;

/** What a form was refused for, in the reader's language, shown in it again; throws what is no refusal of a form. */
export function refusalOf({ context }: Request, error: unknown): { readonly sentence: string; readonly status: number } {
  if (!(error instanceof PublicError) || error.status === 404) throw error;
  const key = `error.${error.key}`;
  const said = context.t(key, (error.values ?? {}) as Record<string, string | number>);
  return { sentence: said === key ? error.message : said, status: error.status };
}

/** The name somebody goes by here; empty for nobody. */
export function namesOf(request: Request): (id: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (id) => {
    if (id === "") return "";
    if (!known.has(id)) known.set(id, (await ownOf(request).people.standing(id))?.account.username ?? "");
    return known.get(id)!;
  };
}

/** Where a list of the desk goes on. Ids are asked for as they are stored, whatever is sent. */
export const afterOf = ({ query }: Request): string => {
  const after = query.get("after") ?? "";
  return /^[0-9A-Z]{26}$/.test(after) ? after : "";
};

/** The address of the next page of a list, when there is one; `each` were asked for, and one more. */
export function pageOf<T>(rows: readonly T[], each: number, next: (last: T) => string) {
  const shown = rows.slice(0, each);
  return { shown, next: rows.length > each ? next(shown.at(-1)!) : null };
}

const places = ["", "/new", "/held", "/appeals", "/decided", "/domains"] as const;

/** The tabs of the moderators' desk. */
export function tabsOf({ at, context, account }: Request, here: (typeof places)[number]) {
  const tabs = places.map((place) => ({
    href: at(`/admin/moderation${place}`),
    label: context.t(`tab.${place.slice(1) || "reports"}`),
    isCurrent: place === here,
  }));
  const log = { href: "/admin/log?action=moderation.", label: context.t("tab.log"), isCurrent: false };
  return account ? [...tabs, log] : tabs;
}
