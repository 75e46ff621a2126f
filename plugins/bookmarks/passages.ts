type Piece = {
  readonly isTag: boolean;
  readonly raw: string;
  readonly from: number;
  readonly until: number;
  readonly isAfterSpace: boolean;
};
type Place = { readonly from: number; readonly until: number };

const pattern = /<[a-z/](?:[^">]|"[^"]*")*>|[^<]+|</gi;
// Elements within a line; what all others hold stands apart, as a browser's selection says it.
const inline = /^<\/?(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var)\b/;
const entity = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi;
const letter = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});|[^]/giu;
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * Clean HTML with `mark` elements around passages, each with the id that `idOf` gives by its number; a passage that is not there,
 * or lies within another, is left out. White space counts as one space, as in `placeOf`.
 */
export function withPassages(
  html: string,
  passages: readonly { quote: string; lead: string }[],
  idOf: (at: number) => string,
): string {
  if (passages.length === 0) return html;
  const { pieces, text } = read(html);
  const places = passages
    .map(({ quote, lead }, at) => ({ id: idOf(at), place: find(text, quote, lead) }))
    .filter((one): one is { id: string; place: Place } => one.place !== null)
    .toSorted((a, b) => a.place.from - b.place.from || b.place.until - a.place.until);
  let end = 0;
  const apart = places.filter(({ place }) => place.from >= end && ((end = place.until), true));
  const seen = new Set<string>();
  return pieces.map((piece) => (piece.isTag ? piece.raw : drawn(piece, apart, seen))).join("");
}

/** Where a copy has these words, in its text; null where it has not. */
export function placeOf(html: string, quote: string, lead = ""): Place | null {
  return find(read(html).text, quote, lead);
}

function find(text: string, quote: string, lead: string): Place | null {
  const wanted = lead === "" ? -1 : text.indexOf(`${lead} ${quote}`);
  const beside = lead === "" ? -1 : text.indexOf(lead + quote);
  const from = wanted !== -1 ? wanted + lead.length + 1 : beside !== -1 ? beside + lead.length : text.indexOf(quote);
  return quote === "" || from === -1 ? null : { from, until: from + quote.length };
}

// The text as a reader sees it, white space folded, and which part of it each piece of the markup holds.
function read(html: string): { pieces: Piece[]; text: string } {
  const pieces: Piece[] = [];
  const parts: string[] = [];
  let [length, isApart] = [0, true];
  for (const [raw] of html.matchAll(pattern)) {
    const isTag = raw.length > 1 && raw.startsWith("<");
    const said = isTag ? (inline.test(raw) ? "" : " ") : raw.replace(entity, charOf).replace(/\s+/g, " ");
    const wasApart = isApart;
    const part = wasApart && said.startsWith(" ") ? said.slice(1) : said;
    if (said !== "") isApart = said.endsWith(" ");
    parts.push(part);
    pieces.push({ isTag, raw, from: length, until: length + part.length, isAfterSpace: wasApart });
    length += part.length;
  }
  return { pieces, text: parts.join("") };
}

function drawn(piece: Piece, places: readonly { id: string; place: Place }[], seen: Set<string>): string {
  const inside = places.filter(({ place }) => place.from < piece.until && place.until > piece.from);
  if (inside.length === 0) return piece.raw;
  let [html, at, open, isAfterSpace] = ["", piece.from, "", piece.isAfterSpace];
  for (const [one] of piece.raw.matchAll(letter)) {
    const shown = one.replace(entity, charOf);
    const isSpace = /^\s+$/.test(shown);
    const isFolded = isSpace && isAfterSpace;
    const here = isFolded ? open : (inside.find(({ place }) => at >= place.from && at < place.until)?.id ?? "");
    if (here !== open) {
      html += (open && "</mark>") + (here && `<mark${seen.has(here) ? "" : ` id="${here}"`}>`);
      seen.add(here);
      open = here;
    }
    html += one;
    if (!isFolded) at += isSpace ? 1 : shown.length;
    isAfterSpace = isSpace;
  }
  return html + (open && "</mark>");
}

function charOf(one: string): string {
  const name = one.slice(1, -1).toLowerCase();
  if (!name.startsWith("#")) return named[name] ?? one;
  const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "�";
}
