import { randomUUID } from "node:crypto";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { PluginView } from "./render.types.ts";
import { createEnvironment, html, render, TemplateError, type Environment, type Template } from "./theme-engine/engine.ts";
import { contextOf, type PageContext, type Parts } from "./context.ts";
import { functionsFor, pageFilters } from "./functions/functions.ts";
import { misuseIn } from "./misuse.ts";
import type { Latest } from "./functions/latest.ts";
import { withPluginCalls } from "./functions/plugin-calls.ts";
import { SlotPrinter } from "./functions/slot-printer.ts";
import type { TemplateChain } from "./themes/template-chain.ts";
import type { Themes } from "./themes/themes.ts";

/** One attempt at a page. */
export type Drawing = {
  readonly parts: Parts;
  readonly themes: Themes;
  readonly chain: TemplateChain;
  readonly latest: Latest;
  readonly report: (error: TemplateError) => void;
  /** Templates that print nothing are passed by too. */
  readonly mustShow?: boolean;
};

const engine = createEnvironment({ filters: pageFilters });
const mostAttempts = 20;

/** Draws a page, passing by templates that fail, each reported; null when even the base theme cannot draw it. */
export function drawPage(drawing: Drawing): string | null {
  const { chain, report } = drawing;
  for (let attempts = 0; attempts < mostAttempts; attempts++) {
    try {
      return attempt(drawing);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const misused = misuseIn({ chain, draw: (other) => void attempt(drawing, other) }, error);
      report(misused ?? error);
      if (misused) chain.passCopy(misused.template);
      else if (!chain.passBy(error.template)) return null;
    }
  }
  return null;
}

// With the templates of another chain nothing is reported: somebody only tries what they would do.
function attempt(drawing: Drawing, other?: TemplateChain): string | null {
  const tried = other ? { ...drawing, chain: other, report: () => {} } : drawing;
  const template = tried.chain.first(
    drawing.parts.content.templates.map((name) => `${name}.njk`),
    tried.report,
  );
  return template && drawOnce(tried, template);
}

/** Whether readers would see nothing of a page. */
export const isEmpty = (page: string): boolean => !/\S/.test(page);

function drawOnce(drawing: Drawing, template: Template): string {
  const { context, environment, settle } = prepared(drawing);
  const page = settle(render(template, context, environment));
  if (!drawing.mustShow || !isEmpty(page)) return page;
  throw new TemplateError("type", "It prints nothing: readers would see an empty page.", {
    template: template.name,
    line: 1,
    column: 1,
  });
}

/** What a template of a page is rendered with; `settle` adds to the markup what the template forgot. */
export type Prepared = {
  readonly context: PageContext;
  readonly environment: Environment;
  settle(markup: string): string;
};

/** Makes the data and functions for one rendering of a page; functions remember what they printed, so a second one needs its own. */
export function prepared(drawing: Drawing): Prepared {
  const { parts, themes, chain, latest, report } = drawing;
  const context = contextOf(parts);
  const { site, blog, page, theme, menus, request, now } = context;
  const environment: Environment = {
    ...withPluginCalls(engine, themes.plugins.calls(parts.scope)),
    load: (name) => chain.load(name, report),
    locale: blogOf(parts.scope).language,
    timeZone: blogOf(parts.scope).timeZone,
    now: () => parts.scope.clock.now().getTime(),
    // A partial that is missing costs a reader nothing.
    missing: (name) => html(parts.content.isPreview ? `<!-- ${name.replace(/[^\w./]|--/g, "?")} is missing -->` : ""),
    failed: (name, error) => parts.scope.log.warn(`The template function “${name}” failed`, { error: String(error) }),
  };
  const after = new AfterContent(parts.content.post?.id);
  const functions: Record<string, unknown> = {};
  const shared = { site, blog, page, theme, menus, request, now };
  const withFunctions = { ...environment };
  const slots = new SlotPrinter({
    scope: parts.scope,
    themes,
    chain,
    collected: parts.collected,
    shared,
    environment: withFunctions,
  });
  const markup = {
    language: blogOf(parts.scope).language,
    showAuthor: parts.design.showAuthor,
    dates: parts.dates,
    texts: parts.texts,
    afterContent: (post: { id: string }) => (slots.isFilled("after-content", post.id) ? after.mark(post.id) : ""),
  };
  Object.assign(functions, functionsFor({ parts, context, themes, slots, latest, markup }));
  const globals = new Map(environment.globals);
  for (const name in functions) globals.set(name, functions[name]);
  withFunctions.globals = globals;

  const view = parts.content.view && drawView(slots, parts.content.view);
  return {
    context: view === undefined ? context : { ...context, view },
    environment: withFunctions,
    settle(markupOfPage) {
      const forgotten = after.id !== undefined && slots.isForgotten("after-content", after.id);
      return after.settle(markupOfPage, () => (forgotten ? slots.print("after-content", context.post).toString() : ""));
    },
  };
}

function drawView(slots: SlotPrinter, view: PluginView) {
  return html(slots.draw(view));
}

/**
 * Remembers where the text of the page's own post ends: if its template prints no `after-content`, what plugins show there
 * comes there. The mark is unguessable, so no text can hold it.
 */
class AfterContent {
  readonly id: string | undefined;
  // Made only for a page of a post.
  readonly #mark: string;
  #isUsed = false;

  constructor(id: string | undefined) {
    this.id = id;
    this.#mark = id === undefined ? "" : `<!--${randomUUID()}-->`;
  }

  mark(postId: string): string {
    if (postId !== this.id) return "";
    this.#isUsed = true;
    return this.#mark;
  }

  settle(page: string, markup: () => string): string {
    if (!this.#isUsed) return page;
    const [before = "", ...rest] = page.split(this.#mark);
    return before + markup() + rest.join("");
  }
}

/** A scope's blog as the last page knows it: nothing but its title, when no theme can draw anything. */
export function barePage(scope: Scope, status: number): string {
  const title = scope.blog?.title.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`) ?? "";
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${title}</title></head><body><main><h1>${title}</h1>` +
    `<p>${status === 404 ? "There is nothing at this address." : "This page cannot be shown at the moment. Please try again later."}</p></main></body></html>`
  );
}
