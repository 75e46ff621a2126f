import { existsSync } from "node:fs";
import { parseXml, type XmlNode } from "../../core/net/xml.ts";

// Read at run time: without the plugin's folder the rest still compiles.
const categories = new URL("../../plugins/podcast/categories.ts", import.meta.url);
const { categoryOptions } = existsSync(categories)
  ? ((await import(categories.href)) as { readonly categoryOptions: readonly string[] })
  : { categoryOptions: [] };

/** One rule about an element: where it stands, how often, and what its text and attributes may be. */
type Rule = {
  readonly in: "channel" | "item";
  readonly name: string;
  /** 1: needed; otherwise it may be missing. */
  readonly least?: 1;
  readonly most?: number;
  readonly text?: RegExp;
  /** Attributes; those ending in `?` may be missing. */
  readonly attributes?: Readonly<Record<string, RegExp>>;
};

const address = /^https?:\/\/[^\s<>]+$/;
const moment =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} (GMT|[+-]\d{4})$/;
const whole = /^[1-9]\d*$/;

/** RSS 2.0 as podcast directories want it, and Apple's requirements ("A Podcaster's Guide to RSS", "Podcast RSS feed requirements"). */
const apple: readonly Rule[] = [
  { in: "channel", name: "title", least: 1, most: 1, text: /^.{1,255}$/s },
  { in: "channel", name: "link", least: 1, most: 1, text: address },
  { in: "channel", name: "description", least: 1, most: 1, text: /^.{1,4000}$/s },
  { in: "channel", name: "language", least: 1, most: 1, text: /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i },
  { in: "channel", name: "copyright", most: 1, text: /\S/ },
  { in: "channel", name: "lastBuildDate", most: 1, text: moment },
  { in: "channel", name: "atom:link", least: 1, attributes: { rel: /^(self|hub|next|first)$/, href: address } },
  { in: "channel", name: "itunes:image", least: 1, most: 1, attributes: { href: /^https?:\/\/\S+\.(jpe?g|png)$/ } },
  { in: "channel", name: "itunes:category", least: 1, attributes: { text: /\S/ } },
  { in: "channel", name: "itunes:explicit", least: 1, most: 1, text: /^(true|false)$/ },
  { in: "channel", name: "itunes:author", most: 1, text: /^.{1,255}$/ },
  { in: "channel", name: "itunes:type", most: 1, text: /^(episodic|serial)$/ },
  { in: "channel", name: "itunes:block", most: 1, text: /^yes$/i },
  { in: "channel", name: "itunes:owner", most: 1 },
  { in: "item", name: "title", least: 1, most: 1, text: /^.{1,255}$/s },
  {
    in: "item",
    name: "enclosure",
    least: 1,
    most: 1,
    attributes: { url: address, length: /^\d+$/, type: /^(audio|video)\/[\w.+-]+$/ },
  },
  { in: "item", name: "guid", least: 1, most: 1, text: /\S/, attributes: { "isPermaLink?": /^(true|false)$/ } },
  { in: "item", name: "pubDate", least: 1, most: 1, text: moment },
  { in: "item", name: "description", most: 1, text: /^.{1,10000}$/s },
  { in: "item", name: "itunes:duration", most: 1, text: whole },
  { in: "item", name: "itunes:image", most: 1, attributes: { href: /^https?:\/\/\S+\.(jpe?g|png)$/ } },
  { in: "item", name: "itunes:explicit", most: 1, text: /^(true|false)$/ },
  { in: "item", name: "itunes:title", most: 1, text: /\S/ },
  { in: "item", name: "itunes:episode", most: 1, text: whole },
  { in: "item", name: "itunes:season", most: 1, text: whole },
  { in: "item", name: "itunes:episodeType", most: 1, text: /^(full|trailer|bonus)$/ },
];

