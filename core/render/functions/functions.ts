import { markdownToHtml } from "../../net/markdown.ts";
import { blogOf } from "../../hooks/scope.ts";
import { brand, html, isHtml, type Filter, type Html } from "../theme-engine/engine.ts";
import { assetUrl, sheetUrls } from "../asset-urls.ts";
import type { PageContext, Parts } from "../context.ts";
import { previewParameter } from "../preview-page.ts";
import type { Theme } from "../themes/theme.ts";
import type { Themes } from "../themes/themes.ts";
import { headMarkup } from "./head.ts";
import type { Latest } from "./latest.ts";
import { authorCard, menuList, pager } from "./people.ts";
import { imageUrl, picture } from "./pictures.ts";
import { givenPost, postContent, postMeta, type PostMarkup } from "./post-markup.ts";
import type { SlotPrinter } from "./slot-printer.ts";
import { attributes, escape } from "./markup.ts";
import { schemeSwitch } from "./scheme-switch.ts";
import { standingOf } from "../standing.ts";
import { urlFor } from "./urls.ts";

/** What the functions of one page work on. */
export type FunctionParts = {
  readonly parts: Parts;
  readonly context: PageContext;
  readonly themes: Themes;
  readonly slots: SlotPrinter;
  readonly latest: Latest;
  readonly markup: PostMarkup;
};

/** The functions that templates may call (admin-and-themes.md §8.5), made for one page. */
export function functionsFor(page: FunctionParts): Record<string, unknown> {
  const { parts, context, slots, latest, markup } = page;
  const blog = blogOf(parts.scope);
  const { texts, chain } = parts;
  // The first picture of a page is most likely seen at once, so waiting for it to come near would only make it late.
  let isFirst = true;
  const loading = (image: unknown) => {
    if (image === null || image === undefined || !isFirst) return "lazy";
    isFirst = false;
    return "eager";
  };
  const sizes = imageSizesOf(chain);
  // Readers' choice works with every theme: one that prints no switch gets it at its foot.
  let isSwitchPrinted = parts.design.colorScheme !== "reader";
  const switchOnce = () => {
    if (isSwitchPrinted) return html("");
    isSwitchPrinted = true;
    return schemeSwitch(texts, parts.scheme, parts.content.path);
  };
  const withSwitch = (slot: string, printed: Html) =>
    slot !== "footer" || isSwitchPrinted ? printed : html(printed.toString() + switchOnce().toString());
  return {
    head: brand(() => head(page), { name: "head", cost: 20 }),
    bodyEnd: brand(() => bodyEnd(page), { name: "bodyEnd", cost: 5 }),
    postContent: brand((post: unknown) => postContent(givenPost(post), markup), { name: "postContent", cost: 5 }),
    postMeta: brand((post: unknown, format?: unknown) => postMeta(givenPost(post), markup, word(format)), {
      name: "postMeta",
      cost: 5,
      parameters: ["post", "format"],
    }),
    picture: brand((image: unknown, ...wish: unknown[]) => picture(image, pictureWish(wish, loading(image)), sizes), {
      name: "picture",
      cost: 5,
      parameters: ["image", "size", "sizes", "class", "loading"],
    }),
    imageUrl: brand((image: unknown, size?: unknown) => imageUrl(image, word(size), sizes), {
      name: "imageUrl",
      parameters: ["image", "size"],
    }),
    asset: brand((path: unknown) => assetUrl(chain, path) ?? "", { name: "asset", cost: 2 }),
    icon: brand((name: unknown) => icon(chain, String(name)), { name: "icon", cost: 2 }),
    slot: brand((name: unknown, subject?: unknown) => withSwitch(String(name), slots.print(String(name), subject)), {
      name: "slot",
      cost: 2,
    }),
    t: brand((key: unknown, values?: unknown) => texts.get(String(key), record(values)), {
      name: "t",
      cost: 2,
    }),
    url: brand((name: unknown, values?: unknown) => urlFor(blog.url, String(name), record(values)), { name: "url", cost: 2 }),
    menu: brand((id: unknown = "main") => menuList(Object.hasOwn(context.menus, String(id)) ? context.menus[String(id)]! : []), {
      name: "menu",
      cost: 5,
    }),
    latest: brand((count: unknown, kind?: unknown, category?: unknown) => latest.get(count, kind, category), {
      name: "latest",
      cost: 50,
      parameters: ["count", "kind", "category"],
    }),
    calendar: brand((year: unknown, month: unknown) => calendarMonth(parts, year, month), {
      name: "calendar",
      cost: 20,
      parameters: ["year", "month"],
    }),
    authorCard: brand((author: unknown) => authorCard(author, blog.url), { name: "authorCard", cost: 5 }),
    pager: brand((pagination: unknown) => pager(pagination, texts), { name: "pager", cost: 5 }),
    searchForm: brand(() => searchForm(page), { name: "searchForm", cost: 5 }),
    schemeSwitch: brand(switchOnce, { name: "schemeSwitch", cost: 5 }),
  };
}

