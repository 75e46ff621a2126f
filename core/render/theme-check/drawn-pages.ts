import { drawSample } from "../sample/draw-sample.ts";
import { samplePages, type SamplePage } from "../sample/sample-pages.ts";
import type { TemplateError } from "../theme-engine/engine.ts";
import type { Override } from "../themes/template-chain.ts";
import { Theme } from "../themes/theme.ts";
import { readMarkup, type MarkupElement } from "./page-markup.ts";

/** A sample page drawn with the theme under check. */
export type DrawnPage = {
  readonly page: SamplePage;
  readonly html: string;
  /** Larger than any page should be: it is not looked into. */
  readonly isTooLarge: boolean;
  readonly root: MarkupElement;
  readonly errors: readonly TemplateError[];
  /** The theme's own template that stands for it in messages: the page's, or the first of its own that took part. */
  readonly template: string;
};

const largestPage = 400_000;

/** Copies of templates to try, and how long drawing may hold up everybody else's pages; a sound theme takes a tenth of a second. */
export type DrawingWish = { readonly overrides?: readonly Override[]; readonly milliseconds: number };

/**
 * Draws the sample pages with a theme and its parents; only those to which the theme gave a template or a setting of its own
 * are handed on: the others are its parents' affair.
 */
export function drawnPages(theme: Theme, parents: readonly Theme[], { overrides = [], milliseconds }: DrawingWish): DrawnPage[] {
  const watched = new WatchedTheme(theme);
  const chain = [watched, ...parents];
  const drawn: DrawnPage[] = [];
  const end = worked() + milliseconds;
  for (const page of samplePages(chain)) {
    watched.used.clear();
    const { html, errors } = drawSample(page, chain, overrides);
    const own = [...watched.used].filter((name) => !overrides.some(({ template }) => template === name));
    const used = overrides.length > 0 ? overrides.map(({ template }) => template) : own;
    const isOwn = used.length > 0 || errors.length > 0;
    if (isOwn && html !== null) {
      const isTooLarge = html.length > largestPage;
      const root = readMarkup(isTooLarge ? "" : html);
      drawn.push({ page, html, isTooLarge, root, errors, template: nameOf(page, used) });
    }
    // Whatever runs into a budget does so on the next page too.
    if (worked() > end || errors.some(({ code }) => code.startsWith("limit-"))) break;
  }
  return drawn;
}

// The time this thread worked: a machine that is busy with other things is no fault of the theme.
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function nameOf({ content }: SamplePage, used: readonly string[]): string {
  const wanted = content.templates.map((name) => `${name}.njk`).find((name) => used.includes(name));
  return wanted ?? used.find((name) => name === "layout.njk") ?? used[0] ?? "";
}

/** A theme that notes which of its templates were taken. */
class WatchedTheme extends Theme {
  readonly used = new Set<string>();

  constructor(theme: Theme) {
    super(theme.folder, theme.manifest);
  }

  override template(name: string): ReturnType<Theme["template"]> {
    const template = super.template(name);
    if (template) this.used.add(name);
    return template;
  }
}