/** The podcast namespace (https://podcastindex.org/namespace/1.0): what is needed where a tag is used, value sets and lengths. */
export const podcasting20: readonly Rule[] = [
  { in: "channel", name: "podcast:guid", most: 1, text: /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/ },
  { in: "channel", name: "podcast:locked", most: 1, text: /^(yes|no)$/, attributes: { "owner?": /^\S+@\S+$/ } },
  { in: "channel", name: "podcast:funding", text: /^.{1,128}$/s, attributes: { url: address } },
  {
    in: "channel",
    name: "podcast:medium",
    most: 1,
    text: /^((podcast|music|video|film|audiobook|newsletter|blog|publisher|course)L?|mixed)$/,
  },
  {
    in: "channel",
    name: "podcast:person",
    text: /^.{1,128}$/s,
    attributes: { "role?": /\S/, "href?": address, "img?": address },
  },
  {
    in: "item",
    name: "podcast:transcript",
    attributes: {
      url: address,
      type: /^(text\/plain|text\/html|text\/vtt|text\/srt|application\/(json|srt|x-subrip))$/,
      "language?": /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i,
      "rel?": /^captions$/,
    },
  },
  { in: "item", name: "podcast:chapters", most: 1, attributes: { url: address, type: /^application\/json(\+chapters)?$/ } },
  { in: "item", name: "podcast:person", text: /^.{1,128}$/s, attributes: { "role?": /\S/, "href?": address, "img?": address } },
  { in: "item", name: "podcast:season", most: 1, text: /^\d+$/, attributes: { "name?": /^.{1,128}$/ } },
  { in: "item", name: "podcast:episode", most: 1, text: /^\d+(\.\d+)?$/, attributes: { "display?": /^.{1,32}$/ } },
];

const rules: readonly Rule[] = [...apple, ...podcasting20];

/** Everything in a podcast feed that breaks a rule, as sentences. */
export function violations(xml: string, of: readonly Rule[] = rules): string[] {
  const root = parseXml(xml, { maxBytes: 20_000_000 });
  const channel = root.children.find(({ name }) => name === "channel");
  if (root.name !== "rss" || root.attributes.version !== "2.0" || !channel) return ["it is no RSS 2.0"];
  const items = channel.children.filter(({ name }) => name === "item");
  const found = of.flatMap((rule) => (rule.in === "channel" ? [channel] : items).flatMap((place) => broken(rule, place)));
  return of === rules ? [...found, ...together(channel, items)] : found;
}

function broken(rule: Rule, place: XmlNode): string[] {
  const there = place.children.filter(({ name }) => name === rule.name);
  const out: string[] = [];
  if (there.length < (rule.least ?? 0)) out.push(`${rule.in}: ${rule.name} is missing`);
  if (there.length > (rule.most ?? Infinity)) out.push(`${rule.in}: ${rule.name} stands there ${there.length} times`);
  for (const { text, attributes } of there) {
    if (rule.text && !rule.text.test(text.trim())) out.push(`${rule.in}: ${rule.name} may not be “${text.slice(0, 80)}”`);
    for (const [key, pattern] of Object.entries(rule.attributes ?? {})) {
      const value = attributes[key.replace("?", "")];
      if (value === undefined ? !key.endsWith("?") : !pattern.test(value))
        out.push(`${rule.in}: ${key} of ${rule.name} may not be “${String(value).slice(0, 80)}”`);
    }
  }
  return out;
}

// What no element shows by itself.
function together(channel: XmlNode, items: readonly XmlNode[]): string[] {
  const out: string[] = [];
  const ids = items.map((item) => item.children.find(({ name }) => name === "guid")?.text);
  if (new Set(ids).size !== ids.length) out.push("two items have one guid");
  for (const category of channel.children.filter(({ name }) => name === "itunes:category")) {
    const sub = category.children.find(({ name }) => name === "itunes:category")?.attributes.text;
    const whole = [category.attributes.text, ...(sub ? [sub] : [])].join(" › ");
    if (!categoryOptions.includes(whole)) out.push(`Apple has no category “${whole}”`);
  }
  const isSerial = channel.children.some(({ name, text }) => name === "itunes:type" && text === "serial");
  const unnumbered = items.filter((item) => !item.children.some(({ name }) => name === "itunes:episode"));
  if (isSerial && unnumbered.length > 0) out.push("a serial show has episodes without a number");
  const self = channel.children.find(({ name, attributes }) => name === "atom:link" && attributes.rel === "self");
  if (!self) out.push("the feed does not say its own address");
  return out;
}
