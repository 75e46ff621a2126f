import type { Blog, Context, RouteRequest, TokenFacts } from "rookery/plugin";
import { Fault } from "./wire/fault.ts";

/** Whoever calls: by an app's key in the place of the password. */
export type Caller = {
  readonly request: RouteRequest;
  readonly token: TokenFacts;
  readonly blogs: readonly { readonly blog: Blog; readonly isDefault: boolean }[];
};

/** Who a name and a password stand for. A Fault with the words that editors look for when they fit nobody. */
export async function callerOf(request: RouteRequest, name: string, password: string): Promise<Caller> {
  const { identity } = request.context;
  const isKey = /^[\x21-\x7e]{8,200}$/.test(password);
  const token = isKey ? await identity.tokenOf(password) : null;
  if (!token || !(await isNamed(request.context, token, name))) {
    await request.context.limit(`wrong ${request.address}`, { times: 30, seconds: 600 });
    throw new Fault(403, "Wrong username or password. The password is a token of an app: make one in your account, under Apps.");
  }
  const all = await identity.blogsOf(token.accountId);
  const blogs = token.blogId === null ? all : all.filter(({ blog }) => blog.id === token.blogId);
  return { request, token, blogs };
}

/** The plugin on a blog, acting as the caller with no more than the key's scopes. */
export function actingOn({ request, token }: Caller, blog: Blog): Promise<Context> {
  const via = token.clientId || token.name || "xmlrpc";
  return request.context.as({ accountId: token.accountId, blog, scopes: token.scopes, via });
}

/**
 * The blog that an editor names by the number it was told, an address or a host. Without one (some send 0 or 1) it is the blog the
 * endpoint stands on, or on the hub the person's own. A Fault when it is not theirs.
 */
export async function blogFor(caller: Caller, name: string): Promise<Context> {
  const named = await namedBlog(caller, name.trim());
  const own = caller.blogs.find(({ blog }) => blog.id === named?.id);
  if (!own) throw new Fault(named || caller.blogs.length === 0 ? 403 : 404, "There is no such blog that you write on.");
  return actingOn(caller, own.blog);
}

async function namedBlog({ request, blogs }: Caller, name: string): Promise<Pick<Blog, "id"> | undefined> {
  const { context } = request;
  if (/^[1-9]\d{0,9}$/.test(name)) {
    const subject = await context.numbers.subject(Number(name));
    // Other plugins number blogs too, and may have been the first: then the number stands for the blog, but lies in none.
    if (subject && (subject.id === subject.blogId || blogs.some(({ blog }) => blog.id === subject.id))) return { id: subject.id };
  }
  if (["", "0", "1"].includes(name)) return isHub(request) ? blogs.find(({ isDefault }) => isDefault)?.blog : context.blog;
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/\/+$/, "");
  return blogs.find(({ blog }) => [bare(blog.url), blog.host].includes(bare(name)))?.blog;
}

/** Whether the call came to the installation's own address rather than to a blog's. */
export function isHub({ url, context }: RouteRequest): boolean {
  return URL.parse(url)?.host === URL.parse(context.site.url)?.host;
}

// By handle, e-mail address or a blog's name: editors ask for “your user name”, and people know several.
async function isNamed({ identity }: Context, { account, accountId }: TokenFacts, given: string): Promise<boolean> {
  const name = given.trim().replace(/^@/, "").toLowerCase();
  if (name === account.username.toLowerCase() || name === account.name.toLowerCase()) return true;
  if (name.includes("@")) return name === (await identity.emailOf(accountId))?.toLowerCase();
  return (await identity.blogsOf(accountId)).some(({ blog }) => blog.host === name);
}
