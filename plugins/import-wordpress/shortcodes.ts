import { outsideOfCode } from "./protect.ts";

/** Attributes of a shortcode by name; those without a name under "0", "1"… */
export type ShortcodeValues = ReadonlyMap<string, string>;
/** Gives the HTML for a shortcode, or null to leave it as text. */
export type Shortcode = (values: ShortcodeValues, inside: string) => string | null;

const CODE = /\[([a-zA-Z][\w-]{0,39})((?:[\s=:/][^[\]]{0,4000})?)\]/g;

/** Replaces the shortcodes that are known, keeps all others as text and hands their names to `onUnknown`. */
export function expandShortcodes(
  html: string,
  known: Readonly<Record<string, Shortcode>>,
  onUnknown: (name: string) => void,
): string {
  if (!html.includes("[")) return html;
  return outsideOfCode(html, (part) => expand(part, known, onUnknown));
}

function expand(html: string, known: Readonly<Record<string, Shortcode>>, onUnknown: (name: string) => void): string {
  const unclosed = new Set<string>();
  const closingOf = (name: string, from: number): number => {
    if (unclosed.has(name)) return -1; // searched to the end before: once is enough
    const at = html.indexOf(`[/${name}]`, from);
    if (at === -1) unclosed.add(name);
    return at;
  };
  let out = "";
  let at = 0;
  for (const match of html.matchAll(CODE)) {
    if (match.index < at) continue;
    const [whole, name = "", rest = ""] = match;
    const end = match.index + whole.length;
    // `[[name]]` is how people write about a shortcode.
    if (html[match.index - 1] === "[" && html[end] === "]") {
      out += html.slice(at, match.index - 1) + whole;
      at = end + 1;
      continue;
    }
    const handler = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!handler) {
      if (isShortcode(rest) || closingOf(name, end) !== -1) onUnknown(name);
      continue;
    }
    const closing = rest.trimEnd().endsWith("/") ? -1 : closingOf(name, end);
    const made = handler(valuesOf(rest), closing === -1 ? "" : html.slice(end, closing));
    if (made === null) continue;
    out += html.slice(at, match.index) + made;
    at = closing === -1 ? end : closing + name.length + 3;
  }
  return out + html.slice(at);
}

// Square brackets are also just brackets: only what has `name=value` in it is taken for a shortcode.
const isShortcode = (rest: string): boolean => /^\s[^=]*[\w-]\s*=\s*["'\w]/.test(rest.slice(0, 200));

function valuesOf(rest: string): ShortcodeValues {
  const values = new Map<string, string>();
  let position = 0;
  for (const match of rest.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|([^\s"']+)/g)) {
    const [, name, double, single, bare, quoted, word] = match;
    if (name !== undefined) values.set(name.toLowerCase(), double ?? single ?? bare ?? "");
    else values.set(String(position++), quoted ?? word ?? "");
  }
  return values;
}
