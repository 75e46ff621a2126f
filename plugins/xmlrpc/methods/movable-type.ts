import { blogFor, callerOf } from "../caller.ts";
import { store } from "../store.ts";
import { countOf, numbersOf, postFor, recentPosts } from "../things.ts";
import { dateIn } from "../wire/dates.ts";
import { Fault, faults } from "../wire/fault.ts";
import { isStruct } from "../wire/value.ts";
import type { Methods } from "./method.ts";

/** What Movable Type added, mostly for categories. */
export const movableType: Methods = {
  "mt.getCategoryList": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const context = await blogFor(caller, params.text(0));
    const categories = await context.posts.categories({ all: true });
    const numbers = await numbersOf(context, categories);
    return categories.map(({ id, name }) => ({ categoryId: numbers.get(id) ?? "", categoryName: name }));
  },
  "mt.getPostCategories": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const { context, post } = await postFor(caller, params.text(0));
    const numbers = await numbersOf(context, post.categories);
    return post.categories.map(({ id, name }, at) => ({
      categoryId: numbers.get(id) ?? "",
      categoryName: name,
      isPrimary: at === 0,
    }));
  },
  "mt.setPostCategories": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const { context, post } = await postFor(caller, params.text(0));
    const all = await context.posts.categories({ all: true });
    const numbers = await numbersOf(context, all);
    const names = params.list(3).map((wanted) => {
      const number = isStruct(wanted) ? String(wanted.categoryId) : "";
      const category = all.find(({ id }) => numbers.get(id) === number);
      if (!category) throw new Fault(faults.params, "There is no category with this categoryId.");
      return category.name;
    });
    await store(context, { id: post.id, categories: names });
    return true;
  },
  "mt.getRecentPostTitles": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const context = await blogFor(caller, params.text(0));
    return (await recentPosts(context, countOf(params.int(3, 10)))).map((post) => ({
      postid: String(post.number),
      userid: post.authorId,
      title: post.title,
      dateCreated: dateIn(post.publishedAt ?? post.updatedAt, context.blog.timeZone),
    }));
  },
  "mt.publishPost": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const { context, post } = await postFor(caller, params.text(0));
    await store(context, { id: post.id, status: "published" });
    return true;
  },
  "mt.supportedTextFilters": () => [],
};
