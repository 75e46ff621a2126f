/** A link of a Link header. `rel` holds its relations in lower case. */
export type HeaderLink = {
  readonly url: string;
  readonly rel: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
};

const [longest, most] = [16_384, 200];

/**
 * The links of a Link header (RFC 8288 §3), in order; several headers are joined by commas. Commas and semicolons in addresses and
 * quotes are part of them. What cannot be read is passed by; 200 links at most.
 */
export function parseLinkHeader(header: string, baseUrl: string): HeaderLink[] {
  const links: HeaderLink[] = [];
  const text = header.slice(0, longest);
  for (let at = text.indexOf("<"); at >= 0 && links.length < most; at = text.indexOf("<", at)) {
    const end = text.indexOf(">", at);
    if (end < 0) break;
    const url = URL.parse(text.slice(at + 1, end).trim(), baseUrl)?.href;
    const { parameters, next } = parametersFrom(text, end + 1);
    const rel = (parameters.rel ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    if (url !== undefined) links.push({ url, rel, parameters });
    at = next;
  }
  return links;
}

// The first of each name counts (RFC 8288 §3.3).
function parametersFrom(text: string, from: number): { parameters: Record<string, string>; next: number } {
  const parameters: Record<string, string> = {};
  const part = /\s*;\s*(?:([!#$%&'*+.^_`|~\w-]{1,100})\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?)?/y;
  let next = from;
  for (;;) {
    part.lastIndex = next;
    const found = part.exec(text);
    if (!found) return { parameters, next };
    next = part.lastIndex;
    const name = found[1]?.toLowerCase();
    if (name !== undefined && !Object.hasOwn(parameters, name) && name !== "__proto__")
      parameters[name] = (found[2]?.replace(/\\(.)/g, "$1") ?? found[3] ?? "").slice(0, 2_000);
  }
}
