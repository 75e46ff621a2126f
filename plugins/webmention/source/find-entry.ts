import type { Microformats, MicroformatItem } from "rookery/plugin";
import { isSameTarget, withoutFragment } from "../web-url.ts";
import { isItem, isOf, urlsOf } from "./values.ts";

/** An entry, and the feed around it. */
export type FoundEntry = { readonly entry: MicroformatItem; readonly feed: MicroformatItem | null };

const deepest = 6;

/**
 * The entry a page is about: the one whose address is the page's own, else the one that links to the target, else the first. Null on a
 * page without entries.
 */
export function findEntry(
  { items }: Microformats,
  page: { readonly urls: readonly string[]; readonly target: string },
): FoundEntry | null {
  const all = entriesIn(items, null, 0);
  const own = new Set(page.urls.map(withoutFragment));
  const isOwn = ({ entry }: FoundEntry) =>
    [...urlsOf(entry, "url"), ...urlsOf(entry, "uid")].some((url) => own.has(withoutFragment(url)));
  return all.find(isOwn) ?? all.find(({ entry }) => linksTo(entry, page.target)) ?? all[0] ?? null;
}

function entriesIn(items: readonly MicroformatItem[], feed: MicroformatItem | null, depth: number): FoundEntry[] {
  if (depth > deepest) return [];
  return items.flatMap((item) => {
    if (isOf(item, "h-entry", "h-event", "h-review", "h-recipe")) return [{ entry: item, feed }];
    const inside = [...(item.children ?? []), ...(item.properties.entry ?? []).filter((one) => isItem(one))];
    return entriesIn(inside, isOf(item, "h-feed") ? item : feed, depth + 1);
  });
}

function linksTo(entry: MicroformatItem, target: string): boolean {
  const inProperties = Object.keys(entry.properties).some((name) => urlsOf(entry, name).some((url) => isSameTarget(url, target)));
  const content = entry.properties.content?.[0];
  return (
    inProperties || (typeof content === "object" && "html" in content && content.html.includes(target.replaceAll("&", "&amp;")))
  );
}