/** Filters that the engine leaves to its caller. */
export const pageFilters: Readonly<Record<string, Filter>> = {
  markdown(call, value) {
    const text = isHtml(value) ? value.toString() : call.text(value);
    call.charge(text.length >>> 2);
    if (text.length > 20_000) return call.fail("type", "markdown takes 20,000 characters at most.");
    // What owners write into settings: links to their own pages stay.
    return html(markdownToHtml(text, "own"));
  },
};

// Sizes by name, a theme's own before its parents'.
function imageSizesOf(chain: readonly Theme[]): Readonly<Record<string, number>> {
  return Object.assign({}, ...chain.toReversed().map(({ manifest }) => manifest.imageSizes)) as Record<string, number>;
}

// Search is a plugin's; without one there is nothing to ask.
function searchForm({ parts, themes }: FunctionParts): Html {
  const hasSearch = themes.plugins.pages(parts.scope).some(({ path }) => path === "/search");
  if (!hasSearch) return html("");
  const label = escape(parts.texts.get("search.label"));
  return html(
    `<form class="rk-search" role="search" method="get" action="/search"><label>${label} <input type="search" name="q" maxlength="200"></label>` +
      `<button>${escape(parts.texts.get("search.button"))}</button></form>`,
  );
}

function head({ parts, context, themes, slots }: FunctionParts) {
  const { chain, custom } = parts;
  const own = parts.sheets[parts.scheme];
  const sheets = sheetUrls(parts.scope, themes, chain);
  // In a preview these are made of what is not saved yet.
  const query = parts.previewToken ? `?${previewParameter}=${parts.previewToken}` : "";
  if (own.bytes.byteLength > 0) sheets.push(`/assets/theme-${own.hash}.css${query}`);
  if (custom.bytes.byteLength > 0) sheets.push(`/assets/custom-${custom.hash}.css${query}`);
  const preloaded = chain.flatMap((theme) => theme.manifest.fonts.filter(({ isPreloaded }) => isPreloaded));
  const fonts = preloaded.flatMap(({ file }) => assetUrl(chain, file) ?? []);
  return html(`${headMarkup(parts, context, { sheets, fonts })}\n${slots.print("head").toString()}`);
}

function bodyEnd({ parts, slots }: FunctionParts) {
  const files = parts.chain
    .toReversed()
    .flatMap((theme) => theme.manifest.scripts.flatMap((path) => assetUrl([theme], path) ?? []));
  const scripts = files.map((src) => `<script type="module"${attributes({ src })}></script>`).join("");
  return html(scripts + slots.print("body-end").toString());
}

function calendarMonth({ scope, facts, dates }: Parts, year: unknown, month: unknown) {
  return standingOf(blogOf(scope), facts).calendar.month(year, month, dates.day(scope.clock.now()));
}

function icon(chain: ReturnType<Themes["chain"]>, name: string) {
  for (const theme of chain) {
    const asset = theme.asset(`icons/${name}.svg`);
    if (!asset || asset.bytes.byteLength > 8192) continue;
    const svg = Buffer.from(asset.bytes).toString("utf8").trim();
    if (svg.startsWith("<svg ")) return html(svg.replace("<svg ", '<svg class="rk-icon" aria-hidden="true" focusable="false" '));
  }
  return html("");
}

function pictureWish([size, sizes, className, loading]: readonly unknown[], usualLoading: string) {
  const text = (value: unknown, otherwise: string) => word(value) ?? otherwise;
  return {
    size: text(size, "medium"),
    sizes: text(sizes, "100vw"),
    class: text(className, ""),
    loading: text(loading, usualLoading),
  };
}

const word = (value: unknown): string | undefined => (typeof value === "string" || isHtml(value) ? String(value) : undefined);
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
