import { plainText, sanitise } from "rookery/plugin";
import { withAllowedTags } from "./shown-tags.ts";
import { isNoTitle } from "./no-title.ts";

/** What the rules of the timeline are asked about. */
export type Said = {
  readonly title: string;
  readonly html: string;
  readonly url: string;
  readonly photos: readonly { readonly url: string; readonly alt: string }[];
};

/** Clean and short HTML; `isLink` when it is a title that leads to the post, `whole` all of it, clean, `text` all of its words. */
export type Shown = {
  readonly html: string;
  readonly isLink: boolean;
  readonly title: string;
  readonly whole: string;
  readonly text: string;
};

const [usual, withQuote, cut, mostPhotos] = [300, 600, 280, 10] as const;

/**
 * What a timeline shows of a post (client-api.md §2.1): short ones whole, longer ones cut with a link, titled ones as title and
 * link, a titled photo as title and photo. The letters that count are those a reader sees. Anything may come in: what goes out is clean.
 */
export function shownOf(said: Said): Shown {
  const folded = foldedUnder(said.html);
  const whole = sanitise(absolute(said.html, said.url), "reader");
  const clean = withAllowedTags(whole);
  const text = plainText(whole);
  const title = isNoTitle(said.title) ? "" : oneLine(said.title);
  const photos = photosBeside(said, clean);
  if (title !== "") {
    const isPhoto = text === "" && (photos !== "" || /<(img|video)\b/.test(clean));
    const head = isPhoto ? escape(title) : `${escape(title)} ${link(said.url)}`;
    return { html: `<p>${head.trim()}</p>${isPhoto ? clean + photos : ""}`, isLink: !isPhoto, title, whole, text };
  }
  // What is folded away as a whole stays so here: its sentence and a link, no pictures.
  if (folded !== "") return { html: `<p>${escape(folded)} ${link(said.url)}</p>`, isLink: false, title, whole, text };
  const limit = /<blockquote\b/.test(clean) ? withQuote : usual;
  // A picture-less item without a word is still something to follow.
  if (text === "" && photos === "" && !/<(img|audio|video)\b/.test(clean))
    return { html: link(said.url) && `<p>${link(said.url)}</p>`, isLink: false, title, whole, text };
  if (isWithin(text, limit)) return { html: clean + photos, isLink: false, title, whole, text };
  const inside = (clean.match(/<video\b[^>]*>[^]*?<\/video>|<img\b[^>]*>/g) ?? [])
    .slice(0, mostPhotos)
    .map((one) => `<p>${one}</p>`);
  return {
    html: `<p>${escape(begin(text))}… ${link(said.url)}</p>${inside.join("")}${photos}`,
    isLink: false,
    title,
    whole,
    text,
  };
}

function foldedUnder(html: string): string {
  const summary = /^\s*<details><summary>([^]{1,500}?)<\/summary>[^]*<\/details>\s*$/.exec(html.slice(0, 200_000))?.[1];
  return summary === undefined ? "" : oneLine(plainText(sanitise(summary, "reader")));
}

// A letter is one or two units: of long texts nobody needs the number.
const isWithin = (text: string, most: number): boolean => text.length <= 2 * most && [...text].length <= most;
const oneLine = (text: string): string =>
  plainText(escape(text.toWellFormed())).replace(/\s+/g, " ").trim().slice(0, 300).toWellFormed();

// The first words, never the half of one unless it is endless.
function begin(text: string): string {
  const start = text.slice(0, 2 * cut);
  const letters = [...start].slice(0, cut).join("");
  const at = letters.search(/\s\S*$/);
  return at > cut / 2 ? letters.slice(0, at) : letters;
}

function link(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return "";
  return `<a href="${escape(parsed.href)}">${escape(parsed.host)}</a>`;
}

function photosBeside({ photos }: Said, html: string): string {
  const beside = photos.filter(({ url }) => /^https?:\/\//.test(url) && !html.includes(escape(url)));
  const drawn = beside.slice(0, mostPhotos).map(({ url, alt }) => `<p><img src="${escape(url)}" alt="${escape(alt)}"></p>`);
  return withAllowedTags(sanitise(drawn.join(""), "reader"));
}

// Posts of blogs here may lead to their own blog by a path.
function absolute(html: string, base: string): string {
  return html.replace(/\b(href|src)="(\/[^"/][^"]*|\/)"/g, (whole, name: string, path: string) => {
    const url = URL.parse(path.replaceAll("&amp;", "&"), base);
    return url ? `${name}="${escape(url.href)}"` : whole;
  });
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
