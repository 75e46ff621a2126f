import { PublicError, type Json } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import { webAddress } from "../wire/typed.ts";

// Each is asked for by itself: of the longest conversations only so many.
const most = 200;

/** Where copies of posts of blogs here stand elsewhere, by the ids of the posts: what cross-posting, or whoever wrote them, said. */
export async function copiesOf(context: Own, items: readonly Item[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  const posts = items.filter(({ kind, blogId }) => kind === "post" && blogId !== "").slice(0, most);
  for (const [blog, some] of Map.groupBy(posts, ({ blogId }) => blogId)) {
    const place = await context.as({ blog }).catch((error: unknown) => {
      // A blog that went meanwhile.
      if (error instanceof PublicError) return null;
      throw error;
    });
    const known = place ? await Promise.all(some.map(({ id }) => place.posts.byId(id))) : [];
    for (const post of known) {
      const copies = addressesIn(post?.properties.syndication);
      if (post && copies.length > 0) found.set(post.id, copies);
    }
  }
  return found;
}

// Clients and importers write an address alone, or with more about it.
function addressesIn(value: Json | undefined): readonly string[] {
  const urls = [value ?? []].flat().map((one) => {
    const { url = one, value } = typeof one === "object" && one !== null ? (one as { url?: Json; value?: Json }) : {};
    const said = typeof url === "string" ? url : value;
    return typeof said === "string" ? webAddress(said) : null;
  });
  return [...new Set(urls.filter((url): url is string => url !== null && url !== ""))].slice(0, 50);
}
