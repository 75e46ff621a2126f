import type { Template } from "./template.ts";
import type { BlockCode } from "./compile/run.ts";

/** Names that were set while rendering; lookups go outward. Behaves as nunjucks' frames do, surprises included. */
export class Frame {
  readonly parent: Frame | null;
  readonly isolated: boolean;
  readonly topLevel: boolean;
  #names: Map<string, unknown> | null = null;
  readonly #bound: Set<string>;

  /** `bound` gathers the names that anything sets while a page is drawn. */
  constructor(bound: Set<string>, parent: Frame | null, isolated = false, topLevel = false) {
    this.#bound = bound;
    this.parent = parent;
    this.isolated = isolated;
    this.topLevel = topLevel;
  }

  lookup(name: string): unknown {
    let value = this.#names?.get(name);
    for (let frame = this.parent; value === undefined && frame !== null; frame = frame.parent) value = frame.#names?.get(name);
    return value;
  }

  #holding(name: string): Frame | null {
    if (this.#names?.get(name) !== undefined) return this;
    return this.parent === null ? null : this.parent.#holding(name);
  }

  set(name: string, value: unknown): void {
    this.#bound.add(name);
    (this.#names ??= new Map()).set(name, value);
  }

  /** Sets where the name already lives, else here. */
  assign(name: string, value: unknown): void {
    // Only the innermost frame's isolation counts: nunjucks forgets to ask the outer ones.
    const home = this.#names?.get(name) === undefined && this.isolated ? this : (this.#holding(name) ?? this);
    home.set(name, value);
  }
}

/** The variables of one template run: the page's data, what was set at top level, and the chain of blocks. */
export class Context {
  readonly #base: ReadonlyMap<string, unknown>;
  readonly #bound: Set<string>;
  readonly #outer: Context | null;
  #own: Map<string, unknown> | null = null;
  readonly chain: Template[];
  // Nobody takes names from a run that was not imported, and a partial is included for every post of a page.
  readonly #exported: Set<string> | null;

  constructor(
    known: { readonly base: ReadonlyMap<string, unknown>; readonly bound: Set<string> },
    template: Template,
    { outer = null, isImported = false }: { outer?: Context | null; isImported?: boolean } = {},
  ) {
    this.#base = known.base;
    this.#bound = known.bound;
    this.#outer = outer;
    this.#exported = isImported ? new Set() : null;
    this.chain = [template];
  }

  /** A new run of another template that sees the same variables but keeps its own. */
  inside(template: Template, isImported = false): Context {
    return new Context({ base: this.#base, bound: this.#bound }, template, { outer: this, isImported });
  }

  lookup(name: string, globals: ReadonlyMap<string, unknown>): unknown {
    if (this.#own?.has(name)) return this.#own.get(name);
    for (let outer = this.#outer; outer !== null; outer = outer.#outer) if (outer.#own?.has(name)) return outer.#own.get(name);
    return this.given(name, globals);
  }

  /** What the page was given under a name, whatever was set since. */
  given(name: string, globals: ReadonlyMap<string, unknown>): unknown {
    const value = this.#base.get(name);
    return value === undefined && !this.#base.has(name) ? globals.get(name) : value;
  }

  set(name: string, value: unknown): void {
    this.#bound.add(name);
    (this.#own ??= new Map()).set(name, value);
  }

  /** Lets other templates import a name of this run. */
  export(name: string): void {
    this.#exported?.add(name);
  }

  /** The names that can be imported; of a run that is none, nothing. */
  get exported(): Iterable<string> {
    return this.#exported ?? [];
  }

  /** What this run itself set under a name. */
  own(name: string): unknown {
    return this.#own?.get(name);
  }

  /** The first block of that name, child before parent. */
  block(name: string): BlockCode | undefined {
    for (const template of this.chain) {
      const found = template.code.blocks.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The block that `super()` means inside this one. */
  blockAbove(block: BlockCode): BlockCode | undefined {
    const above = this.chain.findIndex((template) => template.code.blocks.get(block.name) === block) + 1;
    for (const template of this.chain.slice(above)) {
      const found = template.code.blocks.get(block.name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
