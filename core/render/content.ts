import { siteSettingsOf } from "../blogs/site-settings.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Account, Category, Interaction, Json, Post, Reply } from "../hooks/values.ts";
import { conversationOf } from "../interactions/read.ts";
import { neighboursOf, postById, postByPath, wasPublished } from "../posts/read.ts";
import { leadingFrom } from "../posts/redirects/own-redirects.ts";
import type { BlogFacts } from "./facts.ts";
import { listPage, type ListPage } from "./lists.ts";
import type { PluginPage, PluginView, RenderPlugins, RenderRequest } from "./render.types.ts";
import { kindLists, routeOf, type Cursor, type KindList, type Route } from "./routes.ts";

/** What a page shows, read from the database and not yet dressed: its type, the templates that may draw it, and its content. */
export type PageContent = {
  readonly type: "home" | "post" | "page" | "category" | "date" | "archive" | "author" | "plugin" | "error";
  readonly status: number;
  /** Templates in the order they are tried. */
  readonly templates: readonly string[];
  /** Path (and place in the list) of the page's one address, encoded. */
  readonly path: string;
  readonly title: string;
  readonly isIndexed: boolean;
  /** Not true yet: somebody looks at it before it is stored. */
  readonly isPreview?: boolean;
  readonly list?: ListPage;
  readonly post?: Post;
  readonly neighbours?: { readonly newer: Post | null; readonly older: Post | null };
  readonly conversation?: readonly Interaction[];
  readonly category?: Category;
  readonly period?: string;
  /** Whose posts a list shows, or of which kind. */
  readonly author?: Account;
  readonly kindList?: KindList;
  /** Markdown of the blog's own on a page that does not exist. */
  readonly words?: string;
  readonly view?: PluginView;
  readonly data?: { readonly [key: string]: Json };
};

/** What finding a page's content needs. */
export type Asked = {
  readonly scope: Scope;
  readonly facts: BlogFacts;
  readonly plugins: RenderPlugins;
  readonly perPage: number;
  readonly request: RenderRequest;
};

/** Finds what an address shows; an answer of another kind (a redirect, what a plugin has there) is a Reply. */
export async function contentOf(asked: Asked): Promise<PageContent | { readonly reply: Reply }> {
  const { scope, request } = asked;
  const route = routeOf(request.path, request.query);
  const found = await knownContent(asked, route);
  if (found) return found;
  // After everything that is there: a redirect hides no post and no list.
  const led = await leadingFrom(scope, request.path);
  if (led) return { reply: { status: led.status, redirect: led.target, cache: true } };
  const answer = await scope.taps.first(scope, "request.missing", { path: request.path });
  if (answer) return { reply: answer };
  return (await wasPublished(scope, request.path)) ? gone : missingContent(scope);
}

// What a blog's people want to say where nothing is; without it, or when their page is gone, the theme says it.
async function missingContent(scope: Scope): Promise<PageContent> {
  const { notFound } = siteSettingsOf(blogOf(scope));
  if (notFound === null) return missing;
  if ("text" in notFound) return { ...missing, words: notFound.text };
  const page = await postById(scope, notFound.page);
  if (page?.kind !== "page" || page.status !== "published" || page.visibility === "private") return missing;
  return { ...missing, type: "page", templates: pageTemplates(page), path: encodeURI(page.path), title: page.title, post: page };
}

async function knownContent(asked: Asked, route: Route): Promise<PageContent | null> {
  switch (route.page) {
    case "home": {
      const list = await listPage(asked.scope, {}, place(asked, route));
      return list && { ...listing("home", "/", list, route), templates: ["home", "index"], title: "" };
    }
    case "category":
      return category(asked, route);
    case "date":
      return date(asked, route);
    case "archive":
      return {
        type: "archive",
        status: 200,
        templates: ["archive-all", "archive", "index"],
        path: "/archive",
        title: "",
        isIndexed: true,
      };
    case "author":
    case "kind":
      return (await atPath(asked, route.path)) ?? (route.page === "author" ? author(asked, route) : ofKind(asked, route));
    case "path":
      return atPath(asked, route.path);
    default:
      return null;
  }
}

async function atPath(asked: Asked, path: string): Promise<PageContent | null> {
  return (await pluginPage(asked, path)) ?? single(asked.scope, path);
}

async function author(asked: Asked, route: Route & { page: "author" }): Promise<PageContent | null> {
  const found = [...asked.facts.authors.values()].find(({ username }) => username === route.handle);
  if (!found) return null;
  const list = await listPage(asked.scope, { authorId: found.id }, place(asked, route));
  const templates = [`author-${found.username}`, "author", "archive", "index"];
  const path = `/authors/${encodeURIComponent(found.username)}`;
  return list && { ...listing("author", path, list, route), templates, title: found.name || found.username, author: found };
}

