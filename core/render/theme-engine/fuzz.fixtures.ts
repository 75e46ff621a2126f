/** Numbers that look random and are the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const words = (text: string): readonly string[] => text.split(" ");
const names = words(
  "a a a b b s text name list dict deep markup post posts self number loop caller x k v toString hasOwnProperty valueOf process globalThis length getter",
);
const forbidden = words("constructor __proto__ prototype");
const filters = words(
  "upper lower title trim truncate(9) truncatewords(2) striptags replace('a','bb') split('') join(',') join(',','b') first last length list reverse sort sort(attribute='a') groupby('a') where('a',1) unique batch(2) slice(2) escape safe urlencode nl2br json default('x') number plural('a','b') date relative iso striptags(true)",
);
const evilFilters = words(
  "sort(attribute='constructor') groupby('__proto__') where('__proto__',1) join(',','constructor') nothing",
);
const tests = words("defined none string number iterable odd even divisibleby(3) equalto(1) empty");
const literals = ["1", "0", "2", "100000", "0.1", "true", "false", "none", '""', '"</i>"', "'\"<&>'", '"{{ a }}"', "[]", "{}"];
const operators = words("+ - * / // % ** ~ ~ == != < > <= >= and or in");
const tags = words("raw autoescape switch asyncEach exec set for endfor %");
const spoils = ["{%", "%}", "{{", "}}", '"', "`", "\\", "\u0000", "\u2028", "{#", "(", "]"];

/** Writes templates by the grammar of the language, most of them sound, some cut or spoiled. */
export class TemplateWriter {
  readonly #random: () => number;
  #depth = 0;
  #blocks = 0;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** A whole template. */
  template(): string {
    this.#blocks = 0;
    const head = this.#happens(0.08) ? `{% extends ${this.#one(['"self"', '"other"', "name"])} %}` : "";
    const source = head + this.#many(1, 5, () => (this.#happens(0.1) ? this.#block() : this.#part()));
    if (this.#happens(0.04)) return source.slice(0, Math.floor(source.length * this.#random()));
    if (!this.#happens(0.06)) return source;
    const at = Math.floor(source.length * this.#random());
    return source.slice(0, at) + this.#one(spoils) + source.slice(at);
  }

  // Names of blocks must be new, and blocks stand in nothing but blocks.
  #block(): string {
    const name = this.#happens(0.5) && this.#blocks === 0 ? "x" : `b${this.#blocks}`;
    this.#blocks++;
    return `{% block ${name} %}${this.#body()}${this.#happens(0.2) ? "{{ super() }}" : ""}{% endblock %}`;
  }

  #part(): string {
    if (this.#depth > 3 || this.#happens(0.3)) return this.#output();
    this.#depth++;
    const part = this.#one<() => string>([
      () => `text <b> & "${this.#name()}" `,
      () =>
        `{% if ${this.#expression()} %}${this.#body()}{% elif ${this.#expression()} %}${this.#body()}{% else %}${this.#body()}{% endif %}`,
      () => `{% for ${this.#variable()} in ${this.#expression()} %}${this.#body()}{% else %}${this.#body()}{% endfor %}`,
      () => `{% for k, v in ${this.#one(["dict", "list", this.#expression()])} %}{{ k }}{{ v }}${this.#body()}{% endfor %}`,
      () => `{% for x in range(${this.#one(["3", "50", "1000", "1000000000"])}) %}${this.#body()}{% endfor %}`,
      () => `{% set ${this.#variable()} = ${this.#expression()} %}`,
      () => `{% set s = s ~ s ~ ${this.#expression()} %}{% set s = [s, s] | join %}`,
      () =>
        `{% for x in range(200) %}{% set s = ${this.#one(["s ~ s", "[s, s]", "s + s", "s | replace('1', s)", "s | json"])} %}{% endfor %}`,
      () => `{% set ${this.#variable()} %}${this.#body()}{% endset %}`,
      () =>
        `{% macro ${this.#one(["m", "n"])}(p, q=${this.#expression()}) %}{{ p }}{{ q }}${this.#body()}{% endmacro %}{{ m(${this.#expression()}) }}`,
      () => `{% macro m(p) %}${this.#body()}{{ m(p) if ${this.#expression()} }}{% endmacro %}{{ m(${this.#expression()}) }}`,
      () => `{% import "other" as o %}{% call o.m(${this.#expression()}) %}${this.#body()}{% endcall %}`,
      () => `{% filter ${this.#filter()} %}${this.#body()}{% endfilter %}`,
      () => `{% include ${this.#one(['"self"', '"other"', '"other"', '"gone"', "a", '"../x"', "list"])} ignore missing %}`,
      () => `{% from "other" import m %}{{ m(${this.#expression()}) }}`,
      () => `{# ${this.#name()} #}{% raw %}{{ a }}{% endraw %}`,
      () => (this.#happens(0.2) ? `{% ${this.#one(tags)} ${this.#expression()} %}` : this.#output()),
    ])();
    this.#depth--;
    return part;
  }

  #body(): string {
    return this.#many(0, 2, () => this.#part());
  }

  #output(): string {
    return `{{ ${this.#expression()} }}`;
  }

  #expression(): string {
    if (this.#depth > 5 || this.#happens(0.3)) return this.#happens(0.3) ? this.#one(literals) : this.#name();
    this.#depth++;
    const expression = this.#one<() => string>([
      () => `${this.#name()}.${this.#name()}`,
      () => `${this.#name()}[${this.#expression()}]`,
      () => `${this.#name()}["__pro" ~ "to__"]`,
      () => `(${this.#expression()}) | ${this.#filter()}`,
      () => `${this.#name()} | ${this.#filter()} | ${this.#filter()}`,
      () => `(${this.#expression()}) ${this.#one(operators)} (${this.#expression()})`,
      () => `(${this.#expression()}) is ${this.#one(["", "not "])}${this.#one(tests)}`,
      () => `(${this.#expression()} if ${this.#expression()} else ${this.#expression()})`,
      () => (this.#happens(0.2) ? `${this.#name()}(${this.#expression()}, k=${this.#expression()})` : this.#name()),
      () => `help(${this.#expression()})`,
      () => `[${this.#expression()}, ${this.#expression()}]`,
      () => `{"${this.#name()}": ${this.#expression()}, k: ${this.#expression()}}`,
      () => `(not ${this.#expression()})`,
    ])();
    this.#depth--;
    return expression;
  }

  #filter(): string {
    return this.#one(this.#happens(0.02) ? evilFilters : filters);
  }

  #name(): string {
    return this.#one(this.#happens(0.005) ? forbidden : names);
  }

  #variable(): string {
    return this.#one(this.#happens(0.02) ? forbidden : words("a b s x"));
  }

  #happens(chance: number): boolean {
    return this.#random() < chance;
  }

  #one<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)]!;
  }

  #many(least: number, most: number, make: () => string): string {
    return Array.from({ length: least + Math.floor(this.#random() * (most - least + 1)) }, make).join("");
  }
}
