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

const names =
  "a b post posts loop caller list dict text markup number deep self name constructor __proto__ prototype toString hasOwnProperty valueOf process globalThis then length".split(
    " ",
  );
const filters =
  "upper lower title trim truncate(9) truncatewords(2) striptags replace('a','bb') split('') join(',') first last length list reverse sort sort(attribute='constructor') groupby('a') where('__proto__',1) unique batch(2) slice(2) escape safe urlencode nl2br json default('x') number plural('a','b') date relative iso striptags(true) nothing".split(
    " ",
  );
const tests = "defined none string number iterable odd even divisibleby(3) equalto(1) empty callable".split(" ");
const literals = [
  "1",
  "0",
  "-1",
  "1e308",
  "0.1",
  "true",
  "false",
  "none",
  '""',
  '"</script>"',
  "'\"<&>'",
  '"{{ a }}"',
  "[]",
  "{}",
];
const tags = ["raw", "autoescape", "switch", "asyncEach", "exec", "set", "for", "endfor", "%", "-"];

/** Writes templates by the grammar of the language, most of them sound, some cut or spoiled. */
export class TemplateWriter {
  readonly #random: () => number;
  #depth = 0;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** A whole template. */
  template(): string {
    const source = this.#many(1, 5, () => this.#part());
    const roll = this.#random();
    if (roll < 0.1) return source.slice(0, Math.floor(source.length * this.#random()));
    if (roll < 0.2) {
      const at = Math.floor(source.length * this.#random());
      return (
        source.slice(0, at) +
        this.#one(["{%", "%}", "{{", "}}", '"', "`", "\\", "\u0000", "\u2028", "{#", "(", "]"]) +
        source.slice(at)
      );
    }
    return source;
  }

  #part(): string {
    if (this.#depth > 4) return this.#output();
    this.#depth++;
    const part = this.#one<() => string>([
      () => this.#output(),
      () => this.#output(),
      () => `text <b> & "${this.#name()}" `,
      () =>
        `{% if ${this.#expression()} %}${this.#body()}{% elif ${this.#expression()} %}${this.#body()}{% else %}${this.#body()}{% endif %}`,
      () => `{% for ${this.#variable()} in ${this.#expression()} %}${this.#body()}{% else %}${this.#body()}{% endfor %}`,
      () => `{% for k, v in ${this.#expression()} %}{{ k }}{{ v }}${this.#body()}{% endfor %}`,
      () => `{% for x in range(${this.#one(["3", "50", "1000", "1e9"])}) %}${this.#body()}{% endfor %}`,
      () => `{% set ${this.#variable()} = ${this.#expression()} %}`,
      () => `{% set s = s ~ s ~ ${this.#expression()} %}`,
      () => `{% set ${this.#variable()} %}${this.#body()}{% endset %}`,
      () => `{% macro ${this.#variable()}(p, q=${this.#expression()}) %}${this.#body()}{% endmacro %}`,
      () => `{% call ${this.#variable()}(${this.#expression()}) %}${this.#body()}{% endcall %}`,
      () => `{% filter ${this.#one(filters)} %}${this.#body()}{% endfilter %}`,
      () =>
        `{% include ${this.#one(['"self"', '"other"', '"gone"', "a", '"../x"', "list"])}${this.#one(["", " ignore missing"])} %}`,
      () => `{% import "other" as ${this.#variable()} %}`,
      () => `{% from "other" import ${this.#variable()} %}`,
      () => `{% extends ${this.#one(['"self"', '"other"', "name"])} %}`,
      () => `{% block ${this.#variable()} %}${this.#body()}{{ super() }}{% endblock %}`,
      () => `{% ${this.#one(tags)} ${this.#expression()} %}`,
      () => `{# ${this.#name()} #}{% raw %}{{ a }}{% endraw %}`,
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
    if (this.#depth > 7) return this.#one([...literals, this.#name()]);
    this.#depth++;
    const expression = this.#one<() => string>([
      () => this.#one(literals),
      () => this.#name(),
      () => this.#name(),
      () => `${this.#expression()}.${this.#name()}`,
      () => `${this.#expression()}[${this.#expression()}]`,
      () => `(${this.#expression()}) | ${this.#one(filters)}`,
      () => `${this.#expression()} | ${this.#one(filters)} | ${this.#one(filters)}`,
      () => `${this.#expression()} ${this.#one("+ - * / // % ** ~ == != < >= and or in".split(" "))} ${this.#expression()}`,
      () => `${this.#expression()} is ${this.#one(["", "not "])}${this.#one(tests)}`,
      () => `${this.#expression()} if ${this.#expression()} else ${this.#expression()}`,
      () => `${this.#name()}(${this.#expression()}, ${this.#name()}=${this.#expression()})`,
      () => `help(${this.#expression()})`,
      () => `[${this.#expression()}, ${this.#expression()}]`,
      () => `{"${this.#name()}": ${this.#expression()}, k: ${this.#expression()}}`,
      () => `not ${this.#expression()}`,
    ])();
    this.#depth--;
    return expression;
  }

  #name(): string {
    return this.#one(names);
  }

  // Mostly a name that may be bound, so that whole templates get to be rendered.
  #variable(): string {
    return this.#random() < 0.9 ? this.#one(["a", "b", "s", "x"]) : this.#name();
  }

  #one<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)]!;
  }

  #many(least: number, most: number, make: () => string): string {
    return Array.from({ length: least + Math.floor(this.#random() * (most - least + 1)) }, make).join("");
  }
}
