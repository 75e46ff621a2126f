import type { Draft, Post } from "../../../core/hooks/values.ts";
import type { LibraryFile } from "../../../core/media/media-row.ts";
import { usesOf } from "../../../core/media/uses.ts";
import { publish } from "../../../core/posts/publish.ts";
import { postsByIds } from "../../../core/posts/read.ts";
import type { OnBlog } from "../../on-blog.ts";

/**
 * Gives a picture's description to the posts that show it: as their photo, and in their Markdown. Only posts the person may
 * change, and none in the trash. Gives how many were changed.
 */
export async function changeAltInPosts(place: OnBlog, file: LibraryFile, alt: string): Promise<number> {
  let changed = 0;
  for (const post of await postsByIds(place.scope, await usesOf(place.scope, file.id))) {
    if (post.status === "trash" || !place.may("post.edit", post)) continue;
    const draft = draftWith(post, file, alt);
    if (draft && (await publish(place.scope, draft, { reason: "update" })).ok) changed++;
  }
  return changed;
}

function draftWith(post: Post, file: LibraryFile, alt: string): Draft | null {
  const photos = post.photos.map((photo) => (photo.url === file.url ? { ...photo, alt } : photo));
  const content = post.format === "markdown" ? markdownWith(post.source, file, alt) : post.source;
  const isSame = content === post.source && photos.every((photo, at) => photo.alt === post.photos[at]!.alt);
  return isSame ? null : { id: post.id, version: post.version, photos, content };
}

/** Markdown in which every picture of that file has the description. */
export function markdownWith(source: string, file: Pick<LibraryFile, "url">, alt: string): string {
  const text = alt
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[[\]\\]/g, "\\$&");
  const addresses = [file.url, new URL(file.url).pathname];
  // Bounded, so that a text of nothing but brackets takes no longer than others.
  return source.replace(/!\[((?:[^[\]\\\n]|\\.){0,5000})\]\(([^\s()]{1,1000})/g, (whole, _old, address: string) =>
    addresses.includes(address) ? `![${text}](${address}` : whole,
  );
}
