import type { Draft, Post, RouteRequest } from "rookery/plugin";
import { blogFor, callerOf, type Caller } from "../caller.ts";
import { draftOf } from "../draft.ts";
import type { Params } from "../params.ts";
import { microblogPost } from "../shapes.ts";
import { store } from "../store.ts";
import { allPages, countOf, numbersOf, postFor, recentPosts, type Found } from "../things.ts";
import { newMediaObject } from "./media.ts";
import type { Method, Methods } from "./method.ts";

const login = (params: Params, request: RouteRequest) => callerOf(request, params.text(1), params.text(2));

const newOne =
  (more: Draft): Method =>
  async (params, request) => {
    const context = await blogFor(await login(params, request), params.text(0));
    // These methods have no parameter that says so: without a post_status a new one is published.
    const post = await store(context, { ...draftOf(context, params.struct(3), true), ...more });
    return String(post.number);
  };

const edit =
  (kind: "post" | "page"): Method =>
  async (params, request) => {
    const { context, post } = await postFor(await login(params, request), params.text(0), kind);
    await store(context, draftOf(context, params.struct(3), undefined, post));
    return true;
  };

const get =
  (kind: "post" | "page"): Method =>
  async (params, request) => {
    const caller = await login(params, request);
    const found = await postFor(caller, params.text(0), kind);
    return shown(caller, found.context, found.post);
  };

const remove =
  (kind: "post" | "page"): Method =>
  async (params, request) => {
    const { context, post } = await postFor(await login(params, request), params.text(0), kind);
    await context.posts.remove(post.id);
    return true;
  };

/** Micro.blog's own methods, with pages. */
export const microblog: Methods = {
  "microblog.newPost": newOne({}),
  "microblog.editPost": edit("post"),
  "microblog.getPost": get("post"),
  "microblog.deletePost": remove("post"),
  "microblog.getPosts": async (params, request) => {
    const caller = await login(params, request);
    const context = await blogFor(caller, params.text(0));
    const posts = await recentPosts(context, countOf(params.int(3, 20)), Math.max(0, params.int(4, 0)));
    return Promise.all(posts.map((post) => shown(caller, context, post)));
  },
  "microblog.getCategories": async (params, request) => {
    const context = await blogFor(await login(params, request), params.text(0));
    const categories = await context.posts.categories({ all: true });
    const numbers = await numbersOf(context, categories);
    return categories.map(({ id, name }) => ({ id: numbers.get(id) ?? "", name }));
  },
  "microblog.newMediaObject": newMediaObject,
  "microblog.newPage": newOne({ kind: "page" }),
  "microblog.editPage": edit("page"),
  "microblog.getPage": get("page"),
  "microblog.deletePage": remove("page"),
  "microblog.getPages": async (params, request) => {
    const caller = await login(params, request);
    const context = await blogFor(caller, params.text(0));
    const [count, offset] = [countOf(params.int(3, 100)), Math.max(0, params.int(4, 0))];
    const pages = (await allPages(context)).slice(offset, offset + count);
    return Promise.all(pages.map((page) => shown(caller, context, page)));
  },
};

async function shown({ token, request }: Caller, context: Found["context"], post: Post) {
  const author = post.authorId === token.accountId ? token.account : await request.context.accounts.byId(post.authorId);
  return microblogPost(context, post, author ?? { name: "", username: "" });
}
