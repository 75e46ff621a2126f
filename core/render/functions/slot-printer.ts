import type { Scope } from "../../hooks/scope.ts";
import {
  hasBrand,
  html,
  render,
  TemplateError,
  withGlobals,
  brand,
  type Environment,
  type Html,
} from "../theme-engine/engine.ts";
import type { Collected } from "../collected.ts";
import type { PostObject } from "../objects/posts.ts";
import type { PluginView } from "../render.types.ts";
import type { TemplateChain } from "../themes/template-chain.ts";
import type { Themes } from "../themes/themes.ts";

/** What plugins' views are drawn with. */
export type SlotParts = {
  readonly scope: Scope;
  readonly themes: Themes;
  readonly chain: TemplateChain;
  readonly collected: Collected;
  /** The page's data that every view may see. */
  readonly shared: Readonly<Record<string, unknown>>;
  readonly environment: Environment;
};

const limits = { fuel: 20_000, time: 50 };
const block =
  /<(address|article|aside|audio|blockquote|details|div|dl|figure|form|h[1-6]|hr|nav|ol|p|pre|section|table|ul|video)\b/i;
// These print into places where no box may stand.
const bare: readonly string[] = ["head", "body-end"];
const nothing = html("");

/** Prints what plugins give for the slots of one page. */
export class SlotPrinter {
  readonly #parts: SlotParts;
  readonly #printed = new Set<string>();

  constructor(parts: SlotParts) {
    this.#parts = parts;
  }

  /** All views of a slot, in order; empty when nobody fills it. */
  print(slot: string, subject?: unknown): Html {
    // Most pages have no filled slot at all, and a list asks for several with every post.
    if (!this.#parts.collected.slots.has(slot)) return nothing;
    const post = hasBrand("Post", subject) ? (subject as PostObject) : undefined;
    this.#printed.add(`${slot} ${post?.id ?? ""}`);
    const views = this.#views(slot, post?.id ?? "");
    return views.length === 0 ? nothing : html(views.map((view) => this.#wrapped(slot, view, post)).join(""));
  }

  /** Whether a slot has anything to show that no template printed. */
  isForgotten(slot: string, postId: string): boolean {
    return !this.#printed.has(`${slot} ${postId}`) && this.#views(slot, postId).length > 0;
  }

  /** Whether anybody fills this slot for that post. */
  isFilled(slot: string, postId: string): boolean {
    return this.#views(slot, postId).length > 0;
  }

  /** One view, drawn; empty when it fails. A theme's version that fails gives way to the plugin's own. */
  draw(view: PluginView, post?: PostObject): string {
    const { scope, themes, chain, shared, environment } = this.#parts;
    const folder = themes.plugins.folder(scope, view.pluginId);
    const name = `plugin/${view.pluginId}/${view.template.replace(/\.njk$/, "")}.njk`;
    const own = folder === null ? undefined : themes.pluginFolder(view.pluginId, folder);
    const log = (error: TemplateError) =>
      scope.log.warn(`A view of the plugin “${view.pluginId}” could not be drawn: ${error.message}`, {
        template: error.template,
        line: error.line,
      });
    const load = (wanted: string) =>
      chain.load(wanted, log) ?? (own ? chain.load(`plugin/${view.pluginId}/${wanted}`, log, own) : null);
    const limited: Environment = { ...withGlobals(environment, { t: this.#translate(view.pluginId) }), load };
    for (let tries = 0; tries < 4; tries++) {
      const template = chain.load(name, log, own);
      if (!template) return "";
      try {
        const context = { ...shared, ...view.data, ...(post && { post }) };
        return render(template, context, { ...limited, limits: { ...environment.limits, ...limits } });
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        log(error);
        chain.passView(template.name);
      }
    }
    return "";
  }

  #wrapped(slot: string, view: PluginView, post: PostObject | undefined): string {
    const markup = this.draw(view, post);
    if (bare.includes(slot) || !block.test(markup)) return markup;
    return `<div class="rk-slot rk-${view.pluginId}">${markup}</div>`;
  }

  #views(slot: string, postId: string): readonly PluginView[] {
    return this.#parts.collected.slots.get(slot)?.get(postId) ?? none;
  }

  #translate(pluginId: string) {
    const { scope, themes } = this.#parts;
    const translate = (key: unknown, values: unknown) =>
      themes.plugins.translate(scope, pluginId, String(key), (values ?? {}) as Record<string, string | number>);
    return brand(translate, { name: "t", cost: 2 });
  }
}

const none: readonly PluginView[] = Object.freeze([]);
