/** What the export says about the site it comes from. */
export type WxrSite = {
  readonly title: string;
  /** Address of the blog, without a slash at the end; empty when the file does not say. */
  readonly url: string;
  readonly version: string;
};

/** Values of simple elements by name as written: `wp:post_id`, `content:encoded`. */
export type WxrFields = Map<string, string>;

export type WxrTerm = { readonly domain: string; readonly slug: string; readonly name: string };

/** One `<item>`: a post, page, attachment, menu entry or whatever a plugin of the old site kept as one. */
export type WxrItem = {
  readonly fields: WxrFields;
  readonly terms: readonly WxrTerm[];
  /** Custom fields; of several with one key the first. */
  readonly meta: ReadonlyMap<string, string>;
  readonly comments: readonly WxrFields[];
};

/** An author, category, tag or term of the channel. */
export type WxrEntry = { readonly kind: "wp:author" | "wp:category" | "wp:tag" | "wp:term"; readonly fields: WxrFields };

/** The trimmed value of an element; empty when it is not there. */
export function valueOf(fields: WxrFields, name: string): string {
  return fields.get(name)?.trim() ?? "";
}

/** A copy that does not keep the 64 kB alive of which it is a slice. */
export function own(text: string): string {
  return Buffer.from(text).toString();
}
