import type { Format, Post } from "../../hooks/values.ts";

/** What a post says that may show files: its text, photos and sounds. */
export type Shown = Pick<Post, "source" | "format" | "photos" | "audio">;

/** Host and path by which a file of the old site is known, whether over http or https, with or without `www.`; null for none. */
export function fileKey(address: string): string | null {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  return bareHost(url.host) + url.pathname + url.search;
}

/** A host as it is compared: without `www.`. */
export function bareHost(host: string): string {
  return host.toLowerCase().replace(/^www\./, "");
}

/**
 * Addresses under which the file behind an address may be listed: itself, and what `name-300x200.jpg` was made from, which
 * may be called `name.jpg` or `name-scaled.jpg`.
 */
export function originalsOf(address: string): string[] {
  const url = URL.parse(address);
  if (!url) return [];
  url.hash = "";
  const asIs = url.href;
  url.search = "";
  const plain = url.href;
  const whole = plain.replace(/-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)/, "");
  const scaled = whole.replace(/(?=\.\w{2,5}$)/, "-scaled");
  return [...new Set([asIs, plain, whole, scaled])];
}

/** Every web address of a text, once; those that begin with a slash are read as standing on `base`. */
export function addressesIn(text: string, format: Format, base: string): string[] {
  const found = new Set<string>();
  replaceAddresses(text, { format, base }, (address) => void found.add(address));
  return [...found];
}

/** The addresses a post may show files at. */
export function shownBy({ source, format, photos, audio }: Shown, base: string): string[] {
  return [...new Set([...addressesIn(source, format, base), ...[...photos, ...audio].map(({ url }) => url)])];
}

/** Writes a text anew with other addresses where `replace` gives one. */
export function replaceAddresses(
  text: string,
  { format, base }: { readonly format: Format; readonly base: string },
  replace: (address: string) => string | undefined | void,
): string {
  // In Markdown a bracket ends an address; in an attribute it may be part of a name.
  const end = format === "html" ? `[^\\s"'<>]+` : `[^\\s"'<>()]+`;
  const pattern = new RegExp(`(?:https?:)?//${end}|(?<=\\s(?:src|href|poster)=["'])/(?!/)${end}`, "gi");
  return text.replace(pattern, (found) => {
    const written = found.replace(/[,.;]+$/, ""); // of a srcset, or the end of a sentence
    const plain = written.replaceAll("&amp;", "&").replaceAll("&#038;", "&");
    const address = URL.parse(plain, base || undefined)?.href;
    const next = address === undefined ? undefined : replace(address);
    return next ? next.replaceAll("&", "&amp;") + found.slice(written.length) : found;
  });
}

/**
 * The post's text, photos and sounds with files at their new addresses. A picture keeps no list of sizes: they all became
 * one file. Null when nothing changes.
 */
export function withNewFiles(post: Shown, base: string, files: ReadonlyMap<string, NewPlace>) {
  const replace = (address: string) => files.get(address)?.url;
  const source = replaceAddresses(
    post.source.replace(/<img\b[^>]*\ssrcset=[^>]*>/gi, (tag) => withoutSizes(tag, post.format, base, files)),
    { format: post.format, base },
    replace,
  );
  const photos = post.photos.map((photo) => ({ ...photo, url: replace(photo.url) ?? photo.url }));
  const audio = post.audio.map((sound) => ({ ...sound, ...files.get(sound.url) }));
  const changed = { content: source, photos, audio };
  const before = { content: post.source, photos: post.photos, audio: post.audio };
  return JSON.stringify(changed) === JSON.stringify(before) ? null : changed;
}

/** Where a file is now. */
export type NewPlace = { readonly url: string; readonly type: string; readonly bytes: number };

function withoutSizes(tag: string, format: Format, base: string, files: ReadonlyMap<string, NewPlace>): string {
  const isMoved = addressesIn(tag, format, base).some((address) => files.has(address));
  return isMoved ? tag.replace(/\s(?:srcset|sizes)=(?:"[^"]*"|'[^']*')/gi, "") : tag;
}