// A list of what the blog has none of is no page.
async function ofKind(asked: Asked, route: Route & { page: "kind" }): Promise<PageContent | null> {
  const list = await listPage(asked.scope, { kind: kindLists[route.list] }, place(asked, route));
  if (!list || list.posts.length === 0) return null;
  const templates = [route.list, "archive", "index"];
  return { ...listing("archive", `/${route.list}`, list, route), templates, title: "", kindList: route.list };
}

async function category(asked: Asked, route: Route & { page: "category" }): Promise<PageContent | null> {
  const found = asked.facts.categories.find(({ slug }) => slug === route.slug);
  if (!found) return null;
  const list = await listPage(asked.scope, { categoryId: found.id }, place(asked, route));
  const path = `/categories/${encodeURIComponent(found.slug)}`;
  const templates = [`category-${found.slug}`, "category", "archive", "index"];
  return list && { ...listing("category", path, list, route), templates, title: found.name, category: found };
}

async function date(asked: Asked, route: Route & { page: "date" }): Promise<PageContent | null> {
  if (!asked.facts.months.some(({ month }) => month.startsWith(route.period))) return null;
  const list = await listPage(asked.scope, { month: route.period }, place(asked, route));
  const path = `/${route.period.replace("-", "/")}`;
  return (
    list && { ...listing("date", path, list, route), templates: ["date", "archive", "index"], title: "", period: route.period }
  );
}

async function single(scope: Scope, path: string): Promise<PageContent | null> {
  const post = await postByPath(scope, path);
  if (!post) return null;
  const isPage = post.kind === "page";
  const templates = templatesOf(post);
  const [conversation, neighbours] = await Promise.all([
    conversationOf(scope, post.id),
    isPage ? { newer: null, older: null } : neighboursOf(scope, post),
  ]);
  const isIndexed = post.visibility === "public";
  return {
    type: isPage ? "page" : "post",
    status: 200,
    templates,
    path: encodeURI(post.path),
    title: post.title,
    isIndexed,
    post,
    conversation,
    neighbours,
  };
}

/** The templates that may draw a post's own page, in the order they are tried. */
export function templatesOf(post: Post): readonly string[] {
  return post.kind === "page" ? pageTemplates(post) : [`post-${post.kind}`, "post", "single", "index"];
}

function pageTemplates({ slug, properties }: Post): string[] {
  const chosen = typeof properties.template === "string" ? [`page--${properties.template}`] : [];
  return [`page-${slug}`, ...chosen, "page", "single", "index"];
}

async function pluginPage(asked: Asked, path: string): Promise<PageContent | null> {
  for (const page of asked.plugins.pages(asked.scope)) {
    const params = paramsOf(page, path);
    if (!params) continue;
    const view = await page.view({ params, query: asked.request.query });
    if (!view) return null;
    // Templates of pages print a post, and there is none: a theme without `plugin` lends its layout to the base theme's.
    const templates = ["plugin"];
    const { title = page.title, query, ...shown } = view;
    const own: PluginView = { ...shown, pluginId: page.pluginId };
    const address = encodeURI(path) + (query ? `?${query}` : "");
    return { type: "plugin", status: 200, templates, path: address, title, isIndexed: true, view: own };
  }
  return null;
}

function paramsOf(page: PluginPage, path: string): Record<string, string> | null {
  const [wanted, given] = [page.path.split("/"), path.split("/")];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(":") && given[at] !== "") params[part.slice(1)] = given[at]!;
    else if (part !== given[at]) return null;
  }
  return params;
}

const missing: PageContent = {
  type: "error",
  status: 404,
  templates: ["error-404", "error"],
  path: "/",
  title: "",
  isIndexed: false,
};

// Programs must learn that a post is gone for good reason, not lost: 410, and not a word of what it said.
const gone: PageContent = { ...missing, status: 410, templates: ["error-410", "error"] };

function place(asked: Asked, route: { cursor: Cursor; number: number }) {
  return { cursor: route.cursor, number: route.number, size: asked.perPage };
}

function listing(type: PageContent["type"], path: string, list: ListPage, { cursor }: { cursor: Cursor }) {
  const isFirst = list.newer === null;
  const at = cursor.after ? `?after=${cursor.after}` : `?before=${cursor.before}`;
  return { type, status: 200, path: isFirst ? path : path + at, isIndexed: isFirst || type === "home", list };
}
