import { mf2 } from "microformats-parser";
import type { Post } from "../../core/hooks/values.ts";
import type { ServedPage } from "./theme-pages.ts";

type Item = ReturnType<typeof mf2>["items"][number];

/** What other programs would not find in a page's microformats (admin-and-themes.md §8.8), one line each. */
export function entryFaults({ content, blog, url }: ServedPage, html: string): string[] {
  const items = everyOf(mf2(html, { baseUrl: url }).items);
  const entries = items.filter(({ type }) => type?.includes("h-entry"));
  if (content.post) {
    const own = entries.find((entry) => entry.properties.url?.includes(content.post!.url));
    return own ? ownFaults(own, content.post) : ["No h-entry has the address of the post"];
  }
  const posts = content.list?.posts ?? [];
  // An archive shows posts of its own choice.
  const known = content.list ? posts : blog.posts;
  const faults = entries.flatMap((entry) => {
    const post = known.find((one) => entry.properties.url?.includes(one.url));
    return post ? listedFaults(entry, post) : [`An h-entry is at ${String(entry.properties.url)}`];
  });
  if (content.type !== "home" || posts.length === 0) return faults;
  if (entries.length === 0) faults.push("The list has no h-entry");
  if (!items.some(({ type }) => type?.includes("h-feed"))) faults.push("The list is no h-feed");
  const cards = items.filter(({ type }) => type?.includes("h-card"));
  const isSaid = cards.some((card) => [card.properties.uid, card.properties.url].every((at) => at?.includes(blog.blog.url)));
  return isSaid ? faults : [...faults, "No h-card says whose blog this is"];
}

function listedFaults(entry: Item, post: Post): string[] {
  const faults = ["url", "published", "author"].filter((name) => entry.properties[name]?.length !== 1);
  if ((entry.properties.name !== undefined) !== (post.title !== "")) faults.push("name");
  return faults.map((name) => `${post.id}: ${name}`);
}

function ownFaults(entry: Item, post: Post): string[] {
  const count = (name: string) => entry.properties[name]?.length ?? 0;
  const faults = listedFaults(entry, post);
  if (post.html !== "" && count("content") !== 1) faults.push("content");
  if (post.properties["in-reply-to"] && count("in-reply-to") === 0) faults.push("in-reply-to");
  if (post.properties["bookmark-of"] && count("bookmark-of") === 0) faults.push("bookmark-of");
  if (count("category") < post.categories.length) faults.push("category");
  if (count("photo") < post.photos.length) faults.push("photo");
  const described = (entry.properties.photo ?? []).filter((photo) => typeof photo === "object" && "alt" in photo && photo.alt);
  if (described.length < post.photos.filter(({ alt }) => alt !== "").length) faults.push("description of a photo");
  return faults;
}

function everyOf(items: readonly Item[]): Item[] {
  return items.flatMap((item) => {
    const values = Object.values(item.properties).flat();
    const within = values.filter((value): value is Item => typeof value === "object" && "properties" in value);
    return [item, ...everyOf([...(item.children ?? []), ...within] as Item[])];
  });
}
