import type { Reply } from "rookery/plugin";
import { answer, invalid } from "../wire/answers.ts";
import type { Call } from "../wire/route.ts";
import { deskOf } from "./entries.ts";
import { idsIn } from "./entry-list.ts";
import { say, saidOf, unsay } from "./said.ts";
import { unreadOf } from "./unread.ts";

const mostAtOnce = 5_000;

/** Ids of what is unread. */
export async function listUnread({ context, need }: Call): Promise<Reply> {
  return answer(await unreadOf(context, await deskOf(context, need("read").account.id)));
}

/** Puts entries back to be read once more. */
export const markUnread = (call: Call): Promise<Reply> => sayRead(call, false);

/** Says that entries are read. */
export const markRead = (call: Call): Promise<Reply> => sayRead(call, true);

/** Ids of what has a star. */
export async function listStarred({ context, need }: Call): Promise<Reply> {
  return answer(await saidOf(context, need("read").account.id, "star", true));
}

/** Gives stars. */
export async function star({ context, need, input }: Call): Promise<Reply> {
  const ids = idsOf(input, "starred_entries");
  await say(context, { accountId: need("read").account.id, word: "star", numbers: ids, isSo: true });
  return answer(ids);
}

/** Takes stars away. */
export async function unstar({ context, need, input }: Call): Promise<Reply> {
  const ids = idsOf(input, "starred_entries");
  await unsay(context, need("read").account.id, "star", ids);
  return answer(ids);
}

async function sayRead({ context, need, input }: Call, isRead: boolean): Promise<Reply> {
  const ids = idsOf(input, "unread_entries");
  await say(context, { accountId: need("read").account.id, word: "read", numbers: ids, isSo: isRead });
  return answer(ids);
}

function idsOf(input: URLSearchParams, name: string): number[] {
  const given = [name, `${name}[]`, "ids"].flatMap((one) => input.getAll(one)).flatMap((text) => text.split(","));
  if (given.length > mostAtOnce) throw invalid("At most 5,000 entries at once.");
  return idsIn(given);
}
