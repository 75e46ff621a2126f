import { blogFor, callerOf, isHub, type Caller } from "../caller.ts";
import { draftOf } from "../draft.ts";
import { store } from "../store.ts";
import { countOf, postFor, recentPosts } from "../things.ts";
import { dateIn } from "../wire/dates.ts";
import type { RpcStruct } from "../wire/value.ts";
import type { Answer } from "../wire/write-answer.ts";
import type { Post } from "rookery/plugin";
import { metaWeblog } from "./metaweblog.ts";
import type { Methods } from "./method.ts";

/** The blogs of whoever calls, as editors list them. */
export async function blogsOf(caller: Caller): Promise<Answer[]> {
  const { request } = caller;
  // On a blog's own address its own stands first.
  const here = isHub(request) ? null : request.context.blog.id;
  const blogs = caller.blogs.toSorted((a, b) => Number(b.blog.id === here) - Number(a.blog.id === here));
  const found: Answer[] = [];
  for (const { blog } of blogs) {
    const number = (await (await blogFor(caller, blog.host)).numbers.of([blog.id])).get(blog.id);
    found.push({
      blogid: String(number),
      blogName: blog.title || blog.host,
      url: blog.url,
      xmlrpc: `${blog.url}xmlrpc`,
      isAdmin: blog.ownerId === caller.token.accountId,
    });
  }
  return found;
}

/** The Blogger API, which editors ask for people's blogs, and old ones for everything. */
export const blogger: Methods = {
  "blogger.getUsersBlogs": async (params, request) => blogsOf(await callerOf(request, params.text(1), params.text(2))),
  "blogger.getUserInfo": async (params, request) => {
    const { token, blogs } = await callerOf(request, params.text(1), params.text(2));
    const { account, accountId } = token;
    const name = account.name || account.username;
    const [firstname = "", ...rest] = name.split(" ");
    const email = token.scopes.includes("email") ? await request.context.identity.emailOf(accountId) : null;
    const url = (blogs.find(({ isDefault }) => isDefault) ?? blogs[0])?.blog.url ?? request.context.site.url;
    return { userid: accountId, nickname: account.username, email: email ?? "", url, firstname, lastname: rest.join(" ") };
  },
  "blogger.newPost": async (params, request) => {
    const caller = await callerOf(request, params.text(2), params.text(3));
    const context = await blogFor(caller, params.text(1));
    const post = await store(context, draftOf(context, contentOf(params.text(4)), params.flag(5) ?? true));
    return String(post.number);
  },
  "blogger.editPost": async (params, request) => {
    const caller = await callerOf(request, params.text(2), params.text(3));
    const { context, post } = await postFor(caller, params.text(1));
    await store(context, draftOf(context, contentOf(params.text(4)), params.flag(5), post));
    return true;
  },
  "blogger.getPost": async (params, request) => {
    const caller = await callerOf(request, params.text(2), params.text(3));
    const { context, post } = await postFor(caller, params.text(1));
    return shape(post, context.blog.timeZone);
  },
  "blogger.getRecentPosts": async (params, request) => {
    const caller = await callerOf(request, params.text(2), params.text(3));
    const context = await blogFor(caller, params.text(1));
    return (await recentPosts(context, countOf(params.int(4, 10)))).map((post) => shape(post, context.blog.timeZone));
  },
  "blogger.deletePost": metaWeblog["metaWeblog.deletePost"]!,
};

// Its posts have no title of their own: editors write it in front.
function contentOf(text: string): RpcStruct {
  const [whole, title] = /^\s*<title>([^<]{0,500})<\/title>\s*/i.exec(text) ?? ["", undefined];
  return { description: text.slice(whole.length), ...(title !== undefined && { title: title.trim() }) };
}

function shape(post: Post, zone: string): Answer {
  const title = post.title && `<title>${post.title}</title>`;
  return {
    postid: String(post.number),
    userid: post.authorId,
    dateCreated: dateIn(post.publishedAt ?? post.updatedAt, zone),
    content: `${title}${post.source}`,
  };
}
