// A name of somebody here behind an @: no e-mail addresses, and no names of other places.
const name = /(?<![\p{L}\p{N}_@/.-])@([A-Za-z0-9][A-Za-z0-9-]{0,39})(?![\p{L}\p{N}_@-])(?!\.[\p{L}\p{N}])/gu;
// What is written in a link or as code names nobody.
const opaque = new Set(["a", "code", "pre"]);
const most = 20;

/** The names behind an @ in clean HTML or in plain text, in small letters, each once, 20 at most. What stands in links and code is none. */
export function namesIn(html: string): readonly string[] {
  const found: string[] = [];
  eachText(html, (text) => {
    for (const [, username] of text.matchAll(name)) found.push(username!.toLowerCase());
    return text;
  });
  return [...new Set(found)].slice(0, most);
}

/** Clean HTML in which names behind an @ lead to the addresses that `known` has for them, by name in small letters. */
export function linkNames(html: string, known: ReadonlyMap<string, string>): string {
  if (known.size === 0) return html;
  return eachText(html, (text) =>
    text.replace(name, (whole, username: string) => {
      const url = known.get(username.toLowerCase());
      return url === undefined ? whole : `<a href="${url.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">${whole}</a>`;
    }),
  );
}

// `sanitise` leaves `<` and `>` nowhere but around tags.
function eachText(html: string, change: (text: string) => string): string {
  let depth = 0;
  return html.replace(/<(\/?)([a-z0-9]+)[^>]*>|[^<]+/gi, (part, end: string | undefined, tag: string | undefined) => {
    if (tag === undefined) return depth > 0 ? part : change(part);
    if (opaque.has(tag.toLowerCase())) depth = Math.max(0, depth + (end ? -1 : 1));
    return part;
  });
}
