const SELF_CLOSING = /^\s+wp:([a-z][a-z0-9_-]*(?:\/[a-z][a-z0-9_-]*)?)\s+(?:(\{[^]*\})\s+)?\/$/;
const WRAPPED_URL = /(<div class="wp-block-embed__wrapper">)\s*(https?:\/\/[^\s<>"]+)\s*(<\/div>)/gi;

// They show nothing of their own; what they lay out stands in the text beside them.
const SILENT = new Set(["spacer", "separator", "nextpage", "more", "column", "columns"]);
const DEEPEST = 3;

/** Whether a text was written with WordPress's block editor. */
export function hasBlocks(html: string): boolean {
  return html.includes("<!-- wp:");
}

/**
 * The HTML that block markup wraps: comments go, shared blocks are put in, embeds become links. Blocks whose content
 * WordPress made at every visit (latest posts, search) have none here; their names go to `onDropped`.
 */
export function withoutBlockMarkup(
  html: string,
  shared: ReadonlyMap<string, string>,
  onDropped: (name: string) => void,
  depth = 0,
): string {
  const filled = replaceComments(html, (comment) => {
    const match = SELF_CLOSING.exec(comment);
    if (!match) return "";
    const [, name = "", json = ""] = match;
    const values = valuesOf(json);
    const block = name === "block" ? shared.get(String(values.ref ?? "")) : undefined;
    if (block !== undefined && depth < DEEPEST) return withoutBlockMarkup(block, shared, onDropped, depth + 1);
    // Embeds and links of social networks carry an address; alone in its paragraph it becomes a link.
    if (typeof values.url === "string" && /^https?:[^<>"]+$/.test(values.url)) return `\n\n<p>${values.url}</p>\n\n`;
    if (!SILENT.has(name)) onDropped(name);
    return "";
  });
  return filled.replace(WRAPPED_URL, (_, start: string, url: string, end: string) => `${start}<p>${url}</p>${end}`);
}

/** HTML without its comments; one that is never closed hides the rest, as in a browser. */
export function withoutComments(html: string): string {
  return replaceComments(html, () => "");
}

function replaceComments(html: string, replace: (inside: string) => string): string {
  let out = "";
  let at = 0;
  for (;;) {
    const start = html.indexOf("<!--", at);
    if (start === -1) return out + html.slice(at);
    const end = html.indexOf("-->", start + 4);
    out += html.slice(at, start);
    if (end === -1) return out;
    out += replace(html.slice(start + 4, end));
    at = end + 3;
  }
}

function valuesOf(json: string): Record<string, unknown> {
  if (json.trim() === "") return {};
  try {
    const values: unknown = JSON.parse(json);
    return typeof values === "object" && values !== null ? (values as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
