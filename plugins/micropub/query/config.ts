import { isHub } from "../caller.ts";
import type { Asked } from "./asked.ts";
import { channelsOf, postTypes, targetsOf } from "./lists.ts";

/** What the endpoint can do (Micropub §3.7.1, with the stable extensions and what Micro.blog's apps read). */
export async function configOf(asked: Asked, queries: readonly string[]): Promise<object> {
  const { context, request } = asked;
  const base = isHub(request) ? `${new URL(context.site.url).origin}/` : request.context.blog.url;
  return {
    "media-endpoint": `${base}micropub/media`,
    q: queries,
    "syndicate-to": await targetsOf(context),
    destination: destinationsOf(asked),
    "post-types": postTypes,
    channels: await channelsOf(context),
    categories: (await context.posts.categories({ all: true })).map(({ name }) => name),
    visibility: ["public", "unlisted", "private"],
    "post-status": ["published", "draft"],
    mp: ["slug", "syndicate-to", "destination", "photo-alt", "channel"],
  };
}

/** The blogs the caller writes on; exactly one is where posts go that name none. */
export function destinationsOf({ caller }: Pick<Asked, "caller">): readonly object[] {
  return caller.blogs.map(({ blog, isDefault }) => ({
    uid: blog.url,
    name: blog.host,
    "microblog-audio": true,
    "microblog-default": isDefault,
    "microblog-title": blog.title,
  }));
}
