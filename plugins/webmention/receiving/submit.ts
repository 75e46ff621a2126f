import { PublicError, type Post } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { webUrl, withoutFragment } from "../web-url.ts";
import { wantChecked } from "./received.ts";
import { ring } from "./ring.ts";
import { mustHaveRoom } from "./room.ts";
import { spotOf } from "./target.ts";

/** What a sender says. */
export type Submitted = { readonly source: string; readonly target: string; readonly vouch?: string };

/**
 * Takes a webmention in to be looked at later; gives the address where its sender can see what becomes of it. PublicError 400 with
 * a sentence for what can be told at once (Webmention §3.2.1).
 */
export async function submit(context: Own, said: Submitted): Promise<string> {
  const { source, target } = addresses(context, said);
  const { there, post } = await targetHere(context, target);
  await mustHaveRoom(there, post.id);
  const vouch = said.vouch ? (webUrl(said.vouch)?.href ?? null) : null;
  const id = await wantChecked(there, { source: source.href, target: target.href, postId: post.id, vouch });
  await ring(there);
  return `${there.blog.url}webmention/${id}`;
}

function addresses(context: Own, said: Submitted): { source: URL; target: URL } {
  const refuse = (key: string) => new PublicError(`webmention.${key}`, context.t(`refuse.${key}`), 400);
  if (said.source === "") throw refuse("no-source");
  if (said.target === "") throw refuse("no-target");
  const [source, target] = [webUrl(said.source), webUrl(said.target)];
  if (!source) throw refuse("bad-source");
  if (!target) throw refuse("bad-target");
  if (withoutFragment(source.href) === withoutFragment(target.href)) throw refuse("same");
  return { source, target };
}

// The target may be on any blog of the installation, at a domain it had before or a path it moved from; or a page of what was said under a post.
async function targetHere(context: Own, target: URL): Promise<{ there: Own; post: Post }> {
  const spot = await spotOf(context, target.href);
  const blogId = spot?.blogId ?? (await context.blogAt(target.href))?.id;
  if (blogId === undefined) throw new PublicError("webmention.not-here", context.t("refuse.not-here"), 400);
  const there = blogId === context.blog.id ? context : await acting(context, blogId);
  const find = () => (spot ? there.posts.byId(spot.postId) : there.posts.byUrl(target.href, { any: true }));
  const post = there.settings.receive ? await find() : null;
  if (post?.status !== "published" || post.visibility === "private")
    throw new PublicError("webmention.no-post", context.t("refuse.no-post"), 400);
  return { there, post };
}

async function acting(context: Own, blog: string): Promise<Own> {
  try {
    return await context.as({ blog });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    throw new PublicError("webmention.no-post", context.t("refuse.no-post"), 400);
  }
}
