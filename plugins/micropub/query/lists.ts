import type { Category, Context } from "rookery/plugin";
import { collectionsOf } from "../channels/collections.ts";
import { filterOf, type Asked } from "./asked.ts";

const common = ["published", "post-status", "visibility", "category", "photo", "location"];
const kind = (type: string, name: string, ...properties: readonly string[]) => ({
  type,
  name,
  properties: [...properties, ...common],
});

/** Kinds of posts that can be sent, with what belongs to each. */
export const postTypes: readonly object[] = [
  kind("note", "Post", "content"),
  kind("article", "Article", "name", "content", "summary"),
  kind("photo", "Photo", "photo", "content"),
  kind("video", "Video", "video", "content"),
  kind("audio", "Audio", "audio", "name", "content"),
  kind("reply", "Reply", "in-reply-to", "content"),
  kind("bookmark", "Bookmark", "bookmark-of", "name", "content"),
  kind("like", "Like", "like-of", "content"),
  kind("repost", "Repost", "repost-of", "content"),
  kind("rsvp", "RSVP", "rsvp", "in-reply-to", "content"),
  kind("checkin", "Check-in", "checkin", "content"),
  kind("event", "Event", "name", "start", "end", "content"),
];

/** `q=channel`: where a post can stand besides the stream of posts. */
export async function channels({ context }: Asked): Promise<object> {
  return { channels: await channelsOf(context) };
}

/** The channels of a blog; collections only where a plugin keeps some. */
export async function channelsOf(context: Context): Promise<readonly object[]> {
  return [
    { uid: "default", name: "Posts" },
    { uid: "pages", name: "Pages" },
    { uid: "categories", name: "Categories" },
    ...(collectionsOf(context) ? [{ uid: "collections", name: "Collections" }] : []),
  ];
}

/** `q=syndicate-to`. */
export async function syndicateTo({ context }: Asked): Promise<object> {
  return { "syndicate-to": await targetsOf(context) };
}

/** Where copies can go; `checked` says where they go by themselves. */
export async function targetsOf(context: Context): Promise<readonly object[]> {
  return (await context.targets.list()).map(({ uid, name, service, account, isOn }) => ({
    uid,
    name,
    checked: isOn,
    service: { name: service },
    user: { name: account },
  }));
}

/** `q=category`: names, and the same as Micro.blog's apps edit them, under numbers of their own. */
export async function categories({ context, query }: Asked): Promise<object> {
  const filter = filterOf(query)?.toLowerCase();
  const all = await context.posts.categories({ all: true });
  const found = filter === undefined ? all : all.filter(({ name }) => name.toLowerCase().includes(filter));
  return { categories: found.map(({ name }) => name), "microblog-categories": await describedCategories(context, found) };
}

/** Categories as Micro.blog's apps know them. */
export async function describedCategories(context: Context, list: readonly Category[]): Promise<readonly object[]> {
  const ids = list.map(({ id }) => id);
  const [numbers, counts] = await Promise.all([context.numbers.of(ids), context.posts.countIn(ids)]);
  return list.map(({ id, name, slug }) => {
    const uid = numbers.get(id) ?? 0;
    const url = `${context.blog.url}categories/${uid}`;
    return { uid, name, url, path: `/categories/${slug}`, posts_count: counts.get(id) ?? 0 };
  });
}

/** `q=contact`: people of this installation whose name begins with the filter, and people who answered on the blog lately. */
export async function contacts({ context, query }: Asked): Promise<object> {
  const filter = filterOf(query)?.toLowerCase();
  const found = new Map<string, { name: string; nickname: string; url: string; photo: string }>();
  for (const { name, username, photo } of await context.accounts.beginningWith(filter ?? "")) {
    const url = new URL(`/people/${username}`, context.site.url).href;
    found.set(url, { name: name || username, nickname: username, url, photo: photoOf(context.site.url, photo) });
  }
  for (const { author } of await context.interactions.list({ state: "visible", limit: 100 })) {
    if (author.url === "" || found.has(author.url)) continue;
    const nickname = nicknameOf(author.url);
    if (filter !== undefined && ![author.name, nickname].some((text) => text.toLowerCase().startsWith(filter))) continue;
    found.set(author.url, { name: author.name, nickname, url: author.url, photo: photoOf(context.site.url, author.photo) });
  }
  return { contacts: [...found.values()] };
}

// Apps draw whatever is there; the hub has a blank one.
const photoOf = (siteUrl: string, photo: string): string =>
  (photo && URL.parse(photo, siteUrl)?.href) || new URL("/images/blank_avatar.png", siteUrl).href;

// The last part of an address like https://social.example/@lee, else the host.
function nicknameOf(url: string): string {
  const parsed = URL.parse(url);
  const last = parsed?.pathname.split("/").filter(Boolean).at(-1)?.replace(/^@/, "");
  return last || parsed?.host || url;
}
