const BLOCK =
  /<\/?(?:p|br|div|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|pre|hr|figure|figcaption|table|caption|tr|td|th|thead|tbody|tfoot|details|summary)\b[^>]*>/g;
const CHARACTERS: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

/** Gives the text of HTML that the sanitiser wrote (no comments, no raw text, no `>` inside an attribute): folded, block boundaries as spaces. */
export function textOfCleanMarkup(html: string): string {
  return html
    .replace(BLOCK, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => CHARACTERS[entity] ?? entity)
    .replace(/[\s\u00a0]+/g, " ")
    .trim();
}
