import type { mf2 } from "microformats-parser";
import type { Json, Post } from "../../../core/hooks/values.ts";
import type { SamplePage } from "../../../core/render/sample/sample-pages.ts";

type Parsed = ReturnType<typeof mf2>;
type Item = Parsed["items"][number];
type Nested = Item & { value?: string };

/** What is wrong with the one entry of a post's own page (indieweb.md §10), one line each. */
export function entryFaultsOf({ items }: Parsed, { content, blog }: SamplePage): string[] {
  const post = content.post!;
  const entries = items.filter(({ type }) => type?.includes("h-entry"));
  if (entries.length !== 1) return [`${entries.length} entries at the top`];
  const entry = entries[0]!;
  const faults = new Faults(entry);
  const own = (name: string): string | undefined => {
    const value = entry.properties[name]?.[0];
    return typeof value === "string" ? value : undefined;
  };
  faults.note(own("url") === post.url, "url");
  // With an offset or Z: without one nobody knows when it was.
  faults.note(/T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(own("published") ?? ""), "published with a zone");
  faults.note((entry.properties.name !== undefined) === (post.title !== ""), "a name only where there is a title");
  faults.note(post.html === "" || entry.properties.content?.length === 1, "content");
  const [author] = (entry.properties.author ?? []) as Nested[];
  faults.note(author?.type?.[0] === "h-card" && author.properties.name !== undefined, "author with a name");
  faults.note(author?.properties?.url?.[0] === blog.blog.url, "author with an address");
  faults.count("category", post.categories.length + listOf(post.properties.category).length);
  faults.count("photo", post.photos.length);
  const described = (entry.properties.photo ?? []).filter((photo) => typeof photo === "object" && "alt" in photo && photo.alt);
  faults.note(described.length === post.photos.filter(({ alt }) => alt).length, "descriptions of photos");
  faults.count("audio", post.audio.length);
  for (const name of [
    "video",
    "in-reply-to",
    "bookmark-of",
    "like-of",
    "repost-of",
    "syndication",
    "rsvp",
    "checkin",
    "location",
    "start",
    "end",
  ])
    faults.count(name, listOf(post.properties[name]).length);
  const [checkin] = (entry.properties.checkin ?? []) as Nested[];
  faults.note(
    !checkin || (checkin.type?.[0] === "h-card" && Number(checkin.properties.latitude?.[0]) === 48.4),
    "check-in as an h-card",
  );
  faults.note(post.kind !== "event" || Boolean(entry.type?.includes("h-event")), "an event");
  faults.note(post.properties.rsvp === undefined || own("rsvp") === "yes", "the answer itself");
  return faults.found;
}

/** What is wrong with a home page: its feed, its entries, whose it is, and where else they are. */
export function homeFaults({ items, rels }: Parsed, { content, blog }: SamplePage): string[] {
  const found: string[] = [];
  const all = everyOf(items);
  const feeds = all.filter(({ type }) => type?.includes("h-feed"));
  const [feed] = feeds;
  if (feeds.length !== 1 || !feed) return [`${feeds.length} feeds`];
  for (const name of ["name", "url", "author"]) if (feed.properties[name]?.length !== 1) found.push(`the feed's ${name}`);
  const known = new Map<string, Post>(blog.posts.map((post) => [post.url, post]));
  const entries = everyOf(feed.children ?? []).filter(({ type }) => type?.includes("h-entry"));
  if (entries.length === 0) found.push("entries in the feed");
  for (const entry of entries) {
    const post = known.get(String(entry.properties.url?.[0]));
    if (!post) found.push(`an entry at ${String(entry.properties.url)}`);
    else if ((entry.properties.name !== undefined) !== (post.title !== "")) found.push(`${post.id}: name`);
    if (entry.properties.author?.length !== 1 || entry.properties.published?.length !== 1)
      found.push(`${post?.id}: author, published`);
  }
  if (content.list!.number !== 1) return found;
  // https://microformats.org/wiki/representative-h-card-parsing, its first rule.
  const at = blog.blog.url;
  const cards = all.filter(
    ({ type, properties }) => type?.includes("h-card") && [properties.url, properties.uid].every((urls) => urls?.includes(at)),
  );
  if (cards.length !== 1 || cards[0]!.properties.name?.length !== 1) found.push(`${cards.length} representative cards`);
  const owner = [...blog.facts.authors.values()][0]!;
  for (const { url } of owner.links) {
    if (!rels.me?.includes(url)) found.push(`rel=me to ${url}`);
    if (!cards[0]?.properties.url?.includes(url)) found.push(`the card's address ${url}`);
  }
  return found;
}

class Faults {
  readonly found: string[] = [];
  readonly #entry: Item;

  constructor(entry: Item) {
    this.#entry = entry;
  }

  note(isRight: boolean, what: string): void {
    if (!isRight) this.found.push(what);
  }

  count(name: string, wanted: number): void {
    const there = this.#entry.properties[name]?.length ?? 0;
    if (there !== wanted) this.found.push(`${name}: ${there} instead of ${wanted}`);
  }
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];

function everyOf(items: readonly Item[]): Item[] {
  return items.flatMap((item) => {
    const within = Object.values(item.properties)
      .flat()
      .filter((value): value is Nested => typeof value === "object" && "properties" in value);
    return [item, ...everyOf([...(item.children ?? []), ...within] as Item[])];
  });
}
