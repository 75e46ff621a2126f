const OPENING = /<(pre|code|script|style|textarea)(?=[\s>/])/gi;

/** Changes HTML outside of code and preformatted text, and leaves those parts as they are. Takes time in step with the length. */
export function outsideOfCode(html: string, change: (part: string) => string, only?: ReadonlySet<string>): string {
  const lower = html.toLowerCase();
  let out = "";
  let at = 0;
  for (const opening of html.matchAll(OPENING)) {
    const name = opening[1]!.toLowerCase();
    if (opening.index < at || (only && !only.has(name))) continue;
    const closing = lower.indexOf(`</${name}>`, opening.index);
    const end = closing === -1 ? html.length : closing + name.length + 3;
    out += change(html.slice(at, opening.index)) + html.slice(opening.index, end);
    at = end;
  }
  return out + change(html.slice(at));
}
