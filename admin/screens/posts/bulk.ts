import { PublicError } from "../../../core/errors.ts";
import type { Post } from "../../../core/hooks/values.ts";
import type { Action } from "../../../core/people/permissions.ts";
import { publish } from "../../../core/posts/publish.ts";
import { postsByIds } from "../../../core/posts/read.ts";
import { slugify } from "../../../core/posts/permalink.ts";
import { erasePost, restore, trash } from "../../../core/posts/remove.ts";
import { all, one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { record } from "./record.ts";

const most = 100;

type Work = {
  readonly needs: Action;
  /** Whether it makes sense for this post. */
  readonly fits: (post: Post) => boolean;
  /** False when the post refused it. */
  readonly run: (place: OnBlog, post: Post, category: string) => Promise<boolean>;
};

const works: Readonly<Record<string, Work>> = {
  trash: {
    needs: "post.delete",
    fits: ({ status }) => status !== "trash",
    run: async ({ scope }, { id }) => (await trash(scope, id)) !== null,
  },
  restore: {
    needs: "post.restore",
    fits: ({ status }) => status === "trash",
    run: async ({ scope }, { id }) => (await restore(scope, id)) !== null,
  },
  publish: {
    needs: "post.publish",
    fits: ({ status }) => status === "draft" || status === "scheduled",
    run: ({ scope }, { id, version }) =>
      stored(scope, { id, version, status: "published", publishedAt: scope.clock.now().toISOString() }),
  },
  "add-category": { needs: "post.edit", fits: isAlive, run: (place, post, name) => recategorise(place, post, [name], null) },
  "remove-category": { needs: "post.edit", fits: isAlive, run: (place, post, name) => recategorise(place, post, [], name) },
  erase: {
    needs: "blog.edit",
    fits: ({ status }) => status === "trash",
    run: ({ scope }, { id }) => erasePost(scope, id),
  },
};

/** Does one thing to the posts that were ticked; those it does not fit, or that are not the person's, are left alone and counted. */
export async function bulk(request: AdminRequest) {
  const place = await onBlog(request, "post.create");
  const { fields } = await request.form();
  const action = one(fields, "action");
  const work = Object.hasOwn(works, action) ? works[action] : undefined;
  const tab = /^[a-z]+$/.test(one(fields, "tab")) ? one(fields, "tab") : "published";
  const back = place.at(`/posts?tab=${tab}`);
  const category = one(fields, "category").slice(0, 200);
  const ids = [...new Set(all(fields, "id"))].slice(0, most);
  if (!work) throw new PublicError("posts.bulk", request.t("posts.bulk-nothing"), 422);
  if (ids.length === 0) return request.redirect(back, request.t("posts.bulk-none"));
  if (action.endsWith("-category") && slugify(category) === "")
    return request.redirect(back, request.t("posts.bulk-no-category"));
  const posts = await postsByIds(place.scope, ids);
  const fitting = posts.filter((post) => work.fits(post) && place.may(work.needs, post));
  if (action === "erase" && one(fields, "confirmed") !== "yes" && fitting.length > 0) return confirm(request, place, fitting);
  const done: string[] = [];
  for (const post of fitting) if (await work.run(place, post, category)) done.push(post.id);
  if (done.length > 0) await record(place, `posts.${action}`, `${done.length}`, { ids: done, ...(category && { category }) });
  return request.redirect(back, flashOf(request, place, { action, category, done, left: ids.length - done.length }));
}

async function confirm(request: AdminRequest, place: OnBlog, posts: readonly Post[]) {
  const data = { posts, at: place.at("/posts"), zone: place.blog.timeZone };
  return request.html("screens/posts/bulk-erase", request.t("posts.erase"), data, { blog: place.blog });
}

function flashOf(
  request: AdminRequest,
  place: OnBlog,
  { action, category, done, left }: { action: string; category: string; done: readonly string[]; left: number },
) {
  const said = request.t(`posts.bulk-${action}`, { n: done.length, category });
  const text = left === 0 ? said : request.t("posts.bulk-left", { said, n: left });
  if (action !== "trash" || done.length === 0) return text;
  const fields = { action: "restore", tab: "trash", id: done };
  return { text, undo: { path: place.at("/posts/bulk"), fields, label: request.t("posts.undo") } };
}

async function recategorise({ scope }: OnBlog, post: Post, add: readonly string[], removed: string | null): Promise<boolean> {
  const kept = post.categories.filter(({ slug }) => removed === null || slug !== slugify(removed)).map(({ name }) => name);
  return stored(scope, { id: post.id, version: post.version, categories: [...kept, ...add] });
}

async function stored(scope: OnBlog["scope"], draft: Parameters<typeof publish>[1]): Promise<boolean> {
  return (await publish(scope, draft)).ok;
}

function isAlive({ status }: Post): boolean {
  return status !== "trash";
}
