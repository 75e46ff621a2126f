import type { PageFacts } from "../hooks/catalogue.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog, Interaction, Json } from "../hooks/values.ts";
import { directionOf } from "../languages.ts";
import { brandObject, html } from "./theme-engine/engine.ts";
import type { Collected } from "./collected.ts";
import type { PageContent } from "./content.ts";
import type { BlogFacts } from "./facts.ts";
import { strangerFrom, type AuthorObject } from "./objects/authors.ts";
import { imageFrom, pageUrl } from "./objects/images.ts";
import type { Dates } from "./objects/dates.ts";
import { postObject, type PostObject, type PostSetting } from "./objects/posts.ts";
import { settingObjects } from "./objects/settings.ts";
import { menuObjects, type MenuItem } from "./objects/menus.ts";
import type { Texts } from "./objects/texts.ts";
import { siteSettingsOf } from "../blogs/site-settings.ts";
import { markdownToHtml } from "../net/markdown.ts";
import { standingOf } from "./standing.ts";
import type { Look } from "./look.ts";
import type { PictureSizes } from "./picture-sizes.ts";
import type { Scheme } from "./style/design.ts";
import type { Theme } from "./themes/theme.ts";

/** What a page's context is made of. */
export type Parts = Look & {
  readonly scope: Scope;
  readonly facts: BlogFacts;
  readonly content: PageContent;
  readonly collected: Collected;
  readonly theme: Theme;
  /** What the reader chose, where the blog leaves it to them. */
  readonly scheme: Scheme;
  /** The token of a preview, which style sheets and links carry on. */
  readonly previewToken?: string | null;
  readonly replyCounts: ReadonlyMap<string, number>;
  readonly pictures: PictureSizes;
  /** The address by which the picture of somebody from elsewhere is shown. */
  readonly face: (url: string) => string;
  readonly navigation: readonly { readonly title: string; readonly path: string }[];
};

export type Pagination = {
  readonly page: number;
  readonly pages: number | null;
  readonly total: number | null;
  readonly newer: string | null;
  readonly older: string | null;
  readonly first: string | null;
};
/** The data of a page, as admin-and-themes.md §8.4 lists it. */
export type PageContext = Readonly<Record<string, unknown>> & {
  readonly blog: { readonly author: AuthorObject; readonly title: string; readonly url: string; readonly feeds: readonly Feed[] };
  readonly page: PageObject;
  readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
  readonly post?: PostObject;
  readonly posts?: readonly PostObject[];
  readonly pagination?: Pagination;
};
type Feed = { readonly type: string; readonly url: string; readonly title: string };
export type PageObject = {
  readonly type: string;
  readonly title: string;
  readonly metaTitle: string;
  readonly description: string;
  readonly url: string;
  readonly image: unknown;
  readonly bodyClass: string;
  readonly isPreview: boolean;
  readonly isIndexed: boolean;
  readonly data: Readonly<Record<string, Json>>;
};

/** What hooks and slots get to know about a page. */
export function pageFacts(blog: Blog, content: PageContent, texts: Texts, dates: Dates): PageFacts {
  return { type: content.type, path: content.path, url: urlOf(blog, content.path), title: titleOf(content, texts, dates) };
}

/** How posts of this page become templates' posts. */
export function postSetting({
  scope,
  facts,
  replyCounts,
  dates,
  pictures,
}: Pick<Parts, "scope" | "facts" | "replyCounts" | "dates" | "pictures">): PostSetting {
  const blog = blogOf(scope);
  const standing = standingOf(blog, facts);
  return {
    language: blog.language,
    dir: directionOf(blog.language),
    dates,
    author: (accountId) => standing.author(accountId),
    category: (category) => standing.category(category),
    replyCount: (postId) => replyCounts.get(postId) ?? 0,
    picture: (url) => pictures.of(url) ?? facts.pictures.get(url),
  };
}

