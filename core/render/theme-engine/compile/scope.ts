/** Counts the locals of one root, block, macro or caller. */
export class FunctionScope {
  readonly outer: FunctionScope | null;
  size = 0;

  constructor(outer: FunctionScope | null = null) {
    this.outer = outer;
  }
}

/** Where a name lives: which local, how many activations out. */
export type Slot = { index: number; hops: number };

/** Names whose place is known while compiling: loop variables, macro arguments, macros and imports. */
export class Scope {
  readonly parent: Scope | null;
  readonly home: FunctionScope;
  readonly template: string;
  /** Blocks inside blocks always run; those outside only when no parent was chosen. */
  readonly inBlock: boolean;
  readonly #names = new Map<string, { index: number; home: FunctionScope }>();

  constructor(template: string, inBlock: boolean, home = new FunctionScope(), parent: Scope | null = null) {
    this.template = template;
    this.inBlock = inBlock;
    this.home = home;
    this.parent = parent;
  }

  /** A scope inside this one in the same activation, as a loop makes. */
  inner(): Scope {
    return new Scope(this.template, this.inBlock, this.home, this);
  }

  /** Gives a name a local of its own, or the one it already has in this scope. */
  declare(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined && known.home === this.home) return known.index;
    const index = this.home.size++;
    this.#names.set(name, { index, home: this.home });
    return index;
  }

  find(name: string): Slot | null {
    const found = this.#lookup(name);
    return found === undefined ? null : { index: found.index, hops: this.#hopsTo(found.home) };
  }

  #lookup(name: string): { index: number; home: FunctionScope } | undefined {
    return this.#names.get(name) ?? (this.parent === null ? undefined : this.parent.#lookup(name));
  }

  #hopsTo(home: FunctionScope): number {
    let hops = 0;
    for (let at: FunctionScope | null = this.home; at !== home && at !== null; at = at.outer) hops++;
    return hops;
  }
}
