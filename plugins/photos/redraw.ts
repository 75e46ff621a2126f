import type { Context, Json, Post } from "rookery/plugin";
import { allCollections, named } from "./collections.ts";
import { galleryOf, keysIn, marksIn } from "./shortcode.ts";

/** Which collections a post names, under the post's id. */
type Use = { readonly keys: readonly string[] };
const uses = (context: Context) => context.collection<Use>("uses");
const atOnce = 50;

/** Writes down which collections a post names, so that it is drawn anew when they change. */
export async function noteUses({ id, source }: Post, context: Context): Promise<void> {
  const keys = keysIn(source);
  if (keys.length > 0) await uses(context).put(id, { keys });
  else await uses(context).delete(id);
}

/** Publishes again what shows a collection that changed: what readers, feeds and copies have of it is part of the post. */
export async function redraw(data: Json, context: Context): Promise<void> {
  const keys = ((data as { keys?: unknown } | null)?.keys ?? []) as readonly string[];
  const markOf = await marks(context);
  for (const key of keys)
    for (let after: string | undefined; ;) {
      const page = await uses(context).find({ keys: key }, { limit: atOnce, ...(after && { after }) });
      for (const { id, value } of page) await drawAnew(id, new Set(await Promise.all(value.keys.map(markOf))), context);
      after = page.at(-1)?.id;
      if (page.length < atOnce) break;
    }
}

// What posts show of the collections as they are now, each made once.
async function marks(context: Context): Promise<(key: string) => Promise<string | null>> {
  const collections = await allCollections(context);
  const known = new Map<string, string | null>();
  return async (key) => {
    const found = named(collections, key);
    if (!known.has(key)) known.set(key, found ? (await galleryOf(found, context)).mark : null);
    return known.get(key)!;
  };
}

async function drawAnew(id: string, marksNow: Set<string | null>, context: Context): Promise<void> {
  const post = await context.posts.byId(id);
  if (!post) return void (await uses(context).delete(id));
  marksNow.delete(null);
  // The job may run twice, and somebody may have saved the post meanwhile.
  const isDrawn = marksNow.symmetricDifference(marksIn(post.html)).size === 0;
  if (post.status === "trash" || isDrawn) return;
  const outcome = await context.posts.publish({ id, version: post.version });
  // With a conflict another version came in between, and was drawn with what the collection is now.
  if (outcome.ok || outcome.refusal.status === 409) return;
  context.log.warn("A post that shows a collection could not be drawn anew", { post: id, why: outcome.refusal.refuse });
}
