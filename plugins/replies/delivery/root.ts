import { placeOn, type Own } from "../own.ts";
import type { ReplyRow } from "../rows/reply-row.ts";

/** The address of the post under which a reply appears, where it answers another reply there; else empty. */
export async function rootOf(context: Own, { targetBlog, targetPost, parentSource }: ReplyRow): Promise<string> {
  if (targetBlog === "" || parentSource === "") return "";
  const there = await placeOn(context, targetBlog);
  return (await there?.posts.byId(targetPost))?.url ?? "";
}
