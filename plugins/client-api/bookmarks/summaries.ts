import { PublicError } from "rookery/plugin";
import type { Own } from "../settings.ts";
import type { SavedPage } from "../wire/shapes.ts";

/** What somebody's apps said in short of saved pages, by the ids of these; it stands in the posts that the bookmarks are. */
export async function summariesOf(
  context: Own,
  accountId: string,
  pages: readonly SavedPage[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const [blog, some] of Map.groupBy(pages, ({ blogId }) => blogId)) {
    const place = await context.as({ accountId, blog }).catch((error: unknown) => {
      // A blog they write on no more.
      if (error instanceof PublicError) return null;
      throw error;
    });
    for (const { id } of place ? some : []) found.set(id, (await place!.posts.byId(id))?.summary ?? "");
  }
  return found;
}
