import type { FeedMedia } from "./feed.types.ts";
import { webAddress } from "./markup.ts";
import { childOf, childrenOf, textOf, type FeedNode } from "./tree.ts";

type Sorted = { photos: FeedMedia[]; audio: FeedMedia[]; video: FeedMedia[] };

/** Pictures, sound and films of an item: enclosures, Media RSS and the picture of iTunes. */
export function mediaOf(item: FeedNode): Sorted {
  const found: Sorted = { photos: [], audio: [], video: [] };
  for (const node of childrenOf(item, "enclosure")) sort(found, node, node.attributes.url);
  for (const node of childrenOf(item, "atom:link"))
    if (node.attributes.rel === "enclosure") sort(found, node, node.attributes.href);
  // Content that stands elsewhere (RFC 4287 §4.1.3.2).
  for (const node of childrenOf(item, "atom:content")) sort(found, node, node.attributes.src);
  for (const group of [item, ...childrenOf(item, "media:group")])
    for (const node of childrenOf(group, "media:content")) {
      sort(found, node, node.attributes.url, words(node) || words(group));
      for (const small of childrenOf(node, "media:thumbnail")) picture(found, small, small.attributes.url, words(node));
    }
  for (const group of [item, ...childrenOf(item, "media:group")])
    for (const node of childrenOf(group, "media:thumbnail"))
      if (found.photos.length === 0) picture(found, node, node.attributes.url, words(group));
  const cover = childOf(item, "itunes:image");
  if (cover && found.photos.length === 0) picture(found, cover, cover.attributes.href);
  return found;
}

const words = (node: FeedNode) =>
  textOf(childOf(node, "media:description"))
    .replace(/<[^>]*>/g, " ")
    .trim()
    .slice(0, 2_000);

function picture(found: Sorted, node: FeedNode, written: string | undefined, alt = ""): void {
  const url = webAddress(written ?? "", node.base);
  const side = (name: string) => Number.parseInt(node.attributes[name] ?? "", 10);
  if (url && !(side("width") < 100) && !(side("height") < 100)) found.photos.push({ url, type: "", alt, bytes: null });
}

function sort(found: Sorted, node: FeedNode, written: string | undefined, alt = ""): void {
  const url = webAddress(written ?? "", node.base);
  if (url)
    place(
      found,
      {
        url,
        type: (node.attributes.type ?? "").slice(0, 100).toLowerCase(),
        alt,
        bytes: bytesIn(node.attributes.length ?? node.attributes.filesize),
      },
      node.attributes.medium,
    );
}

const bytesIn = (written: string | undefined) =>
  written && /^\d{1,15}$/.test(written.trim()) && Number(written) > 0 ? Number(written) : null;

/** Puts a file among those of its kind, by type, else by the end of its name; other kinds are left out. */
export function place(found: Sorted, media: FeedMedia, medium = ""): void {
  const ending = /\.(\w{2,5})$/.exec(new URL(media.url).pathname)?.[1]?.toLowerCase() ?? "";
  const kind = (media.type.split("/")[0] || medium).toLowerCase();
  if (kind === "image" || (!/^(audio|video)$/.test(kind) && /^(jpe?g|png|gif|webp|avif)$/.test(ending))) found.photos.push(media);
  else if (kind === "audio" || (kind !== "video" && /^(mp3|m4a|ogg|oga|opus|wav|flac|aac)$/.test(ending)))
    found.audio.push(media);
  else if (kind === "video" || /^(mp4|m4v|mov|webm|ogv)$/.test(ending)) found.video.push(media);
}
