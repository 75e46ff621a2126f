import type { MicroformatItem } from "rookery/plugin";
import { webUrl, withoutFragment } from "../web-url.ts";
import { cardOf } from "./author.ts";
import type { Nested } from "./facts.ts";
import { firstWords, isItem, isOf, urlsOf } from "./values.ts";
import { wordsFor } from "./words.ts";

const most = 20;

/** The comments a page shows below its entry (salmention), one level deep; those without an address of their own are left out. */
export function commentsOf(entry: MicroformatItem, pageUrl: string): Nested[] {
  const found = new Map<string, Nested>();
  for (const one of entry.properties.comment ?? []) {
    if (!isItem(one) || !isOf(one, "h-cite", "h-entry")) continue;
    const source = webUrl(urlsOf(one, "url")[0] ?? "")?.href;
    if (source === undefined || withoutFragment(source) === withoutFragment(pageUrl)) continue;
    const card = one.properties.author?.[0];
    const host = { name: new URL(source).hostname, url: "", photo: "" };
    const { name, url } = isItem(card) ? cardOf(card, pageUrl, host) : { ...host, name: firstWords(one, "author") || host.name };
    const publishedAt = firstWords(one, "published");
    const html = wordsFor(one, "reply");
    if (html !== "") found.set(source, { source, author: { name, url }, html, ...(publishedAt && { publishedAt }) });
    if (found.size === most) break;
  }
  return [...found.values()];
}
