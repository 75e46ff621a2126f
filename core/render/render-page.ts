import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog, Post, Reply } from "../hooks/values.ts";
import { replyCounts } from "../interactions/read.ts";
import { collect } from "./collected.ts";
import type { PageContent } from "./content.ts";
import { pageFacts, postSetting, type Parts } from "./context.ts";
import { barePage, drawPage, isEmpty } from "./draw.ts";
import type { BlogFacts } from "./facts.ts";
import { linkHeader } from "./functions/head.ts";
import { Latest } from "./functions/latest.ts";
import { lookOf, schemeOf, type Look } from "./look.ts";
import { PictureSizes } from "./picture-sizes.ts";
import type { Notice, PagePreview, Rendered, RenderRequest } from "./render.types.ts";
import { shownContent } from "./shown-content.ts";
import { standingOf } from "./standing.ts";
import type { Scheme } from "./style/design.ts";
import { barePolicy, pagePolicy } from "./style/policy.ts";
import type { TemplateError } from "./theme-engine/engine.ts";
import { CompiledOverrides, TemplateChain, type Override } from "./themes/template-chain.ts";
import type { Theme } from "./themes/theme.ts";
import type { Themes } from "./themes/themes.ts";
import { tellOfTheme, tellOwner } from "./troubles/tell-owner.ts";

const mostDrawings = 3;

/**
 * The third door: the page of a blog that an address asks for, in the blog's theme. There is always a page: a template that
 * fails is passed by, told to the owner, and drawn from the theme beneath. HEAD is the same as GET.
 */
export async function renderPage(scope: Scope, themes: Themes, request: RenderRequest): Promise<Rendered> {
  const blog = blogOf(scope);
  const { preview } = request;
  const chain = themes.chain(blog.theme);
  const facts = await themes.facts.of(scope);
  const look = lookOf(blog, chain);
  const trouble = preview ? null : themes.troubleOf(blog.theme, chain);
  if (trouble !== null) await tellOfTheme(scope, themes, trouble);
  const found = await shownContent({ scope, facts, plugins: themes.plugins, perPage: look.design.postsPerPage, request });
  if ("reply" in found) return passedOn(found.reply);
  if (!chain[0]) return bare(scope, found.status === 404 ? 404 : 500);

  const scheme = schemeOf(look, request.cookie);
  const parts = await partsOf(scope, themes, { blog, look, theme: chain[0], scheme, facts, content: found, preview });
  const templates = new TemplateChain({ blogId: blog.id, themes: chain, ...copiesOf(themes, facts, preview) });
  const { page, errors } = await drawn(parts, themes, templates);
  const isPreview = preview !== undefined;
  const fallbacks = await tellOwner(scope, themes, { errors, isPreview, overrideOf: (key) => templates.overrideOf(key) });
  if (page === null) return { ...bare(scope, 500), fallbacks };
  return dressed(parts, page, { request, fallbacks, isThemeMissing: trouble !== null });
}

/** A post as a letter, by the theme's `email/post` or the base theme's; null when none can be drawn. What fails is told as for pages. */
export async function renderPostEmail(scope: Scope, themes: Themes, post: Post): Promise<string | null> {
  const blog = blogOf(scope);
  const chain = themes.chain(blog.theme);
  if (!chain[0]) return null;
  const facts = await themes.facts.of(scope);
  const content: PageContent = {
    type: "post",
    status: 200,
    templates: ["email/post"],
    path: encodeURI(post.path),
    title: post.title,
    isIndexed: false,
    post,
  };
  const known = { blog, look: lookOf(blog, chain), theme: chain[0], scheme: "auto" as const, facts, content, preview: undefined };
  const parts = await partsOf(scope, themes, known);
  const templates = new TemplateChain({ blogId: blog.id, themes: chain, overrides: facts.overrides, compiled: themes.compiled });
  const { page, errors } = await drawn(parts, themes, templates);
  await tellOwner(scope, themes, { errors, isPreview: false, overrideOf: (key) => templates.overrideOf(key) });
  return page;
}