/** The whole context of a page: plain data, and nothing that is only for one reader. */
export function contextOf(parts: Parts): PageContext {
  const { scope, content, theme, texts } = parts;
  const blog = blogOf(scope);
  const setting = postSetting(parts);
  const author = setting.author(blog.ownerId);
  return {
    site: siteObject(scope.site),
    blog: blogObject(parts, author),
    page: pageObject(parts),
    theme: brandObject("Theme", {
      id: theme.id,
      version: theme.manifest.version,
      settings: settingsOf(parts),
    }),
    menus: menusOf(parts),
    request: { path: content.path.split("?")[0], pageNumber: content.list?.number ?? 1, scheme: parts.scheme },
    now: scope.clock.now(),
    ...(content.list && { posts: content.list.posts.map((post) => postObject(post, setting)), pagination: paginationOf(parts) }),
    ...(content.type === "archive" && !content.list && { years: yearsOf(parts) }),
    ...(content.post && { post: singlePost(parts, setting) }),
    ...(content.category && { category: setting.category(content.category) }),
    ...(content.author && { author: setting.author(content.author.id) }),
    ...(content.period && { period: periodOf(content.period, parts.dates) }),
    ...(content.type === "error" && { error: errorOf(content.status, texts, content.words) }),
  };
}

const sites = new WeakMap<Scope["site"], { readonly name: string; readonly url: string; readonly version: string }>();

function siteObject(site: Scope["site"]) {
  let object = sites.get(site);
  if (!object) {
    object = Object.freeze(brandObject("Site", { name: URL.parse(site.url)?.host ?? "", url: site.url, version: site.version }));
    sites.set(site, object);
  }
  return object;
}

function blogObject({ scope, facts, collected, design }: Parts, author: AuthorObject) {
  const blog = blogOf(scope);
  const standing = standingOf(blog, facts);
  return brandObject("Blog", {
    id: blog.id,
    title: blog.title,
    url: blog.url,
    host: blog.host,
    description: blog.description,
    descriptionHtml: standing.descriptionHtml,
    language: blog.language,
    dir: directionOf(blog.language),
    timeZone: blog.timeZone,
    author,
    authors: [...facts.authors.keys()].map((id) => standing.author(id)),
    icon: settingImage(blog, facts, blog.settings.icon),
    cover: settingImage(blog, facts, blog.settings.cover),
    feeds: feedsOf(collected),
    categories: standing.categories,
    startedAt: new Date(blog.createdAt),
    accent: design.accent ?? "",
  });
}

function settingImage(blog: Blog, facts: BlogFacts, value: Json | undefined) {
  if (typeof value !== "string" || value === "") return null;
  const known = facts.pictures.get(URL.parse(value, blog.url)?.href ?? "");
  return imageFrom({ url: value, alt: known?.alt ?? "" }, false, known);
}

function feedsOf(collected: Collected): Feed[] {
  return collected.tags.flatMap(({ tag, attributes }) => {
    const isFeed =
      tag === "link" &&
      attributes.rel === "alternate" &&
      /(rss|atom|feed)\+(xml|json)|^application\/json$/.test(attributes.type ?? "");
    const url = pageUrl(attributes.href);
    return isFeed && url !== null ? [{ type: attributes.type!, url, title: attributes.title ?? "" }] : [];
  });
}

function pageObject({ scope, facts, content, collected, texts, dates, pictures }: Parts): PageObject {
  const blog = blogOf(scope);
  const title = titleOf(content, texts, dates);
  const { post, list } = content;
  const place = list && list.number > 1 ? texts.get("page.number", { number: list.number }) : "";
  const named = [
    title || (post ? dates.format(new Date(post.publishedAt ?? post.createdAt), "datetime") : ""),
    place,
    blog.title,
  ];
  const photo = post?.photos[0];
  return brandObject("Page", {
    type: content.type,
    title,
    metaTitle: named.filter((part) => part !== "").join(" · "),
    description: post ? post.summary : descriptionOf(blog, content),
    url: urlOf(blog, content.path),
    image: photo ? imageFrom(photo, false, pictures.of(photo.url) ?? facts.pictures.get(photo.url)) : null,
    bodyClass: ["page", content.type, content.kindList, post && `kind-${post.kind}`].filter(Boolean).join(" "),
    isPreview: content.isPreview ?? false,
    isIndexed: content.isIndexed && !siteSettingsOf(blog).hideFromSearch,
    data: collected.data,
  });
}

function descriptionOf(blog: Blog, { type, category, author }: PageContent): string {
  return type === "home" ? blog.description : (category?.description ?? author?.bio ?? "");
}

function titleOf(content: PageContent, texts: Texts, dates: Dates): string {
  if (content.kindList) return texts.get(`list.${content.kindList}`);
  if (content.type === "archive") return texts.get("archive.title");
  if (content.type === "error") return errorOf(content.status, texts).title;
  return content.period ? dates.period(content.period) : content.title;
}

