import { blogByHost } from "../core/blogs/blogs.ts";
import { actorOn } from "../core/blogs/memberships.ts";
import { PublicError } from "../core/errors.ts";
import type { Scope } from "../core/hooks/scope.ts";
import type { Blog, Post } from "../core/hooks/values.ts";
import { isUlid } from "../core/ids.ts";
import { can, type Action, type ActionObject, type Actor } from "../core/people/permissions.ts";
import { postById } from "../core/posts/read.ts";
import { signedIn, type AdminRequest } from "./request.ts";
import type { Translate } from "./texts.ts";

/** A blog named in an address, who is at it, and the scope for doing something there. */
export type OnBlog = {
  readonly blog: Blog;
  readonly actor: Actor;
  readonly scope: Scope;
  /** The reader's language and its sentences. */
  readonly language: string;
  readonly t: Translate;
  /** Address of a screen of this blog: `at("/posts")`. */
  at(path: string): string;
  may(action: Action, object?: ActionObject): boolean;
};

const notFound = () => new PublicError("request.unknown", "There is no such page, or it is not yours.", 404);

/** The blog of `/b/:blog/…`. PublicError 404 when there is none, or the person may not do `action` there. */
export async function onBlog(request: AdminRequest, action: Action, object?: ActionObject): Promise<OnBlog> {
  return onHost(request, request.params.blog ?? "", action, object);
}

/** The blog of a host, for forms that name it in a field. PublicError 404 as `onBlog`. */
export async function onHost(request: AdminRequest, host: string, action: Action, object?: ActionObject): Promise<OnBlog> {
  const { house } = request;
  const account = signedIn(request);
  const blog = await blogByHost(house.storage, host.toLowerCase(), house.site);
  if (!blog) throw notFound();
  const scope = { ...house.scopeOf(account, blog, "web"), address: request.scope.address, requestId: request.scope.requestId };
  const actor = await actorOn(house.storage, scope.principal, blog.id);
  if (!can(actor, action, object ?? { authorId: account.id })) throw notFound();
  return {
    blog,
    actor,
    scope,
    language: request.language,
    t: request.t,
    at: (path) => `/b/${blog.host}${path}`,
    may: (wanted, about) => can(actor, wanted, about ?? { authorId: account.id }),
  };
}

/** The post of `/b/:blog/posts/:id…` with its blog. PublicError 404 when there is none or it is not the person's to see or change. */
export async function onPost(request: AdminRequest, action: Action): Promise<OnBlog & { readonly post: Post }> {
  const place = await onBlog(request, "post.create");
  const id = request.params.id ?? "";
  const post = isUlid(id) ? await postById(place.scope, id) : null;
  if (!post || !place.may(action, post)) throw notFound();
  return { ...place, post };
}
