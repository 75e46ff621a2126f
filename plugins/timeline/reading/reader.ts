import type { Mute } from "../api.ts";
import { followedOf } from "../following/follow.ts";
import { mutesOf } from "../following/mutes.ts";
import type { Own } from "../settings.ts";
import type { Known } from "./items.ts";
import { repliesOf } from "./markers.ts";

/** Whoever reads, and what they do not want to see. A visitor wants everything. */
export type Reader = { readonly accountId: string | null; readonly mutes: readonly Mute[]; readonly onlyFollowed: boolean };

/** What is known of a reader's wishes. */
export async function readerOf(context: Own, accountId: string | null): Promise<Reader> {
  if (accountId === null) return { accountId, mutes: [], onlyFollowed: false };
  const [mutes, replies] = [await mutesOf(context, accountId), await repliesOf(context, accountId)];
  return { accountId, mutes, onlyFollowed: replies === "followed" };
}

/** Whether somebody may see an item, and wants to. */
export function wants({ accountId, mutes }: Reader, known: Known): boolean {
  const isOwn = accountId !== null && known.item.author.sourceId === accountId;
  if (known.isAway || (known.state !== "shown" && !(known.state === "kept" && isOwn))) return false;
  return !isMuted({ accountId, mutes }, known);
}

/** Whether what somebody mutes or blocks hides an item from them; never their own. */
export function isMuted({ accountId, mutes }: Pick<Reader, "accountId" | "mutes">, known: Known): boolean {
  const isOwn = accountId !== null && known.item.author.sourceId === accountId;
  return !isOwn && mutes.some((one) => hides(one, known));
}

/** Leaves out replies to people that the reader does not follow, where that is what they chose. Their own stay. */
export async function withoutStrangers(
  context: Own,
  { accountId, onlyFollowed }: Reader,
  all: readonly Known[],
): Promise<readonly Known[]> {
  if (!onlyFollowed || accountId === null) return all;
  const isStrange = ({ item }: Known) =>
    item.replyTo !== "" &&
    item.author.sourceId !== accountId &&
    item.replySourceId !== accountId &&
    item.replySourceId !== item.author.sourceId;
  const followed = await followedOf(
    context,
    accountId,
    all.filter(isStrange).map(({ item }) => item.replySourceId),
  );
  return all.filter((one) => !isStrange(one) || followed.has(one.item.replySourceId));
}

function hides({ kind, value, isBlock, hidesReplies }: Mute, { item, words, replyHandle }: Known): boolean {
  if (kind === "word") return hasWord(words, value);
  if (kind === "domain") return [item.url, item.author.url].some((url) => isOn(url, value));
  const isFrom = item.author.handle.toLowerCase() === value;
  return isFrom || (hidesReplies && replyHandle === value) || (isBlock && hasWord(words, `@${value}`));
}

function isOn(url: string, domain: string): boolean {
  const host = URL.parse(url)?.hostname ?? "";
  return host === domain || host.endsWith(`.${domain}`);
}

/** Whether a text in small letters has a word, or words, and not only as a part of another. */
export function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (
      !/[\p{L}\p{N}\p{M}]$/u.test(before(text, at)) &&
      !/^[\p{L}\p{N}\p{M}]/u.test(text.slice(at + word.length, at + word.length + 2))
    )
      return true;
  return false;
}

const before = (text: string, at: number): string => text.slice(Math.max(at - 2, 0), at);