function singlePost({ content, texts, face }: Parts, setting: PostSetting): PostObject {
  const post = postObject(content.post!, setting);
  const neighbour = (other: { title: string; url: string } | null | undefined, key: string) =>
    other ? { title: other.title || texts.get(key), url: other.url } : null;
  post.newer = neighbour(content.neighbours?.newer, "post.newer");
  post.older = neighbour(content.neighbours?.older, "post.older");
  post.conversation = threaded(content.conversation ?? []).map(({ interaction, depth }) => ({
    id: interaction.id,
    type: interaction.kind,
    author: strangerFrom({ ...interaction.author, photo: face(interaction.author.photo) }),
    contentHtml: html(interaction.html),
    published: new Date(interaction.publishedAt),
    url: pageUrl(interaction.sourceUrl) ?? "",
    source: interaction.via,
    depth,
    inReplyTo: answered(interaction, content, post.url),
  }));
  return post;
}

// What a reply answers: the one it stands under, where that has an address, else the post.
function answered({ kind, parentId }: Interaction, { conversation }: PageContent, url: string): string {
  if (kind !== "reply") return "";
  const parent = conversation?.find(({ id }) => id === parentId);
  return (parent && pageUrl(parent.sourceUrl)) || url;
}

/**
 * Answers stand under what they answer, at most four steps in; an answer to something hidden stands by itself, and so does the first
 * of some that answer each other in a circle.
 */
export function threaded(interactions: readonly Interaction[]): { interaction: Interaction; depth: number }[] {
  const ids = new Set(interactions.map(({ id }) => id));
  const children = Map.groupBy(interactions, ({ parentId }) => (parentId !== null && ids.has(parentId) ? parentId : ""));
  const out: { interaction: Interaction; depth: number }[] = [];
  const seen = new Set<string>();
  for (const start of [...(children.get("") ?? []), ...interactions]) {
    const waiting = [{ interaction: start, depth: 0 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (seen.has(next.interaction.id)) continue;
      seen.add(next.interaction.id);
      out.push(next);
      const depth = Math.min(next.depth + 1, 4);
      for (const interaction of (children.get(next.interaction.id) ?? []).toReversed()) waiting.push({ interaction, depth });
    }
  }
  return out;
}

function paginationOf({ scope, facts, content, design }: Parts): Pagination {
  const blog = blogOf(scope);
  const base = urlOf(blog, content.path.split("?")[0]!);
  const { number, newer, older } = content.list!;
  const total = content.type === "home" ? facts.total : content.period ? countOf(facts, content.period) : null;
  return {
    page: number,
    pages: total === null ? null : Math.max(1, Math.ceil(total / design.postsPerPage)),
    total,
    newer: newer === null ? null : base + newer,
    older: older === null ? null : base + older,
    first: newer === null ? null : base,
  };
}

function countOf(facts: BlogFacts, period: string): number {
  return facts.months.filter(({ month }) => month.startsWith(period)).reduce((sum, { count }) => sum + count, 0);
}

function yearsOf({ scope, facts, dates }: Parts) {
  const blog = blogOf(scope);
  return [...Map.groupBy(facts.months, ({ month }) => month.slice(0, 4))].map(([year, months]) => ({
    year,
    url: `${blog.url}${year}`,
    count: countOf(facts, year),
    months: months.map(({ month, count }) => ({
      month: month.slice(5),
      label: dates.period(month),
      url: `${blog.url}${month.replace("-", "/")}`,
      count,
    })),
  }));
}

function periodOf(period: string, dates: Dates) {
  return { year: period.slice(0, 4), month: period.slice(5) || null, label: dates.period(period) };
}

function errorOf(status: number, texts: Texts, words = "") {
  const contentHtml = words === "" ? "" : html(markdownToHtml(words, "own"));
  return { status, title: texts.get(`error.${status}.title`), message: texts.get(`error.${status}.message`), contentHtml };
}

function settingsOf({ scope, facts, design, chain }: Parts) {
  const blog = blogOf(scope);
  const standing = standingOf(blog, facts);
  return settingObjects(design, chain, {
    blogUrl: blog.url,
    categories: standing.categories,
    pages: facts.pages,
    categoryId: (value) => facts.categories.find(({ id, slug }) => id === value || slug === value)?.slug,
    picture: (url) => settingImage(blog, facts, url),
  });
}

function menusOf({ scope, content, facts, texts, navigation }: Parts): Record<string, readonly MenuItem[]> {
  return menuObjects({ blog: blogOf(scope), here: content.path.split("?")[0]!, facts, texts, navigation });
}

function urlOf(blog: Blog, path: string): string {
  return blog.url.slice(0, -1) + path;
}
