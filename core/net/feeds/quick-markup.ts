/** What is done with attributes: `written` gives the value as it is written again, `picture` is told of each `img`. */
export type MarkupWork = {
  written(name: string, value: string): string;
  picture(attributes: Readonly<Record<string, string>>): void;
};

const voids = new Set("br hr img source wbr".split(" "));
const blocks = "blockquote dl figcaption figure hr ol p pre table ul".split(" ");
const headings = "h1 h2 h3 h4 h5 h6".split(" ");
// Elements, each with what it would end by beginning, were that open just around it.
const usual = new Map<string, readonly string[]>([
  ...("abbr audio b br cite code del em i img ins kbd mark q s small source span strong sub sup thead time u video wbr"
    .split(" ")
    .map((name) => [name, []]) as [string, string[]][]),
  ...blocks.map((name): [string, string[]] => [name, ["p"]]),
  ...headings.map((name): [string, string[]] => [name, [...headings, "p"]]),
  ["a", ["a"]],
  ["li", ["li"]],
  ["dd", ["dd", "dt"]],
  ["div", ["p"]],
  ["dt", ["dd", "dt"]],
  ["tbody", ["thead", "tbody"]],
  ["td", ["thead", "th", "td"]],
  ["th", ["th"]],
  ["tr", ["tr", "th", "td"]],
]);
const [deepest, enoughText] = [400, 2_000];
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const entity = /&(?:#(\d{2,7})|(amp|lt|gt|quot|apos|nbsp));/g;
const [less, greater, slash, and, double, single, equals] = [60, 62, 47, 38, 34, 39, 61] as const;

class NotPlain extends Error {}

/**
 * Writes HTML again of the kind that most texts of feeds are, in a fraction of a parser's time: usual elements, each closed where it was
 * opened, quoted attributes, usual entities. Gives it with the beginning of its text; null for anything else, of which a parser must make
 * sense. What the work was told until then counts for nothing.
 */
export function quickMarkup(html: string, work: MarkupWork): { html: string; text: string } | null {
  try {
    return rewritten(html, work);
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

// Letter by letter, and copying as much at once as stays what it is: expressions and pieces for each tag cost several times as much.
function rewritten(html: string, work: MarkupWork): { html: string; text: string } {
  const open: string[] = [];
  let [out, text, copied, said] = ["", "", 0, 0];
  const until = (at: number) => {
    if (said < at && text.length < enoughText) text += decoded(html.slice(said, at));
  };
  for (let at = 0; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (code === less) {
      until(at);
      if (html.charCodeAt(at + 1) === slash) at = closed(html, at + 2, open);
      else {
        const name = opened(html, at + 1, open);
        const end = at + 1 + name.length;
        const tag = html.charCodeAt(end) === greater ? null : attributesIn(html, end, name, work);
        if (tag) out += `${html.slice(copied, end)}${tag.written}>`;
        at = tag ? tag.end : end;
        if (tag) copied = at + 1;
      }
      said = at + 1;
    } else if (code === and) {
      const whole = entityAt(html, at);
      out += html.slice(copied, at) + escaped(decoded(whole));
      copied = at + whole.length;
      at = copied - 1;
    } else if (code === greater || code === double || code === single) {
      out += html.slice(copied, at) + escapes[html[at]!]!;
      copied = at + 1;
    }
  }
  until(html.length);
  if (open.length > 0) throw new NotPlain();
  return { html: out + html.slice(copied), text };
}

// Gives where the tag ends.
function closed(html: string, from: number, open: string[]): number {
  const name = open.pop() ?? "";
  const end = from + name.length;
  if (name === "" || !html.startsWith(name, from) || html.charCodeAt(end) !== greater) throw new NotPlain();
  return end;
}

// Gives the element's name.
function opened(html: string, from: number, open: string[]): string {
  const name = html.slice(from, nameEnd(html, from));
  const ended = usual.get(name);
  if (!ended || open.length > deepest || (ended.length > 0 && ended.includes(open.at(-1)!))) throw new NotPlain();
  if (!voids.has(name)) open.push(name);
  return name;
}

function entityAt(html: string, at: number): string {
  entity.lastIndex = at;
  const [whole = ""] = entity.exec(html) ?? [];
  if (whole === "" || entity.lastIndex - whole.length !== at) throw new NotPlain();
  return whole;
}

function attributesIn(html: string, from: number, element: string, work: MarkupWork) {
  const names: string[] = [];
  const values: Record<string, string> = {};
  const isPicture = element === "img";
  let written = "";
  for (let at = from; ;) {
    const before = at;
    while (isSpace(html.charCodeAt(at))) at++;
    const isClosed = html.charCodeAt(at) === slash;
    if (html.charCodeAt(isClosed ? at + 1 : at) === greater) {
      if (isClosed && !voids.has(element)) throw new NotPlain();
      if (isPicture) work.picture(values);
      return { written, end: isClosed ? at + 1 : at };
    }
    const end = nameEnd(html, at);
    if (at === before || end === at) throw new NotPlain();
    const name = html.slice(at, end);
    at = end;
    let value = "";
    if (html.charCodeAt(at) === equals) {
      const quote = html[at + 1]!;
      const close = quote === '"' || quote === "'" ? html.indexOf(quote, at + 2) : -1;
      if (close < 0) throw new NotPlain();
      value = decoded(html.slice(at + 2, close));
      at = close + 1;
    }
    // The first one counts.
    if (names.includes(name)) continue;
    names.push(name);
    if (isPicture) values[name] = value;
    written += ` ${name}="${work.written(name, value)}"`;
  }
}

// Names begin with a small letter; there are small letters, digits and hyphens in them.
function nameEnd(html: string, from: number): number {
  let at = from;
  for (let code = html.charCodeAt(at); ; code = html.charCodeAt(++at)) {
    const isLetter = code > 96 && code < 123;
    if (!isLetter && (at === from || !((code > 47 && code < 58) || code === 45))) return at;
  }
}

const isSpace = (code: number) => code === 32 || (code > 8 && code < 14 && code !== 11);
const escaped = (text: string) => escapes[text] ?? text;

function decoded(text: string): string {
  if (!text.includes("&")) return text;
  let known = 0;
  const plain = text.replace(entity, (_, digits: string | undefined, name: string) => {
    known++;
    if (digits === undefined) return named[name]!;
    const code = Number(digits);
    // Below 160 some stand for other letters than their number says, and half letters for none.
    if ((code < 160 && !/^(34|38|39|60|62)$/.test(digits)) || code > 0x10ffff || code >> 11 === 27) throw new NotPlain();
    return String.fromCodePoint(code);
  });
  // The others have rules of their own.
  if (text.split("&").length - 1 !== known) throw new NotPlain();
  return plain;
}
