import { PublicError, type Account, type PluginScreenRequest } from "rookery/plugin";
import { numberFrom } from "../../timeline/ids.ts";
import { longestNote } from "../bounds.ts";
import { textFrom } from "../picking/wish.ts";
import { titleOf, type StoredTopic } from "../topics/topics.ts";

export type Request = PluginScreenRequest;

/** Where curators work, and how far its addresses reach. */
export const desk = "/admin/discover";

/** A topic as pages show it. */
export function shownTopic({ context: { t }, language, at }: Request, topic: StoredTopic) {
  return { slug: topic.slug, title: titleOf(topic, t, language), emoji: topic.emoji[0] ?? "", at: at(`/discover/${topic.slug}`) };
}

/** The number of a post a form is about. PublicError 404. */
export function numberIn(fields: URLSearchParams): number {
  const number = numberFrom(fields.get("number"));
  if (number === null) throw new PublicError("no-post", "There is no public post of this installation here.", 404);
  return number;
}

/** Why somebody does something, from a form. PublicError 422. */
export function reasonIn(fields: URLSearchParams): string {
  const reason = textFrom(fields.get("reason"));
  if ([...reason].length > longestNote) throw new PublicError("note", "A note has 500 letters at most.", 422);
  return reason;
}

/** Where a form leads back to: a page of the curators', with what was sifted there. */
export function backOf({ at }: Request, fields: URLSearchParams): string {
  const back = fields.get("back") ?? "";
  return /^\?[\w=&%.-]{0,300}$/.test(back) ? at(desk) + back : at(desk);
}

/** The sentence for a form that was refused, in the reader's language; throws what is no refusal. */
export function sentenceOf(error: unknown, { context }: Request): string {
  if (!(error instanceof PublicError)) throw error;
  const said = context.t(`error.${error.key}`);
  return said === `error.${error.key}` ? error.message : said;
}

/** Somebody as lists show them; who is not here any more has no name. */
export async function personOf(request: Pick<Request, "at" | "context">, id: string) {
  const account = await request.context.accounts.byId(id);
  return account ? shownPerson(request, account) : null;
}

/** Somebody as lists show them. */
export function shownPerson({ at, context }: Pick<Request, "at" | "context">, { name, username, photo }: Account) {
  const avatar = context.images.face(photo);
  return { name: name || username, handle: username, avatar, at: at(`/people/${encodeURIComponent(username)}`) };
}

/** The name of a language in itself. */
export function autonym(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The languages among which somebody chooses, each called as it calls itself. */
export const languageLinks = (tags: readonly string[], current: string, at: (tag: string) => string) =>
  tags.map((tag) => ({ tag, name: autonym(tag), at: at(tag), isCurrent: tag === current }));
