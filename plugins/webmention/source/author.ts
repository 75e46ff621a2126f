import { parseMicroformats, type Microformats, type MicroformatItem, type MicroformatValue } from "rookery/plugin";
import { fetchPage } from "../page.ts";
import type { Own } from "../settings.ts";
import { webUrl, withoutFragment } from "../web-url.ts";
import type { FoundEntry } from "./find-entry.ts";
import { isItem, isOf, urlsOf, wordsOf } from "./values.ts";

/** Who wrote something. */
export type Author = { readonly name: string; readonly url: string; readonly photo: string };

/**
 * Who wrote an entry, by the authorship algorithm (https://indieweb.org/authorship-spec): the entry's author, else its feed's, else
 * the page its author's address leads to, which is fetched once and may fail. Whoever is not named is called by their host.
 */
export async function authorOf(
  context: Own,
  page: { readonly url: string; readonly said: Microformats },
  found: FoundEntry | null,
): Promise<Author> {
  const named = found?.entry.properties.author?.[0] ?? found?.feed?.properties.author?.[0];
  const nobody = { name: URL.parse(page.url)?.hostname ?? "", url: URL.parse("/", page.url)?.href ?? "", photo: "" };
  if (isItem(named)) return cardOf(named, page.url, nobody);
  const words = wordsOf(named);
  const address = words === "" ? page.said.rels.author?.[0] : /^https?:/i.test(words) ? words : undefined;
  const url = address === undefined ? null : webUrl(URL.parse(address, page.url)?.href ?? "");
  if (!url) return words === "" ? nobody : { ...nobody, name: words };
  const here = cardFor(page.said, url.href, page.url, nobody);
  if (here) return here;
  const there = await cardAt(context, url.href, nobody);
  return there ?? { ...nobody, url: url.href };
}

/** An h-card as an author; what it does not say is taken from `otherwise`. */
export function cardOf(card: MicroformatItem, base: string, otherwise: Author): Author {
  const resolved = (written: string) => (written === "" ? undefined : webUrl(URL.parse(written, base)?.href ?? "")?.href);
  const name = wordsOf(card.properties.name?.[0]);
  const url = resolved(urlsOf(card, "url")[0] ?? "");
  return { name: name || otherwise.name, url: url ?? otherwise.url, photo: resolved(wordsOf(card.properties.photo?.[0])) ?? "" };
}

async function cardAt(context: Own, url: string, otherwise: Author): Promise<Author | null> {
  if (await context.blogAt(url)) return null;
  try {
    const page = await fetchPage(context, url);
    const said = page.status === 200 ? await parseMicroformats(page.text, page.url) : null;
    return said && cardFor(said, url, page.url, { ...otherwise, url });
  } catch {
    // Who cannot be looked up is called by their host.
    return null;
  }
}

// The card whose address and name (uid) are the page's; the one that says it is its author's (rel=me); any with that address.
function cardFor(said: Microformats, url: string, base: string, otherwise: Author): Author | null {
  const cards = cardsIn(said.items, 0);
  const is = (one: string) => withoutFragment(one) === withoutFragment(url);
  const me = new Set((said.rels.me ?? []).map(withoutFragment));
  const found =
    cards.find((card) => urlsOf(card, "url").some(is) && urlsOf(card, "uid").some(is)) ??
    cards.find((card) => urlsOf(card, "url").some((one) => me.has(withoutFragment(one)))) ??
    cards.find((card) => urlsOf(card, "url").some(is));
  return found ? { ...cardOf(found, base, otherwise), url } : null;
}

function cardsIn(items: readonly MicroformatValue[], depth: number): MicroformatItem[] {
  if (depth > 4) return [];
  return items.flatMap((item) => {
    if (!isItem(item)) return [];
    const inside = [...(item.children ?? []), ...Object.values(item.properties).flat()];
    return [...(isOf(item, "h-card") ? [item] : []), ...cardsIn(inside, depth + 1)];
  });
}
