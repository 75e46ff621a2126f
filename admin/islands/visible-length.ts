/** Length of a text as a reader sees it, and the limit for short posts: 300, or 600 with a block quote. */
export type VisibleLength = { readonly length: number; readonly limit: number; readonly left: number };

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Counts what stays of Markdown when pictures, tags, link targets and marks are taken away. Shared by server and page. */
export function visibleLength(markdown: string): VisibleLength {
  const text = markdown
    .slice(0, 100_000)
    // An escaped mark is one character that is no mark.
    .replace(/\\[!-/:-@[-`{-~]/g, "\u{E000}")
    // Bounded, and no bracket inside another: a text of nothing but brackets takes no longer than others.
    .replace(/!\[[^[\]\n]*\]\((?:[^()\n]|\([^()\n]{0,100}\)){0,500}\)/g, "")
    .replace(/\[([^[\]\n]*)\]\((?:[^()\n]|\([^()\n]{0,100}\)){0,500}\)/g, "$1")
    .replace(/<(https?:[^<>\s]+)>/gi, "$1")
    .replace(/<\/?[a-z][a-z0-9-]*(?:[\s/][^<>\n]*)?>/gi, "")
    .replace(/^[ \t]{0,3}(?:>[ \t]?)*(?:#{1,6}[ \t]+|```[^\n]*$)?/gm, "")
    .replace(/\*\*|__|~~|`/g, "")
    .replace(/(^|[\s(])[*_](?=\S)|(?<=\S)[*_](?=$|[\s).,;:!?])/gm, "$1")
    .trim();
  const length = [...graphemes.segment(text)].length;
  const limit = /^[ \t]{0,3}>/m.test(markdown) ? 600 : 300;
  return { length, limit, left: limit - length };
}

/** Letters of a text that goes to a service as it is; an address, and `{url}` that becomes one, takes `link` letters where the service says so. */
export function ownLength(text: string, link?: number): number {
  const named = text.trim().replaceAll("{url}", "x".repeat(link ?? 0) || "https://address.example/");
  const shown = link === undefined ? named : named.replace(/https?:\/\/\S+/g, "x".repeat(link));
  return [...graphemes.segment(shown)].length;
}