// Drawing cannot wait for the database: what a template asks for is read after the first drawing, for the next one.
async function drawn(parts: Parts, themes: Themes, chain: TemplateChain) {
  const { scope, facts, pictures } = parts;
  const errors: TemplateError[] = [];
  const name = `${facts.overrides.length > 0 ? blogOf(scope).id : ""} ${parts.content.templates.join(" ")}`;
  const latest = new Latest(themes.expectedPosts.of(parts.chain, name));
  const read = () => latest.read(scope, { setting: postSetting(parts), pictures }, facts.categories);
  await read();
  const { counts, calendar } = standingOf(blogOf(scope), facts);
  const settled = async (mustShow: boolean) => {
    const draw = () => drawPage({ parts, themes, chain, latest, mustShow, report: (error) => void errors.push(error) });
    let page = draw();
    for (let drawings = 1; drawings < mostDrawings; drawings++) {
      const asked = await Promise.all([read(), counts.read(scope), calendar.read(scope)]);
      if (!asked.includes(true)) break;
      page = draw();
    }
    return page;
  };
  let page = await settled(false);
  // A page of nothing but what is read after the first drawing is empty until then.
  if (page !== null && isEmpty(page)) page = await settled(true);
  themes.expectedPosts.note(parts.chain, name, latest.asked);
  return { page, errors };
}

// Unsaved copies lie over the saved ones, and nothing of them is kept.
function copiesOf(themes: Themes, facts: BlogFacts, preview: PagePreview | undefined) {
  const copies = preview?.copies ?? [];
  if (copies.length === 0) return { overrides: facts.overrides, compiled: themes.compiled };
  const isReplaced = (one: Override) => copies.some(({ theme, template }) => one.theme === theme && one.template === template);
  const unsaved = copies.map((copy) => ({ ...copy, version: 0 }));
  return { overrides: [...unsaved, ...facts.overrides.filter((one) => !isReplaced(one))], compiled: new CompiledOverrides() };
}

type Known = {
  readonly blog: Blog;
  readonly look: Look;
  readonly theme: Theme;
  readonly facts: BlogFacts;
  readonly content: PageContent;
  readonly scheme: Scheme;
  readonly preview: PagePreview | undefined;
};

async function partsOf(scope: Scope, themes: Themes, known: Known): Promise<Parts> {
  const { blog, look, facts, content, preview, ...rest } = known;
  const posts: readonly Post[] = content.list?.posts ?? [];
  const about = { page: pageFacts(blog, content, look.texts, look.dates), posts, ...(content.post && { post: content.post }) };
  const pictures = new PictureSizes(scope);
  const [collected, counts] = await Promise.all([
    collect(scope, themes.plugins, about),
    replyCounts(scope, content.post ? [content.post.id] : posts.map((post) => post.id)),
    pictures.load(content.post ? [content.post] : posts),
  ]);
  const navigation = themes.plugins.pages(scope).filter((page) => page.inNavigation && !page.path.includes(":"));
  const previewToken = preview?.token ?? null;
  const { face } = themes;
  return { ...look, ...rest, scope, facts, content, collected, replyCounts: counts, pictures, face, navigation, previewToken };
}

type Outcome = { readonly request: RenderRequest; readonly fallbacks: Notice[]; readonly isThemeMissing: boolean };

function dressed(parts: Parts, page: string, { request, fallbacks, isThemeMissing }: Outcome): Rendered {
  const { content, scope } = parts;
  const link = linkHeader(parts);
  const headers: Record<string, string> = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": pagePolicy,
    "content-language": parts.content.post?.language || blogOf(scope).language,
  };
  if (link !== "") headers.link = link;
  // A page without its theme may be kept: it is made anew when the theme's folder changes.
  if (fallbacks.length > 0 || isThemeMissing) headers["x-rk-template-fallback"] = "1";
  if (parts.design.colorScheme === "reader") headers.vary = "accept-encoding, cookie";
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
