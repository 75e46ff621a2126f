import { PublicError, type PluginScreenRequest } from "rookery/plugin";
import type { PageWish } from "../api.ts";
import { numberFrom } from "../ids.ts";
import type { Own, Settings } from "../settings.ts";
import { timelineStore } from "../store.ts";

/** A request to one of the plugin's screens. */
export type Request = PluginScreenRequest<Settings>;

/** What the plugin knows, for the one who asks. */
export const storeOf = ({ context }: Request) => timelineStore(() => context as Own);

/** Where a list goes on, by the query. A number that can be none is as good as the end. */
export function wishOf({ query }: Request): PageWish {
  const before = query.get("before");
  return before === null ? {} : { before: numberFrom(before) ?? -1 };
}

/** The address of somebody's profile here. */
export const personAt = (at: Request["at"], handle: string): string => at(`/people/${encodeURIComponent(handle)}`);

/** The sentence for a form that was refused, in the reader's language; throws what is no refusal of a form. */
export function sentenceOf(error: unknown, { context }: Request): string {
  if (!(error instanceof PublicError)) throw error;
  const key = `error.${error.key}`;
  const said = context.t(key, (error.values ?? {}) as Record<string, string | number>);
  return said === key ? error.message : said;
}

/** A page that is not there, or not for visitors. */
export const missing = (key: "no-person" | "no-item") =>
  new PublicError(key, key === "no-person" ? "There is nobody of this name here." : "There is no such post.", 404);
