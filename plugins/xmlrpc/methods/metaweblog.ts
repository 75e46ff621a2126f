import { blogFor, callerOf } from "../caller.ts";
import { draftOf } from "../draft.ts";
import { metaWeblogCategory, metaWeblogPost } from "../shapes.ts";
import { store } from "../store.ts";
import { countOf, numbersOf, postFor, recentPosts } from "../things.ts";
import { newMediaObject } from "./media.ts";
import type { Methods } from "./method.ts";

/** MetaWeblog (http://xmlrpc.com/metaWeblogApi.html), and `wp.newCategory`, which its editors call beside it. */
export const metaWeblog: Methods = {
  "metaWeblog.newPost": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const context = await blogFor(caller, params.text(0));
    const post = await store(context, draftOf(context, params.struct(3), params.flag(4) ?? true));
    return String(post.number);
  },
  "metaWeblog.editPost": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const { context, post } = await postFor(caller, params.text(0));
    await store(context, draftOf(context, params.struct(3), params.flag(4), post));
    return true;
  },
  "metaWeblog.getPost": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const { context, post } = await postFor(caller, params.text(0));
    return metaWeblogPost(context, post);
  },
  "metaWeblog.getRecentPosts": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const context = await blogFor(caller, params.text(0));
    return (await recentPosts(context, countOf(params.int(3, 10)))).map((post) => metaWeblogPost(context, post));
  },
  "metaWeblog.deletePost": async (params, request) => {
    const caller = await callerOf(request, params.text(2), params.text(3));
    const { context, post } = await postFor(caller, params.text(1));
    await context.posts.remove(post.id);
    return true;
  },
  "metaWeblog.getCategories": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const context = await blogFor(caller, params.text(0));
    const categories = await context.posts.categories({ all: true });
    const numbers = await numbersOf(context, categories);
    return categories.map((category) => metaWeblogCategory(context, category, numbers.get(category.id) ?? ""));
  },
  "metaWeblog.newMediaObject": newMediaObject,
  "wp.newCategory": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const context = await blogFor(caller, params.text(0));
    const { name, description } = params.struct(3);
    const category = await context.posts.saveCategory({ name: String(name ?? ""), description: String(description ?? "") });
    return Number((await numbersOf(context, [category])).get(category.id));
  },
};
