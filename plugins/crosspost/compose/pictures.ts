import type { Photo, Post } from "rookery/plugin";
import type { Content } from "./from-html.ts";

// Icons and tracking pixels.
const smallest = 200;

/** The pictures of a post that are worth a place beside its copy: its photos, then those in the text, each once. */
export function chosenPictures(post: Pick<Post, "photos" | "url">, content: Content): readonly Photo[] {
  const attached = post.photos.map((photo) => ({ ...photo, url: URL.parse(photo.url, post.url)?.href ?? photo.url }));
  // Of one that says a single measure the other is as large, as icons are.
  const shown = content.pictures.filter(
    ({ width, height }) => !((width ?? height ?? smallest) < smallest && (height ?? width ?? smallest) < smallest),
  );
  return [...new Map([...shown, ...attached].map((photo) => [photo.url, photo])).values()].toSorted(
    (one, other) => place(attached, one) - place(attached, other),
  );
}

function place(attached: readonly Photo[], { url }: Photo): number {
  const at = attached.findIndex((photo) => photo.url === url);
  return at < 0 ? attached.length : at;
}
