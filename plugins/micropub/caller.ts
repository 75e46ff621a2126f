import type { Blog, Context, RouteRequest, TokenFacts } from "rookery/plugin";
import { forbidden, invalid, lacksScope, noToken, wrongToken } from "./problem.ts";

/** Whoever a request's key stands for. */
export type Caller = { readonly token: TokenFacts; readonly blogs: readonly OwnBlog[] };
export type OwnBlog = { readonly blog: Blog; readonly isDefault: boolean; readonly isEditor: boolean };

/** The key of a request: one, in the header or in the body. None: 401; two: 400 (RFC 6750 §2); wrong: 401. */
export async function callerOf(request: RouteRequest, inBody: readonly string[] = []): Promise<Caller> {
  const header = (request.headers.authorization ?? "").trim();
  if (inBody.length > 1 || (header !== "" && inBody.length > 0))
    throw invalid("Send the token once: in the header or in the body.");
  const given = header || inBody[0];
  if (!given) throw noToken();
  const token = await request.context.identity.tokenOf(given);
  if (!token) throw wrongToken();
  if (token.scopes.length === 0) throw lacksScope("create");
  const all = (await request.context.identity.blogsOf(token.accountId)).map(({ blog, role, isDefault }) => ({
    blog,
    isDefault,
    isEditor: role === "owner" || role === "editor",
  }));
  const blogs = token.blogId === null ? all : all.filter(({ blog }) => blog.id === token.blogId);
  return {
    token,
    blogs: blogs.some(({ isDefault }) => isDefault) ? blogs : blogs.map((one, at) => ({ ...one, isDefault: at === 0 })),
  };
}

/** 403 unless the key carries one of the scopes; the first is named. */
export function needScope({ token }: Caller, ...scopes: readonly string[]): void {
  if (!scopes.some((scope) => token.scopes.includes(scope))) throw lacksScope(scopes[0]!);
}

/** What a request says of the blog it is about. */
export type Wanted = { readonly destination?: string | undefined; readonly url?: string | undefined };

/**
 * The blog a request is about: the one `mp-destination` names, else the one its `url` is on, else the one the endpoint stands on,
 * else the person's own default. 400 for a destination there is none of and for an address on another blog, 403 for others' blogs.
 */
export async function blogFor(request: RouteRequest, caller: Caller, { destination, url }: Wanted): Promise<Blog> {
  if (destination) {
    const named = caller.blogs.find(({ blog }) => isNamed(blog, destination));
    if (!named) throw invalid("mp-destination names no blog you write on; q=config lists them.");
    return named.blog;
  }
  const here = isHub(request) ? null : request.context.blog;
  const there = url ? await blogOfAddress(request, url) : null;
  if (here && there && here.id !== there.id) throw invalid("This address is on another blog.");
  const wanted = here ?? there;
  if (!wanted) {
    const usual = caller.blogs.find(({ isDefault }) => isDefault);
    if (!usual) throw forbidden("You have no blog to write on.");
    return usual.blog;
  }
  const own = caller.blogs.find(({ blog }) => blog.id === wanted.id);
  if (!own) throw forbidden("You, or this app, may not write on this blog.");
  return own.blog;
}

/** The plugin on a blog, acting as the caller with no more than the key's scopes. */
export function actingOn({ context }: RouteRequest, { token }: Caller, blog: Blog): Promise<Context> {
  return context.as({ accountId: token.accountId, blog, scopes: token.scopes, via: token.clientId || token.name || "micropub" });
}

/** Whether the request came to the installation's own address rather than to a blog's. */
export const isHub = ({ url, context }: RouteRequest): boolean => URL.parse(url)?.host === URL.parse(context.site.url)?.host;

// Clients drop the slash, the scheme or both.
function isNamed({ url, host }: Blog, destination: string): boolean {
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/\/+$/, "");
  return bare(destination) === bare(url) || bare(destination) === host;
}

async function blogOfAddress({ context }: RouteRequest, url: string): Promise<Blog | null> {
  const parsed = URL.parse(url);
  if (parsed && parsed.host === URL.parse(context.site.url)?.host) {
    const [, host] = /^\/b\/([a-z0-9.-]+)\//.exec(parsed.pathname) ?? [];
    return host ? context.blogAt(`http://${host}/`) : null;
  }
  return context.blogAt(url);
}
