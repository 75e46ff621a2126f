import { sanitise } from "../../../core/net/sanitise.ts";

type Open = { readonly name: string; readonly start: number; readonly href: string; count: number };

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
const marks: Readonly<Record<string, string>> = { strong: "**", b: "**", em: "*", i: "*", s: "~~", del: "~~", code: "`" };

/**
 * HTML from elsewhere as Markdown: headings, lists, quotes, code, links, pictures, tables and emphasis; the rest as its words.
 * It works on what the sanitiser wrote: well-formed, without comments, no `>` inside an attribute.
 */
export function markdownOf(html: string): string {
  const writer = new Writer();
  // Word processors wrap everything in a bold that is not bold.
  const plain = html.replace(/<b\b[^>]*font-weight:\s*normal[^>]*>/gi, "<span>").slice(0, 500_000);
  for (const token of sanitise(plain, "own").matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*?)\/?>|[^<]+/g)) {
    const [whole, close, name, attributes] = token;
    if (name === undefined) writer.words(decode(whole));
    else if (close === "/") writer.close(name);
    else writer.open(name, attributes ?? "");
  }
  return writer.text();
}

const decode = (text: string): string => text.replace(/&(lt|gt|quot|#39|amp);/g, (_all, name: string) => entities[name] ?? "");

const attribute = (attributes: string, name: string): string =>
  decode(new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");

class Writer {
  #out = "";
  readonly #open: Open[] = [];
  #rows: string[][] | null = null;

  open(name: string, attributes: string): void {
    if (name === "br") this.#out += this.#isIn("td") || this.#isIn("th") ? " " : "\\\n";
    if (name === "hr") this.#block("---");
    if (name === "img") this.#out += `![${escape(attribute(attributes, "alt"))}](${attribute(attributes, "src")})`;
    if (name === "table") this.#rows = [];
    if (name === "tr") this.#rows?.push([]);
    if (["br", "hr", "img", "wbr"].includes(name)) return;
    if (name === "ol" || name === "ul") this.#count();
    this.#open.push({ name, start: this.#out.length, href: attribute(attributes, "href"), count: 0 });
  }

  close(name: string): void {
    const at = this.#open.findLastIndex((one) => one.name === name);
    if (at < 0) return;
    const [element] = this.#open.splice(at) as [Open];
    const inner = this.#out.slice(element.start);
    this.#out = this.#out.slice(0, element.start);
    this.#put(element, inner);
  }

  words(text: string): void {
    const isCode = this.#isIn("pre") || this.#isIn("code");
    if (this.#isIn("pre")) this.#out += text;
    else if (text.trim() !== "" || !/\s$/.test(this.#out)) this.#out += isCode ? text : escape(text.replace(/\s+/g, " "));
  }

  text(): string {
    return this.#out.replace(/\n{3,}/g, "\n\n").trim();
  }

  #put({ name, href }: Open, inner: string): void {
    const words = inner.trim();
    const mark = marks[name];
    if (name === "code" && this.#isIn("pre")) this.#out += inner;
    else if (mark) this.#out += words === "" ? inner : inner.replace(words, () => mark + words + mark);
    else if (name === "a") this.#out += href === "" || words === "" ? inner : `[${words}](${href})`;
    else if (/^h[1-6]$/.test(name)) this.#block(`${"#".repeat(Number(name[1]))} ${words.replace(/\s*\n\s*/g, " ")}`);
    else if (name === "pre") this.#block(`\`\`\`\n${inner.replace(/^\n|\n$/g, "")}\n\`\`\``);
    else if (name === "blockquote") this.#block(words.replace(/^/gm, "> ").replace(/^> $/gm, ">"));
    else if (name === "li") this.#item(words);
    else if (name === "ul" || name === "ol") this.#list(words);
    else if (name === "td" || name === "th") this.#rows?.at(-1)?.push(words.replace(/\s+/g, " ").replaceAll("|", "\\|"));
    else if (name === "table") this.#table();
    else if (["p", "div", "figure", "figcaption", "dl", "dt", "dd", "details", "summary"].includes(name)) this.#block(words);
    else this.#out += inner;
  }

  #block(text: string): void {
    if (text === "") return;
    const isFirst = this.#out.slice(this.#open.at(-1)?.start ?? 0).trim() === "";
    this.#out += `${isFirst || this.#out.endsWith("\n\n") ? "" : "\n\n"}${text}\n\n`;
  }

  #item(text: string): void {
    const list = this.#open.findLast(({ name }) => name === "ol" || name === "ul");
    const mark = list?.name === "ol" ? `${++list.count}. ` : "- ";
    const inner = text.replace(/\n{2,}(?=[ ]*(?:-|\d+\.) )/g, "\n").replace(/\n(?=[^\n])/g, `\n${" ".repeat(mark.length)}`);
    this.#out += `${/(^|\n)$/.test(this.#out) ? "" : "\n"}${mark}${inner}\n`;
  }

  #list(items: string): void {
    if (this.#isIn("li")) this.#out = `${this.#out.trimEnd()}\n${items}\n`;
    else this.#block(items);
  }

  #table(): void {
    const rows = (this.#rows ?? []).filter((row) => row.length > 0);
    this.#rows = null;
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (width === 0) return;
    const draw = (cells: readonly string[]) => `| ${[...cells, ...Array<string>(width - cells.length).fill("")].join(" | ")} |`;
    this.#block([draw(rows[0]!), draw(Array<string>(width).fill("---")), ...rows.slice(1).map(draw)].join("\n"));
  }

  #count(): void {
    // A list begins on a line of its own.
    if (!this.#isIn("li")) this.#out = this.#out.trimEnd() === "" ? this.#out : `${this.#out.trimEnd()}\n\n`;
  }

  #isIn(name: string): boolean {
    return this.#open.some((one) => one.name === name);
  }
}

// What would become formatting that was none.
function escape(text: string): string {
  return text.replace(/[\\`*[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&").replace(/<(?=[a-z/!])/gi, "\\<");
}
