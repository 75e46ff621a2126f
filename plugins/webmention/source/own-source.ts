import { PublicError, type Blog, type Interaction, type Post, type Properties } from "rookery/plugin";
import { marked, targetsOf, texts } from "../sending/entry.ts";
import type { Own } from "../settings.ts";
import { isSameTarget } from "../web-url.ts";
import type { Facts } from "./facts.ts";

/** Looks at a source on this installation without the network: the post itself is asked. */
export async function ownSource(context: Own, blog: Blog, source: string, target: string): Promise<Facts> {
  const there = blog.id === context.blog.id ? context : await acting(context, blog);
  const post = (await there?.posts.byUrl(source, { any: true })) ?? null;
  if (!there || !post) return { state: "refused", reason: "not-there" };
  if (post.status !== "published" || post.visibility === "private") return { state: "gone" };
  if (![...marked(post), ...(await targetsOf(post))].some((link) => isSameTarget(link, target))) return { state: "no-link" };
  const writer = await there.accounts.byId(post.authorId);
  const author = { name: writer?.name || there.blog.title, url: there.blog.url, photo: writer?.photo ?? "" };
  const { kind, properties } = kindOf(post, target);
  const alsoAnswers = texts(post.properties["in-reply-to"]).filter((url) => !isSameTarget(url, target));
  const html = kind === "reply" || kind === "mention" ? post.html : "";
  const more = { ...(post.publishedAt && { publishedAt: post.publishedAt }), ...(writer && { accountId: writer.id }) };
  return { state: "found", mention: { kind, author, html, alsoAnswers, properties, comments: [], ...more } };
}

function kindOf(post: Post, target: string): { kind: Interaction["kind"]; properties: Properties } {
  const has = (name: string) => texts(post.properties[name]).some((url) => isSameTarget(url, target));
  const rsvp = post.properties.rsvp;
  if (has("repost-of")) return { kind: "repost", properties: {} };
  if (has("like-of")) return { kind: "like", properties: {} };
  if (has("in-reply-to")) return { kind: "reply", properties: typeof rsvp === "string" ? { rsvp } : {} };
  return { kind: "mention", properties: has("bookmark-of") ? { "bookmark-of": target } : {} };
}

async function acting(context: Own, blog: Blog): Promise<Own | null> {
  try {
    return await context.as({ blog });
  } catch (error) {
    if (error instanceof PublicError) return null;
    throw error;
  }
}
