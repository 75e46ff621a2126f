import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog, Post, Reply } from "../hooks/values.ts";
import { replyCounts } from "../interactions/read.ts";
import { collect } from "./collected.ts";
import type { PageContent } from "./content.ts";
import { pageFacts, postSetting, type Parts } from "./context.ts";
import { barePage, drawPage } from "./draw.ts";
import type { BlogFacts } from "./facts.ts";
import { linkHeader } from "./functions/head.ts";
import { Latest } from "./functions/latest.ts";
import { lookOf, type Look } from "./look.ts";
import { PictureSizes } from "./picture-sizes.ts";
import type { Notice, Rendered, RenderRequest } from "./render.types.ts";
import { shownContent } from "./shown-content.ts";
import { barePolicy, pagePolicy } from "./style/policy.ts";
import type { TemplateError } from "./theme-engine/engine.ts";
import { TemplateChain } from "./themes/template-chain.ts";
import type { Theme } from "./themes/theme.ts";
import type { Themes } from "./themes/themes.ts";

const mostDrawings = 3;

/**
 * The third door: the page of a blog that an address asks for, in the blog's theme. There is always a page: a template that
 * fails is passed by, told to the owner, and drawn from the theme beneath. HEAD is the same as GET.
 */
export async function renderPage(scope: Scope, themes: Themes, request: RenderRequest): Promise<Rendered> {
  const blog = blogOf(scope);
  const chain = themes.chain(blog.theme);
  const facts = await themes.facts.of(scope);
  const look = lookOf(blog, chain);
  const found = await shownContent({ scope, facts, plugins: themes.plugins, perPage: look.design.postsPerPage, request });
  if ("reply" in found) return passedOn(found.reply);
  if (!chain[0]) return bare(scope, found.status === 404 ? 404 : 500);

  const parts = await partsOf(scope, themes, { blog, look, theme: chain[0], facts, content: found });
  const errors: TemplateError[] = [];
  const templates = new TemplateChain({ blogId: blog.id, themes: chain, overrides: facts.overrides, compiled: themes.compiled });
  const latest = new Latest();
  const draw = () => drawPage({ parts, themes, chain: templates, latest, report: (error) => void errors.push(error) });
  let page = draw();
  for (let drawings = 1; drawings < mostDrawings; drawings++) {
    if (!(await latest.read(scope, { setting: postSetting(parts), pictures: parts.pictures }, facts.categories))) break;
    page = draw();
  }
  const fallbacks = await tellOwner(scope, themes, errors, (key) => templates.overrideOf(key));
  if (page === null) return { ...bare(scope, 500), fallbacks };
  return dressed(parts, page, { request, fallbacks });
}

type Known = {
  readonly blog: Blog;
  readonly look: Look;
  readonly theme: Theme;
  readonly facts: BlogFacts;
  readonly content: PageContent;
};

async function partsOf(scope: Scope, themes: Themes, known: Known): Promise<Parts> {
  const { blog, look, theme, facts, content } = known;
  const posts: readonly Post[] = content.list?.posts ?? [];
  const about = { page: pageFacts(blog, content, look.texts, look.dates), posts, ...(content.post && { post: content.post }) };
  const pictures = new PictureSizes(scope);
  const [collected, counts] = await Promise.all([
    collect(scope, themes.plugins, about),
    replyCounts(scope, content.post ? [content.post.id] : posts.map((post) => post.id)),
    pictures.load(content.post ? [content.post] : posts),
  ]);
  const navigation = themes.plugins.pages(scope).filter((page) => page.inNavigation && !page.path.includes(":"));
  return { ...look, scope, facts, content, collected, theme, replyCounts: counts, pictures, navigation };
}

async function tellOwner(
  scope: Scope,
  themes: Themes,
  errors: readonly TemplateError[],
  overrideOf: (key: string) => Parameters<Themes["failures"]["note"]>[2],
): Promise<Notice[]> {
  const once = new Map(errors.map((error) => [error.template, error]));
  const notices: Notice[] = [];
  for (const error of once.values()) {
    const notice = await themes.failures.note(scope, error, overrideOf(error.template));
    notices.push(notice);
    if (!themes.failures.isNews(scope, notice)) continue;
    scope.log.warn(`A template failed: ${notice.message}`, { blog: notice.blogId, template: notice.template, line: notice.line });
    themes.onNotice(notice);
  }
  if (notices.some((notice) => notice.isDeactivated)) themes.facts.forget(blogOf(scope).id);
  return notices;
}

function dressed(parts: Parts, page: string, { request, fallbacks }: { request: RenderRequest; fallbacks: Notice[] }): Rendered {
  const { content, scope } = parts;
  const link = linkHeader(parts);
  const headers: Record<string, string> = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": pagePolicy,
    "content-language": parts.content.post?.language || blogOf(scope).language,
  };
  if (link !== "") headers.link = link;
  if (fallbacks.length > 0) headers["x-rk-template-fallback"] = "1";
  // A plugin's page may read its query, and anybody can invent addresses that do not exist.
  const isOfQuery = content.type === "plugin" && request.query.size > 0;
  const isCacheable = content.status === 200 && fallbacks.length === 0 && !isOfQuery;
  return { status: content.status, html: page, headers, isCacheable, cache: isCacheable, fallbacks };
}

function passedOn(reply: Reply): Rendered {
  const status = reply.status ?? (reply.redirect === undefined ? 200 : 302);
  return { ...reply, status, headers: reply.headers ?? {}, isCacheable: reply.cache === true, fallbacks: [] };
}

function bare(scope: Scope, status: number): Rendered {
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": barePolicy };
  return { status, html: barePage(scope, status), headers, isCacheable: false, fallbacks: [] };
}
