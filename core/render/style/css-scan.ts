/** Something in a style sheet that may not be served, from `at` until `end`, and what stands there instead. */
export type CssFinding = {
  readonly what: "import" | "url" | "string" | "comment" | "open" | "close";
  readonly at: number;
  readonly end: number;
  /** The address, bracket or name it is about. */
  readonly subject: string;
};

/** An address in a style sheet, in whatever way it is written. */
export type CssUrl = { readonly at: number; readonly end: number; readonly url: string };

/** What a reading of a style sheet finds. */
export type CssScan = { readonly findings: readonly CssFinding[]; readonly urls: readonly CssUrl[] };

const closing: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };
const deepest = 200;
// Functions whose texts are addresses too.
const takesUrls = /^(url|src|image|(-webkit-)?image-set)$/;

/** Reads a style sheet as browsers do (CSS Syntax 3), escapes and all: what it fetches, and where it is not sound. */
export function scanCss(css: string): CssScan {
  const scanner = new Scanner(css);
  while (scanner.at < css.length) scanner.step();
  scanner.finish();
  return { findings: scanner.findings, urls: scanner.urls };
}

class Scanner {
  readonly findings: CssFinding[] = [];
  readonly urls: CssUrl[] = [];
  readonly #css: string;
  readonly #open: { readonly bracket: string; readonly at: number; readonly name: string }[] = [];
  at = 0;

  constructor(css: string) {
    this.#css = css;
  }

  step(): void {
    const character = this.#css[this.at]!;
    if (character === "/" && this.#css[this.at + 1] === "*") this.#comment();
    else if (character === '"' || character === "'") this.#text();
    else if (character === "@") this.#atRule();
    else if (/[0-9#]/.test(character)) this.#unit();
    else if (this.#css.startsWith("<!--", this.at)) this.at += 4;
    else if (isNameStart(this.#css, this.at)) this.#word();
    else if (closing[character] !== undefined) this.#enter(character, "");
    else if (character === "}" || character === ")" || character === "]") this.#leave(character);
    else this.at++;
  }

  finish(): void {
    for (const { bracket, at } of this.#open) this.findings.push({ what: "open", at, end: at, subject: bracket });
  }

  #comment(): void {
    const end = this.#css.indexOf("*/", this.at + 2);
    if (end < 0) this.findings.push({ what: "comment", at: this.at, end: this.#css.length, subject: "/*" });
    this.at = end < 0 ? this.#css.length : end + 2;
  }

  #text(): void {
    const from = this.at;
    const { value, end, isWhole } = readText(this.#css, from);
    if (!isWhole) this.findings.push({ what: "string", at: from, end, subject: "" });
    if (takesUrls.test(this.#open.at(-1)?.name ?? "")) this.urls.push({ at: from, end, url: value });
    this.at = end;
  }

  #atRule(): void {
    const from = this.at;
    if (!isNameStart(this.#css, from + 1)) {
      this.at++;
      return;
    }
    const { value, end } = readName(this.#css, from + 1);
    this.at = end;
    if (value.toLowerCase() === "import") this.#import(from);
  }

  // What stands right behind a number or # belongs to it: 1url( and #url( begin no address.
  #unit(): void {
    this.at = readName(this.#css, this.at + 1).end;
  }

  // Up to its semicolon; what its brackets and texts hold is part of it.
  #import(from: number): void {
    const depth = this.#open.length;
    while (this.at < this.#css.length && !(this.#open.length <= depth && /[;{}]/.test(this.#css[this.at]!))) this.step();
    const end = this.#css[this.at] === ";" ? this.at + 1 : this.at;
    while ((this.urls.at(-1)?.at ?? -1) >= from) this.urls.pop();
    this.findings.push({ what: "import", at: from, end, subject: "@import" });
    this.at = end;
  }

  #word(): void {
    const from = this.at;
    const { value, end } = readName(this.#css, from);
    this.at = end;
    if (this.#css[end] !== "(") return;
    const name = value.toLowerCase();
    const inside = afterBlanks(this.#css, end + 1);
    if (name === "url" && !/["']/.test(this.#css[inside] ?? "")) this.#bareUrl(from, inside);
    else this.#enter("(", name);
  }

  #bareUrl(from: number, inside: number): void {
    let url = "";
    let at = inside;
    while (at < this.#css.length && this.#css[at] !== ")") {
      const { value, end } = readLetter(this.#css, at);
      url += value;
      at = end;
    }
    this.at = Math.min(at + 1, this.#css.length);
    if (at >= this.#css.length) this.findings.push({ what: "open", at: from, end: at, subject: "url(" });
    this.urls.push({ at: from, end: this.at, url: url.trimEnd() });
  }

  #enter(bracket: string, name: string): void {
    // No style sheet nests so deeply; each closing bracket looks through all of them.
    if (this.#open.length < deepest) this.#open.push({ bracket, at: this.at, name });
    else this.findings.push({ what: "open", at: this.at, end: this.at, subject: bracket });
    this.at++;
  }

  #leave(bracket: string): void {
    const found = this.#open.findLastIndex((one) => closing[one.bracket] === bracket);
    if (found < 0) this.findings.push({ what: "close", at: this.at, end: this.at, subject: bracket });
    // What was opened inside and not closed ends here too, as in browsers; a parenthesis cannot end a block.
    else if (found !== this.#open.length - 1)
      this.findings.push({ what: "open", at: this.#open.at(-1)!.at, end: this.at, subject: this.#open.at(-1)!.bracket });
    if (found >= 0) this.#open.length = found;
    this.at++;
  }
}

function isNameStart(css: string, at: number): boolean {
  const character = css[at] ?? "";
  if (/[a-z_-]/i.test(character) || character > "\u007f") return true;
  return character === "\\" && at + 1 < css.length && !/[\n\r\f]/.test(css[at + 1]!);
}

function readName(css: string, from: number): { value: string; end: number } {
  let value = "";
  let at = from;
  while (at < css.length && (isNameStart(css, at) || /[0-9]/.test(css[at]!))) {
    const letter = readLetter(css, at);
    value += letter.value;
    at = letter.end;
  }
  return { value, end: at };
}

function readText(css: string, from: number): { value: string; end: number; isWhole: boolean } {
  const quote = css[from]!;
  let value = "";
  let at = from + 1;
  while (at < css.length && css[at] !== quote) {
    if (/[\n\r\f]/.test(css[at]!)) return { value, end: at, isWhole: false };
    const letter = readLetter(css, at);
    value += letter.value;
    at = letter.end;
  }
  return { value, end: Math.min(at + 1, css.length), isWhole: at < css.length };
}

/** One letter, or an escape: `\69 ` is an i, a backslash before a line's end is nothing. */
function readLetter(css: string, at: number): { value: string; end: number } {
  if (css[at] !== "\\") return { value: css[at]!, end: at + 1 };
  const hex = /^[0-9a-f]{1,6}/i.exec(css.slice(at + 1, at + 7))?.[0];
  const lineEnd = /^(\r\n|[\n\r\f])/.exec(css.slice(at + 1, at + 3))?.[0];
  if (lineEnd !== undefined) return { value: "", end: at + 1 + lineEnd.length };
  if (hex === undefined) return { value: css[at + 1] ?? "", end: at + 2 };
  const end = at + 1 + hex.length;
  const code = Number.parseInt(hex, 16);
  const value = code === 0 || code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
  return { value, end: /[ \t\n\r\f]/.test(css[end] ?? "") ? end + 1 : end };
}

function afterBlanks(css: string, from: number): number {
  let at = from;
  while (/[ \t\n\r\f]/.test(css[at] ?? "")) at++;
  return at;
}
