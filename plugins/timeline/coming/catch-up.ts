import type { Json } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { isForAll, takePost } from "./local-posts.ts";

const blogsAtOnce = 20;

/** Takes the newest posts in that were there before the plugin, for profiles and for whoever follows; some blogs at a time, none into timelines. */
export async function catchUp(data: Json, context: Own): Promise<void> {
  const after = (data as { after?: string }).after ?? "";
  const blogs = await context.blogs({ after, limit: blogsAtOnce });
  for (const blog of blogs) {
    context.signal.throwIfAborted();
    const place = await context.as({ blog });
    for (const post of await place.posts.list({ limit: 100 })) if (isForAll(post)) await takePost(place, post, { isNew: false });
  }
  const last = blogs.at(-1);
  if (last && blogs.length === blogsAtOnce)
    await context.enqueue("catch-up", { after: last.host }, { key: `catch-up ${last.host}` });
}

/** Follows a blog to another address: what is here of it leads there. */
export async function moveItems(context: Own): Promise<void> {
  const { tables, blog, signal } = context;
  for (let after = 0; ;) {
    signal.throwIfAborted();
    const rows = await tables.query<{ number: number; id: string }>(
      "SELECT number, id FROM p_timeline_items WHERE place_id = ? AND kind = 'post' AND state = 'shown' AND number > ? ORDER BY number LIMIT 100",
      [blog.id, after],
    );
    if (rows.length === 0) return;
    for (const { id } of rows) {
      const post = await context.posts.byId(id);
      if (post) await takePost(context, post, { isNew: false });
    }
    after = rows.at(-1)!.number;
  }
}
