import { Parser } from "htmlparser2";
import { escapeText } from "../escape-text.ts";
import { depthGauge, endsTooDeep } from "../pages/depth.ts";
import type { FeedMedia } from "./feed.types.ts";
import { quickMarkup, type MarkupWork } from "./quick-markup.ts";

const addresses = new Set(["href", "src", "poster", "cite"]);
const voids = new Set("br hr img source wbr col area track input embed param meta link base".split(" "));
// What counts readers is no picture (importers-and-feeds.md §1, Media).
const trackers =
  /(?:^|\.)(?:feedburner\.com|feedsportal\.com|doubleclick\.net|statcounter\.com|stats\.wordpress\.com|pixel\.wp\.com|google-analytics\.com)$/;

/** HTML of a feed with absolute addresses, the beginning of its text, and the pictures in it (none below 100 pixels, no trackers). What stands too deep is left out. */
export function absoluteMarkup(html: string, base: string): { html: string; text: string; photos: FeedMedia[] } {
  const resolve = resolver(base);
  const quick = workOf(base, resolve);
  const found = quickMarkup(html, quick);
  return found ? { ...found, photos: quick.photos } : parsedMarkup(html, workOf(base, resolve));
}

/** The same by a parser, which takes whatever comes. */
export function parsedMarkup(
  html: string,
  { written, picture, photos }: Work,
): { html: string; text: string; photos: FeedMedia[] } {
  // One string that grows is faster than many that are joined: this runs for each tag of each feed.
  let [out, text] = ["", ""];
  const gauge = depthGauge();
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        gauge.enter();
        out += `<${name}`;
        for (const key in attributes) if (/^[a-z][a-z0-9-]*$/i.test(key)) out += ` ${key}="${written(key, attributes[key]!)}"`;
        out += ">";
        if (name === "img") picture(attributes);
      },
      ontext(words) {
        out += escaped(words);
        if (text.length < 2_000) text += words;
      },
      onclosetag(name) {
        gauge.leave();
        if (!voids.has(name)) out += `</${name}>`;
      },
    },
    { decodeEntities: true },
  );
  endsTooDeep(() => parser.end(html));
  return { html: out, text, photos };
}

type Work = MarkupWork & { readonly photos: FeedMedia[] };

/** What is done with the attributes of a text that stands at an address. */
export function workOf(base: string, resolve = resolver(base)): Work {
  const photos: FeedMedia[] = [];
  return {
    photos,
    written: (key, value) => escaped(key === "srcset" ? srcset(value, resolve) : addresses.has(key) ? resolve(value) : value),
    picture(attributes) {
      const photo = photos.length < 50 ? photoOf(attributes, base) : null;
      if (photo) photos.push(photo);
    },
  };
}

// Most texts need nothing; asking first is cheaper than replacing.
const escaped = (text: string) => (/[&<>"']/.test(text) ? escapeText(text) : text);

// The same addresses stand in a text again and again: pictures that lead to themselves, people, notes.
function resolver(base: string): (written: string) => string {
  const known = new Map<string, string>();
  return (written) => {
    let url = known.get(written);
    if (url === undefined) known.set(written, (url = URL.parse(written.trim(), base)?.href ?? written));
    return url;
  };
}

const srcset = (written: string, resolve: (written: string) => string) =>
  written
    .slice(0, 20_000)
    .replace(/([\s,]*)([^\s,]\S*)([^,]*)/g, (_, before: string, url: string, rest: string) => `${before}${resolve(url)}${rest}`);

function photoOf(attributes: Readonly<Record<string, string>>, base: string): FeedMedia | null {
  const url = webAddress(attributes.src ?? "", base);
  const side = (name: string) => Number.parseInt(attributes[name] ?? "", 10);
  if (!url || side("width") < 100 || side("height") < 100 || trackers.test(new URL(url).hostname)) return null;
  return { url, type: "", alt: (attributes.alt ?? "").trim().slice(0, 2_000), bytes: null };
}

/** An http(s) address of at most 2,048 letters, made absolute; empty for anything else. */
export function webAddress(written: string, base: string): string {
  const text = written.trim();
  if (text === "") return "";
  const url = URL.parse(text, base);
  return url && /^https?:$/.test(url.protocol) && url.href.length <= 2_048 ? url.href : "";
}

/** The text of a short piece of HTML, such as a title. */
export function shortText(html: string): string {
  if (!/[<&]/.test(html)) return html;
  let text = "";
  const parser = new Parser({ ontext: (words) => void (text += words) }, { decodeEntities: true });
  parser.end(html.slice(0, 10_000));
  return text;
}
