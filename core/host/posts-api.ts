import type { Scope } from "../hooks/scope.ts";
import type { Draft, Post } from "../hooks/values.ts";
import { isUlid } from "../ids.ts";
import { addCategory, changeCategory, deleteCategory } from "../posts/filters/change-categories.ts";
import type { PostFilter } from "../posts/find-posts.ts";
import { listForApps } from "../posts/list-for-apps.ts";
import { addressOfPost, postAt } from "../posts/post-at.ts";
import { publish } from "../posts/publish.ts";
import { countInCategories } from "../render/category-counts.ts";
import {
  categoriesOf,
  listByStatus,
  listedCategoriesOf,
  listPages,
  listPosts,
  monthsOf,
  postById,
  postByPath,
} from "../posts/read.ts";
import { restore, trash } from "../posts/remove.ts";
import type { Rights } from "./acting.ts";
import type { PostsApi } from "./context.types.ts";

type Need = (capability: string) => void;
type ListFilter = NonNullable<Parameters<PostsApi["list"]>[0]>;

/** Posts of the scope's blog, for a plugin that may read or write them, as far as whoever acts may. */
export function postsApi(scope: Scope, need: Need, rights: Rights): PostsApi {
  const shown = async (post: Post | null) => (post && (await rights.may("post.read", post)) ? post : null);
  return {
    byId: async (id) => (need("posts:read"), shown(isUlid(id) ? await postById(scope, id) : null)),
    async byUrl(url, { any = false } = {}) {
      need("posts:read");
      if (any) return shown(await postAt(scope, url));
      const path = pathOn(scope, url);
      return path === null ? null : postByPath(scope, path);
    },
    addressOf: (post) => addressOfPost(scope, post),
    list: async (filter = {}) => (need("posts:read"), list(scope, rights, filter)),
    months: () => (need("posts:read"), monthsOf(scope)),
    categories: ({ all = false } = {}) => (need("posts:read"), all ? categoriesOf(scope) : listedCategoriesOf(scope)),
    countIn: (ids) => (need("posts:read"), countInCategories(scope, ids.filter(isUlid))),
    async saveCategory({ id, name, description = "" }) {
      need("posts:write");
      await rights.need("category.edit");
      const text = { name, description };
      return scope.storage.write((db) => (id === undefined ? addCategory(scope, db, text) : changeCategory(scope, db, id, text)));
    },
    async removeCategory(id) {
      need("posts:write");
      await rights.need("category.edit");
      await scope.storage.write((db) => deleteCategory(scope, db, id));
    },
    publish: async (draft, { isQuiet = false } = {}) => (
      need("posts:write"),
      publish(scope, await allowed(scope, rights, draft), { isQuiet })
    ),
    async remove(id) {
      need("posts:write");
      const post = isUlid(id) ? await postById(scope, id) : null;
      if (!post) return;
      await rights.need("post.delete", post);
      await trash(scope, id);
    },
    async restore(id) {
      need("posts:write");
      const post = isUlid(id) ? await postById(scope, id) : null;
      if (!post) return null;
      await rights.need("post.restore", post);
      return restore(scope, id);
    },
  };
}

function pathOn({ blog }: Scope, url: string): string | null {
  if (url.startsWith("/")) return url;
  return blog && URL.canParse(url) && new URL(url).origin === new URL(blog.url).origin ? new URL(url).pathname : null;
}

async function list(scope: Scope, rights: Rights, filter: ListFilter): Promise<readonly Post[]> {
  const { status = "published", after, skip, limit, kind, month, category: slug, search, authorId, pages } = filter;
  const all = slug === undefined ? [] : await (isPlain(filter) ? listedCategoriesOf : categoriesOf)(scope);
  const category = all.find((one) => one.slug === slug);
  if (slug !== undefined && !category) return [];
  if (pages) return pagesOf(scope, rights, filter);
  if (isPlain(filter))
    return listPosts(scope, {
      ...(after && { after }),
      ...(limit && { limit }),
      ...(kind && { kind }),
      ...(month && { month }),
      ...(category && { categoryId: category.id }),
    });
  const reader = await readerOf(scope, rights, status);
  const wanted: PostFilter = {
    status,
    ...(search && { text: search }),
    ...(kind && { kind }),
    ...(month && { year: month }),
    ...(category && { categoryId: category.id }),
    ...(authorId && { authorId }),
    ...reader,
  };
  if (authorId && reader.authorId && authorId !== reader.authorId) return [];
  return listForApps(scope, wanted, { ...(after && { after }), ...(skip && { skip }), ...(limit && { limit }) });
}

// What readers see, in the order they see it.
const isPlain = ({ status, search, authorId, skip }: ListFilter): boolean =>
  status === undefined && search === undefined && authorId === undefined && skip === undefined;

async function pagesOf(
  scope: Scope,
  rights: Rights,
  { status = "published", limit = 100 }: ListFilter,
): Promise<readonly Post[]> {
  const reader = await readerOf(scope, rights, status);
  const found =
    status === "published" ? await listPages(scope) : await listByStatus(scope, { status, pages: true, limit, ...reader });
  return found.filter((post) => post.visibility !== "private" || !reader.readerId || post.authorId === reader.readerId);
}

// Editors see everything of their blog; others what is public and what is theirs.
async function readerOf(scope: Scope, rights: Rights, status: Post["status"]): Promise<{ readerId?: string; authorId?: string }> {
  const id = scope.principal.accountId ?? "";
  if (await rights.may("post.read", { authorId: "", status, visibility: "private" })) return {};
  return status === "published" ? { readerId: id } : { authorId: id };
}

async function allowed(scope: Scope, rights: Rights, draft: Draft): Promise<Draft> {
  if (!rights.isActing) return draft;
  const before = draft.id === undefined ? null : await postById(scope, draft.id);
  const goesOut = (draft.status ?? before?.status ?? "published") !== "draft";
  if (before) await rights.need("post.edit", before);
  else await rights.need("post.create");
  const isOut = before !== null && (before.status === "published" || before.status === "scheduled");
  if (goesOut && !isOut) await rights.need("post.publish", before ?? {});
  const { authorId: _chosen, ...rest } = draft;
  return rest;
}
