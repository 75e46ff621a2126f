import type { Post } from "rookery/plugin";
import type { Own } from "../own.ts";
import { changeWords } from "../rows/change.ts";
import { rowByCopy } from "../rows/find.ts";
import { wordsOf, type ReplyRow } from "../rows/reply-row.ts";
import { htmlOf, tidy } from "../text/read-text.ts";
import { removeRow } from "../writing/remove.ts";
import { settle } from "./settle.ts";

/** A post changed, or came back: when it is the copy of a reply, the reply says the same. */
export async function followCopy(context: Own, told: Post): Promise<void> {
  if (!isCopy(context, told)) return;
  const hub = await context.as({ blog: null });
  const row = await rowByCopy(hub, told.id);
  // As it is now, for news may come late and in any order. The row first: what is brought to the copy at this moment is no change of the copy.
  const post = row && (await context.posts.byId(told.id));
  if (!row?.wantsCopy || !post || !isOut(post) || isOnItsWay(hub, row)) return;
  if (row.state !== "removed" && row.source === post.source) return;
  const source = tidy(post.source);
  const words = { source, html: await htmlOf(hub, source), ...wordsOf(source) };
  // What its writer changed meanwhile is newer, and comes to the copy by itself.
  if (await changeWords(hub, row, { ...words, state: "waiting", reason: "", removed_at: null })) await settle(hub, row);
}

/** A post is gone: when it is the copy of a reply, the reply goes with it. */
export async function dropWithCopy(context: Own, post: Post): Promise<void> {
  if (!isCopy(context, post)) return;
  const hub = await context.as({ blog: null });
  const row = await rowByCopy(hub, post.id);
  const now = row && (await context.posts.byId(post.id));
  // Taken out of the trash again before the news of it came.
  if (row?.wantsCopy && row.state !== "removed" && !(now && isOut(now))) await removeRow(hub, row);
}

// Its own words are being brought to the copy at this moment; what lies longer waits for something else.
const isOnItsWay = ({ clock }: Own, { isDue, state, updatedAt }: ReplyRow): boolean =>
  isDue && state !== "removed" && clock.now().getTime() - Date.parse(updatedAt) < 60_000;

const isOut = ({ status, visibility }: Post): boolean => status === "published" && visibility !== "private";

/** Names of people in copies lead to them, as in replies. */
export const isCopy = ({ pluginId }: Pick<Own, "pluginId">, { properties }: Pick<Post, "properties">): boolean =>
  properties[pluginId] !== undefined;
