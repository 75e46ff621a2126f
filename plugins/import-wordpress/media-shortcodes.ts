import type { Attachment } from "./survey.ts";
import type { Shortcode, ShortcodeValues } from "./shortcodes.ts";

/** Pictures of a gallery: those with these ids, or all that were uploaded for the post. */
export type PicturesOf = (ids: readonly string[] | null) => readonly Attachment[];

const services: Readonly<Record<string, (id: string) => string>> = {
  youtube: (id) => `https://www.youtube.com/watch?v=${id}`,
  vimeo: (id) => `https://vimeo.com/${id}`,
  dailymotion: (id) => `https://www.dailymotion.com/video/${id}`,
  ted: (id) => `https://www.ted.com/talks/${id}`,
};

const sounds = ["src", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "0"];
const films = ["src", "mp4", "m4v", "webm", "ogv", "mov", "0"];

/** The shortcodes that WordPress itself brings, as HTML that needs no WordPress. */
export function mediaShortcodes(picturesOf: PicturesOf): Readonly<Record<string, Shortcode>> {
  const links = Object.entries(services).map(([name, toUrl]): [string, Shortcode] => [
    name,
    (values) => videoLink(values, toUrl),
  ]);
  return {
    caption,
    wp_caption: caption,
    gallery: (values) => gallery(values, picturesOf),
    audio: (values) => player("audio", values, sounds),
    video: (values) => player("video", values, films),
    embed: (values, inside) => linkTo(inside.trim() || (values.get("src") ?? values.get("0") ?? "")),
    ...Object.fromEntries(links),
  };
}

/** HTML's special characters as references, for text and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A picture with its description, and its caption when it has one. */
export function figureOf({ url, alt, caption: text }: Attachment): string {
  const below = text ? `<figcaption>${text}</figcaption>` : "";
  return `<figure><img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}">${below}</figure>`;
}

/** A link on a line of its own; null when the text is no address. */
export function linkTo(url: string): string | null {
  const plain = url.replaceAll("&amp;", "&");
  if (!/^https?:\/\/[^\s<>"]+$/i.test(plain)) return null;
  return `\n\n<p><a href="${escapeHtml(plain)}">${escapeHtml(plain)}</a></p>\n\n`;
}

function caption(values: ShortcodeValues, inside: string): string {
  const picture = /^\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*<\/a>)?)/i.exec(inside);
  const media = picture ? picture[1]! : inside;
  const text = (values.get("caption") ?? (picture ? inside.slice(picture[0].length) : "")).trim();
  return `\n\n<figure>${media.trim()}${text ? `<figcaption>${text.replaceAll("\n", " ")}</figcaption>` : ""}</figure>\n\n`;
}

function gallery(values: ShortcodeValues, picturesOf: PicturesOf): string | null {
  const ids = values.get("ids") ?? values.get("include");
  const pictures = picturesOf(ids === undefined ? null : ids.split(",").map((id) => id.trim()));
  return pictures.length === 0 ? null : `\n\n${pictures.map(figureOf).join("\n")}\n\n`;
}

function player(name: "audio" | "video", values: ShortcodeValues, sources: readonly string[]): string | null {
  const url = sources.map((source) => values.get(source) ?? "").find((one) => /^(https?:\/\/|\/)[^\s<>"]+$/i.test(one));
  if (url === undefined) return null;
  const poster = values.get("poster");
  const cover = name === "video" && poster ? ` poster="${escapeHtml(poster)}"` : "";
  return `\n\n<figure><${name} controls src="${escapeHtml(url)}"${cover}></${name}></figure>\n\n`;
}

// `[youtube=https://…]`, `[youtube https://…]` and `[youtube dQw4w9WgXcQ]` are all in use.
function videoLink(values: ShortcodeValues, toUrl: (id: string) => string): string | null {
  const given = (values.get("0") ?? values.get("id") ?? values.get("src") ?? "").replace(/^=/, "");
  return linkTo(/^[\w-]+$/.test(given) ? toUrl(given) : given);
}
