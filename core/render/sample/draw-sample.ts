import type { Scope } from "../../hooks/scope.ts";
import type { Parts } from "../context.ts";
import { drawPage, type Drawing } from "../draw.ts";
import type { Calendar } from "../functions/calendar.ts";
import { Latest } from "../functions/latest.ts";
import { lookOf } from "../look.ts";
import { postObject, type PostObject, type PostSetting } from "../objects/posts.ts";
import { postSetting } from "../context.ts";
import { PictureSizes } from "../picture-sizes.ts";
import { standingOf } from "../standing.ts";
import type { TemplateError } from "../theme-engine/engine.ts";
import { CompiledOverrides, TemplateChain, type Override } from "../themes/template-chain.ts";
import type { Theme } from "../themes/theme.ts";
import { bundledThemes, Themes } from "../themes/themes.ts";
import { sampleNow, type SampleBlog } from "./sample-blog.ts";
import type { SamplePage } from "./sample-pages.ts";

/** What a sample page became: its markup (null when nothing could draw it), and the templates that failed on the way. */
export type DrawnSample = { readonly page: SamplePage; readonly html: string | null; readonly errors: readonly TemplateError[] };

/** Draws a page of a sample blog with a theme and its parents, as a reader would get it; `overrides` are copies to try. */
export function drawSample(page: SamplePage, chain: readonly Theme[], overrides: readonly Override[] = []): DrawnSample {
  const errors: TemplateError[] = [];
  const html = drawPage(sampleDrawing(page, chain, { overrides, report: (error) => void errors.push(error) }));
  return { page, html, errors };
}

/** One attempt at a sample page; nothing is kept from page to page: a theme that is being written changes in between. */
export function sampleDrawing(
  page: SamplePage,
  chain: readonly Theme[],
  { overrides = [], report }: { readonly overrides?: readonly Override[]; readonly report: Drawing["report"] },
): Drawing {
  const parts = sampleParts(page, chain);
  const templates = new TemplateChain({ blogId: "sample", themes: [...chain], overrides, compiled: new CompiledOverrides() });
  return { parts, themes: noThemes, chain: templates, latest: new SampleLatest(page.blog, parts), report };
}

// Sample pages have no plugins; the themes come as the chain.
const noThemes = new Themes({ bundled: bundledThemes, installed: "" });

/** What a sample page is made of, as for a reader. */
export function sampleParts({ blog: { blog, facts, posts }, content }: SamplePage, chain: readonly Theme[]): Parts {
  const scope = sampleScope(blog);
  learnDays(standingOf(blog, facts).calendar, posts);
  const theme = chain[0];
  if (!theme) throw new Error("A sample page needs at least one theme");
  return {
    ...lookOf(blog, chain),
    scope,
    scheme: "auto",
    facts,
    content,
    collected: { tags: [feed(blog.url)], links: [], data: {}, slots: new Map() },
    theme,
    replyCounts: new Map([[posts[1]?.id ?? "", 60]]),
    pictures: new PictureSizes(scope),
    face: noThemes.face,
    navigation: [{ title: "Guest book", path: "/guestbook" }],
  };
}

// What a reader's page asks the database for.
function learnDays(calendar: Calendar, posts: SampleBlog["posts"]): void {
  const days = [...new Set(posts.flatMap(({ publishedAt }) => publishedAt?.slice(0, 10) ?? []))];
  for (const [month, ofMonth] of Map.groupBy(days, (day) => day.slice(0, 7))) calendar.learn(month, new Set(ofMonth));
}

const feed = (url: string) => ({
  tag: "link" as const,
  attributes: { rel: "alternate", type: "application/rss+xml", title: "Posts", href: `${url}feed.xml` },
});

function sampleScope(blog: SampleBlog["blog"]): Scope {
  const silent = () => {};
  return {
    // Drawing is synchronous and asks no database; whoever does is wrong and hears of it.
    storage: undefined as never,
    taps: undefined as never,
    clock: { now: () => sampleNow },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    site: { url: "https://hub.example", version: "1.0.0" },
    blog,
    principal: { accountId: null, role: "nobody", scopes: null },
    via: "web",
    address: "",
    requestId: "sample",
    touch: async () => {},
  };
}

/** `latest()` of a blog whose posts are all in memory. */
class SampleLatest extends Latest {
  readonly #blog: SampleBlog;
  readonly #setting: PostSetting;

  constructor(blog: SampleBlog, parts: Parts) {
    super();
    this.#blog = blog;
    this.#setting = postSetting(parts);
  }

  override get(count: unknown, kind: unknown, category: unknown): readonly PostObject[] {
    const isWanted = (one: SampleBlog["posts"][number]) =>
      (typeof kind !== "string" || kind === "" || one.kind === kind) &&
      (typeof category !== "string" || category === "" || one.categories.some(({ slug }) => slug === category));
    const most = Math.min(Math.max(Math.trunc(Number(count)) || 5, 1), 50);
    return this.#blog.posts
      .filter(isWanted)
      .slice(0, most)
      .map((post) => postObject(post, this.#setting));
  }
}
