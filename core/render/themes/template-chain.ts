import { compile, TemplateError, type Template } from "../theme-engine/engine.ts";
import type { TemplateFolder, Theme } from "./theme.ts";

/** A blog's own copy of a template. */
export type Override = { readonly theme: string; readonly template: string; readonly source: string; readonly version: number };

const mostFound = 500;

/** One place a template was found at: `key` names it in messages, and in the set of those to pass by. */
type Found = { readonly key: string; readonly read: () => Template | null };

/**
 * Where a page's templates come from: for each theme of the chain the blog's own copy, then the theme's file. Failing ones
 * are passed by, so that a page is drawn with what is left, in the end with the base theme alone.
 */
export class TemplateChain {
  readonly themes: readonly Theme[];
  readonly #overrides: readonly Override[];
  readonly #compiled: CompiledOverrides;
  readonly #blogId: string;
  readonly #passed = new Set<string>();
  readonly #copiesUsed = new Set<string>();
  #found: Map<string, Template>;
  #isBaseOnly = false;

  constructor(parts: { blogId: string; themes: readonly Theme[]; overrides: readonly Override[]; compiled: CompiledOverrides }) {
    this.themes = parts.themes;
    this.#blogId = parts.blogId;
    this.#overrides = parts.overrides;
    this.#compiled = parts.compiled;
    this.#found = parts.compiled.found(parts.themes, parts.overrides);
  }

  /**
   * The first of the templates that exists, each tried through the whole chain. Where the base theme is nobody's parent it
   * comes after every name: then a theme whose only template is `index` draws everything itself.
   */
  first(names: readonly string[], report: (error: TemplateError) => void): Template | null {
    const key = `first ${names.join(" ")}`;
    const known = this.#found.get(key);
    if (known) return known;
    const isFloor = this.themes.at(-1)?.id === "base" && this.themes.at(-2)?.manifest.parent !== "base";
    const levels = isFloor ? [this.themes.slice(0, -1), this.themes.slice(-1)] : [this.themes];
    for (const level of levels)
      for (const name of names) {
        const template = this.#load(name, level, report);
        if (template) return this.#keep(key, template);
      }
    return null;
  }

  /** The template of a name; one that cannot be compiled is reported and passed by. `last` is asked after all themes. */
  load(name: string, report: (error: TemplateError) => void, last?: TemplateFolder): Template | null {
    if (last) return this.#load(name, this.themes, report, last);
    // A partial is included for every post of a page.
    const known = this.#found.get(name);
    if (known) return known;
    const template = this.#load(name, this.themes, report);
    return template && this.#keep(name, template);
  }

  #keep(key: string, template: Template): Template {
    if (this.#found.size >= mostFound) this.#found.clear();
    this.#found.set(key, template);
    return template;
  }

  // What was found with all templates in place is everybody's; from now on this page looks by itself.
  #pass(key: string): void {
    this.#passed.add(key);
    this.#found = new Map();
  }

  #load(name: string, themes: readonly Theme[], report: (error: TemplateError) => void, last?: TemplateFolder): Template | null {
    for (const { key, read } of this.#places(name, themes, last)) {
      if (this.#passed.has(key)) continue;
      try {
        const template = read();
        if (template && this.overrideOf(key)) this.#copiesUsed.add(key);
        if (template) return template;
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        this.#pass(key);
        report(error);
      }
    }
    return null;
  }

  /** Passes by a template that failed. Gives false when nothing is left to try. */
  passBy(key: string): boolean {
    const isBase = key.startsWith("base/") || !this.themes.some((theme) => key.startsWith(`${theme.id}/`));
    if (!isBase && !this.#passed.has(key)) {
      this.#pass(key);
      return true;
    }
    // The base theme fails only with something a theme gave it, so the last try is with the base theme alone.
    if (this.#isBaseOnly) return false;
    this.#isBaseOnly = true;
    this.#found = new Map();
    return true;
  }

  /** Passes by a view of a plugin that failed; only that one. */
  passView(key: string): void {
    this.#pass(key);
  }

  /** Passes by a copy of the blog's own; only that one. */
  passCopy(key: string): void {
    this.#pass(key);
  }

  /** The same places looked through anew, without one copy of the blog's own; templates that failed before stay passed by. */
  without(copy?: string): TemplateChain {
    const chain = new TemplateChain({
      blogId: this.#blogId,
      themes: this.themes,
      overrides: this.#overrides,
      compiled: this.#compiled,
    });
    for (const key of this.#passed) chain.#pass(key);
    if (copy !== undefined) chain.#pass(copy);
    chain.#found = new Map();
    return chain;
  }

  /** The keys of the blog's own copies that this chain gave out, as far as it looked for them itself. */
  get copiesUsed(): readonly string[] {
    return [...this.#copiesUsed];
  }

  /** The blog's own copy that a key names. */
  overrideOf(key: string): Override | undefined {
    return this.#overrides.find((override) => overrideKey(override) === key);
  }

  *#places(name: string, themes: readonly Theme[], last: TemplateFolder | undefined): Generator<Found> {
    for (const theme of themes) {
      if (this.#isBaseOnly && theme.id !== "base") continue;
      const own = this.#overrides.find((override) => override.theme === theme.id && override.template === name);
      if (own && !this.#isBaseOnly) yield { key: overrideKey(own), read: () => this.#compiled.get(this.#blogId, own) };
      yield { key: `${theme.id}/${name}`, read: () => theme.template(name) };
    }
    if (last) yield { key: `${last.id}/${name}`, read: () => last.template(ownName(name)) };
  }
}

/** Compiled copies of blogs, by their version; the oldest of a thousand go. */
export class CompiledOverrides {
  readonly #templates = new Map<string, Template>();
  readonly #found = new WeakMap<readonly Theme[], WeakMap<readonly Override[], Map<string, Template>>>();

  /** Where the pages of the same themes and copies note which template they found under a name. */
  found(themes: readonly Theme[], overrides: readonly Override[]): Map<string, Template> {
    let byOverrides = this.#found.get(themes);
    if (!byOverrides) this.#found.set(themes, (byOverrides = new WeakMap()));
    let found = byOverrides.get(overrides);
    if (!found) byOverrides.set(overrides, (found = new Map()));
    return found;
  }

  /** The compiled copy; throws TemplateError when it cannot be compiled. */
  get(blogId: string, override: Override): Template {
    const key = `${blogId} ${override.theme} ${override.template} ${override.version}`;
    const known = this.#templates.get(key);
    if (known) return known;
    const template = compile(override.source, overrideKey(override));
    if (this.#templates.size >= 1000) this.#templates.delete(this.#templates.keys().next().value!);
    this.#templates.set(key, template);
    return template;
  }
}

const overrideKey = (override: Override) => `${override.theme}/${override.template} (own copy)`;

// A theme keeps a plugin's view under plugin/<id>/, the plugin itself right in its templates folder.
const ownName = (name: string) => name.replace(/^plugin\/[^/]+\//, "");
