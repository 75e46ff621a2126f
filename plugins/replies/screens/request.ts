import { PublicError, type PluginScreenRequest } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import type { Own } from "../own.ts";

/** A request to one of the plugin's screens. */
export type Request = PluginScreenRequest;

/** The plugin's context on the hub; its `t` speaks the reader's language. */
export const hubOfRequest = ({ context }: Request): Own => context as Own;

/** The sentence of a refusal, in the reader's language; throws what is none. */
export function refusalOf(error: unknown, { context }: Request): { readonly sentence: string; readonly status: number } {
  if (!(error instanceof PublicError)) throw error;
  const key = `error.${error.key}`;
  const said = context.t(key, { ...error.values });
  return { sentence: said === key ? error.message : said, status: error.status };
}

/** A page that is not there, or not for whoever asks. */
export const noReply = (): PublicError => new PublicError("no-reply", "There is no such reply.", 404);

/** An item as the screens draw it. */
export function drawn({ at, context }: Pick<Request, "at" | "context">, item: Item) {
  const { author, number, url, html, language, at: saidAt } = item;
  const home = author.sourceId === "" ? author.url : at(`/people/${encodeURIComponent(author.handle)}`);
  return {
    number,
    url,
    html: context.images.inHtml(html),
    language,
    saidAt,
    conversation: at(`/c/${number}`),
    name: author.name || author.handle,
    home,
    author: { ...author, avatar: context.images.face(author.avatar) },
  };
}
