import type { Post } from "rookery/plugin";
import { needScope } from "../caller.ts";
import { collectionsSource } from "../channels/collections.ts";
import { writtenMoment } from "../entry/moments.ts";
import { sourceOf } from "../entry/source-of.ts";
import { invalid } from "../problem.ts";
import { filterOf, numberOf, type Asked } from "./asked.ts";

const limits = { usual: 20, most: 200 } as const;

/** `q=source&url=…`: one post as it was written, or the properties asked for (Micropub §3.7.3). 400 when there is none. */
export async function sourceOfOne({ context, caller, query }: Asked): Promise<object> {
  const post = await context.posts.byUrl(query.get("url")!, { any: true });
  if (!post || post.status === "trash") throw invalid("There is no post at this url.");
  if (post.status !== "published") needScope(caller, "create", "update", "draft");
  const source = sourceOf(context, post);
  const wanted = [...query.getAll("properties"), ...query.getAll("properties[]")];
  if (wanted.length === 0) return source;
  return { properties: Object.fromEntries(Object.entries(source.properties).filter(([name]) => wanted.includes(name))) };
}

/** `q=source`: a list of posts, newest first; nothing beyond its end. Drafts only when asked for. */
export async function sourceList(asked: Asked): Promise<object> {
  const { context, query, caller } = asked;
  const channel = query.get("mp-channel") || "default";
  const [limit, skip] = [numberOf(query, "limit", limits), numberOf(query, "offset", { usual: 0, most: 20_000 })];
  if (channel === "collections") return { items: await collectionsSource(context) };
  if (channel !== "default" && channel !== "pages") throw invalid("mp-channel names no channel; q=channel lists them.");
  const status = query.get("post-status") || "published";
  if (status !== "published" && status !== "draft") throw invalid("post-status can be published or draft.");
  if (status === "draft") needScope(caller, "create", "update", "draft");
  if (limit === 0) return { items: [] };
  const posts =
    channel === "pages" ? await pagesOf(asked, status, { limit, skip }) : await postsOf(asked, status, { limit, skip });
  const items = posts.map((post) => itemOf(asked, post));
  return { items };
}

// Clients read these of every item, whether there is something in them or not. Text is text in lists, also where it is HTML: apps
// put it into their editor as it is. A draft is dated by its last change.
function itemOf({ context }: Asked, post: Post): object {
  const { type, properties } = sourceOf(context, post);
  const thumbnail = post.photos[0]?.url;
  const more = thumbnail ? { "microblog-thumbnail": [thumbnail] } : {};
  const published = [writtenMoment(post.publishedAt ?? post.updatedAt)];
  const usual = { name: [""], summary: [""], category: [], photo: [], published };
  return { type, properties: { ...usual, ...properties, content: [post.source], ...more } };
}

type Part = { readonly limit: number; readonly skip: number };

// Scheduled posts stand before the published ones, as they will once they are.
async function postsOf(
  { context, query, caller }: Asked,
  status: "published" | "draft",
  { limit, skip }: Part,
): Promise<readonly Post[]> {
  const [category, search, kind] = [await slugOf(context, query.get("category")), filterOf(query), query.get("post-type")];
  if (kind && !/^[a-z][a-z-]{0,31}$/.test(kind)) throw invalid("post-type names no kind of post; q=post-types lists them.");
  if (category === null) return [];
  const narrowed = { ...(category && { category }), ...(search && { search }), ...(kind && { kind }) };
  const listed = (state: "published" | "draft" | "scheduled", part: Part) =>
    context.posts.list({ ...narrowed, status: state, ...part });
  if (status === "draft") return listed("draft", { limit, skip });
  const maySeeAhead = ["create", "update", "draft"].some((scope) => caller.token.scopes.includes(scope));
  const ahead = maySeeAhead ? (await listed("scheduled", { limit: limits.most, skip: 0 })).toReversed() : [];
  const first = ahead.slice(skip, skip + limit);
  if (first.length === limit) return first;
  return [...first, ...(await listed("published", { limit: limit - first.length, skip: Math.max(0, skip - ahead.length) }))];
}

async function pagesOf(
  { context, query }: Asked,
  status: "published" | "draft",
  { limit, skip }: Part,
): Promise<readonly Post[]> {
  const search = filterOf(query)?.toLowerCase();
  const all = await context.posts.list({ pages: true, status, limit: 200 });
  const found =
    search === undefined ? all : all.filter(({ title, source }) => `${title}\n${source}`.toLowerCase().includes(search));
  return found.slice(skip, skip + limit);
}

// By number as apps name categories, else by name or slug. Null: there is none, so no post is in it.
async function slugOf(context: Asked["context"], given: string | null): Promise<string | undefined | null> {
  if (!given) return undefined;
  const all = await context.posts.categories({ all: true });
  const subject = /^\d{1,10}$/.test(given) ? await context.numbers.subject(Number(given)) : null;
  const wanted = given.toLowerCase();
  const found =
    all.find(({ id }) => id === subject?.id) ?? all.find(({ name, slug }) => slug === wanted || name.toLowerCase() === wanted);
  return found?.slug ?? null;
}
