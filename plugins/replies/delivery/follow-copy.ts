import type { Post } from "rookery/plugin";
import { hashOf } from "../ids.ts";
import type { Own } from "../own.ts";
import { changeWords } from "../rows/change.ts";
import { rowByCopy } from "../rows/find.ts";
import { wordsOf } from "../rows/reply-row.ts";
import { htmlOf, tidy } from "../text/read-text.ts";
import { removeRow } from "../writing/remove.ts";
import { settle } from "./settle.ts";

/** A post changed, or came back: when it is the copy of a reply, the reply says the same. */
export async function followCopy(context: Own, post: Post): Promise<void> {
  if (!isCopy(context, post)) return;
  const hub = await context.as({ blog: null });
  const row = await rowByCopy(hub, post.id);
  if (!row || (row.state !== "removed" && row.source === post.source && row.copyUrl === post.url)) return;
  const source = tidy(post.source);
  const moved = { copy_url: post.url, copy_hash: hashOf(post.url) };
  // At another address it is another one where it was received.
  if (row.state !== "removed" && row.copyUrl !== post.url && row.targetBlog !== "")
    await (await hub.as({ blog: row.targetBlog })).interactions.removeBySource(row.copyUrl);
  const html = await htmlOf(hub, source);
  await changeWords(hub, row, {
    source,
    html,
    ...wordsOf(source),
    state: "waiting",
    reason: "",
    removed_at: null,
    ...moved,
  });
  await settle(hub, row);
}

/** A post is gone: when it is the copy of a reply, the reply goes with it. */
export async function dropWithCopy(context: Own, post: Post): Promise<void> {
  if (!isCopy(context, post)) return;
  const hub = await context.as({ blog: null });
  const row = await rowByCopy(hub, post.id);
  if (row && row.state !== "removed") await removeRow(hub, row);
}

/** Names of people in copies lead to them, as in replies. */
export const isCopy = ({ pluginId }: Pick<Own, "pluginId">, { properties }: Pick<Post, "properties">): boolean =>
  properties[pluginId] !== undefined;
