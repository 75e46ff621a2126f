import type { Post } from "../../hooks/values.ts";
import type { DrawnPage } from "./drawn-pages.ts";
import { microformatsOf, type Microformat } from "./microformats.ts";
import type { PageProblem } from "./page-check.ts";
import { elementsIn } from "./page-markup.ts";

/** T6xx: the microformats2 of a drawn page, as programs of readers and other blogs read them. */
export function* microformatProblems({ page, root }: DrawnPage): Generator<PageProblem> {
  const { content, blog } = page;
  const items = everyOf(microformatsOf(root));
  const entries = items.filter(({ types }) => types.includes("h-entry"));
  if (content.type === "post" && content.post) {
    const own = entries.find((entry) => has(entry, "url", content.post!.url));
    if (!own)
      yield entries.length === 0 ? ["T601", "There is no h-entry."] : ["T602", "No h-entry has the post's address as u-url."];
    else yield* ownPageProblems(own, content.post);
  }
  if (content.type === "home" && content.list!.posts.length > 0) {
    const feed = items.find(({ types }) => types.includes("h-feed"));
    if (!feed) yield ["T601", "The list is no h-feed."];
    if (entries.length === 0) yield ["T601", "The list has no h-entry."];
    for (const entry of entries) yield* listedProblems(entry, feed, content.list!.posts);
    if (content.list!.number === 1 && !isRepresented(items, root, blog.blog.url))
      yield ["T613", "No h-card says whose blog this is."];
  }
}

function* ownPageProblems(entry: Microformat, post: Post): Generator<PageProblem> {
  if (!has(entry, "published")) yield ["T603", "The post has no dt-published."];
  if (!has(entry, "author")) yield ["T604", "The post has no p-author."];
  if (post.html !== "" && !has(entry, "content")) yield ["T605", "The post's text is no e-content."];
  yield* nameProblems(entry, post);
  const of = (name: string) => first(post.properties[name]);
  if (of("in-reply-to") && !has(entry, "in-reply-to")) yield ["T608", "What the post answers is no u-in-reply-to."];
  if (of("bookmark-of") && !has(entry, "bookmark-of")) yield ["T609", "What the post bookmarks is no u-bookmark-of."];
  if (of("syndication") && !has(entry, "syndication")) yield ["T610", "The post's copy elsewhere is no u-syndication."];
  if (post.categories.length > 0 && !has(entry, "category")) yield ["T611", "The post's categories are no p-category."];
  const photos = entry.properties.get("photo") ?? [];
  if (photos.length < post.photos.length) yield ["T612", `Of ${post.photos.length} photos ${photos.length} are u-photo.`];
  else if (post.photos.some(({ alt }) => alt !== "" && !photos.some((photo) => photo.alt === alt)))
    yield ["T612", "A photo has lost its description."];
}

function* listedProblems(entry: Microformat, feed: Microformat | undefined, posts: readonly Post[]): Generator<PageProblem> {
  if (!has(entry, "url")) return yield ["T602", "An h-entry of the list has no u-url."];
  if (!has(entry, "published")) yield ["T603", "An h-entry of the list has no dt-published."];
  if (!has(entry, "author") && !(feed && has(feed, "author"))) yield ["T604", "An h-entry of the list has no p-author."];
  const post = posts.find(({ url }) => has(entry, "url", url));
  if (post) yield* nameProblems(entry, post);
}

function* nameProblems(entry: Microformat, post: Post): Generator<PageProblem> {
  const name = entry.properties.get("name")?.[0]?.text;
  if (post.title === "" && name !== undefined) yield ["T606", `A post without title is named “${name.slice(0, 40)}”.`];
  if (post.title !== "" && name === undefined) yield ["T607", "The post's title is no p-name."];
}

// The representative h-card: one at the page's own address that says so, or links there with rel=me, or is the only one.
function isRepresented(items: readonly Microformat[], root: DrawnPage["root"], url: string): boolean {
  const cards = items.filter(({ types }) => types.includes("h-card"));
  if (cards.some((card) => has(card, "uid", url) && has(card, "url", url))) return true;
  const mine = new Set(
    elementsIn(root).flatMap(({ attributes }) =>
      (attributes.get("rel") ?? "").split(/\s+/).includes("me") ? [attributes.get("href") ?? ""] : [],
    ),
  );
  if (cards.some((card) => card.properties.get("url")?.some(({ text }) => mine.has(text)))) return true;
  return cards.length === 1 && has(cards[0]!, "url", url);
}

function has({ properties }: Microformat, name: string, text?: string): boolean {
  const values = properties.get(name) ?? [];
  return values.some((value) => (text === undefined ? value.text !== "" || value.item : value.text === text));
}

function everyOf(items: readonly Microformat[]): Microformat[] {
  const found: Microformat[] = [];
  const waiting = items.toReversed();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    waiting.push(...next.children.toReversed());
    for (const values of next.properties.values()) waiting.push(...values.flatMap((value) => value.item ?? []).toReversed());
  }
  return found;
}

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
