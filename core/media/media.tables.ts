import { double, flag, int, key, line, optional, primary, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/**
 * Uploaded pictures, sounds and films. `name` is the address; a file that was replaced has a higher `revision`, and its bytes lie
 * under a name of their own (media-row.ts). `lacks_alt` marks pictures that nobody has described, `facts` is
 * what of a camera's notes a plugin keeps.
 */
export const media: TableShape = {
  name: "media",
  columns: {
    id: key(),
    blog_id: ref(),
    account_id: ref(),
    name: word(80),
    type: word(64),
    bytes: double(),
    width: optional(int()),
    height: optional(int()),
    seconds: optional(double()),
    alt: text(),
    original_name: line(200),
    content_hash: word(64),
    source_hash: optional(word(64)),
    variants: text(),
    created_at: time(),
    caption: optional(line(1000)),
    is_decorative: { ...flag(), default: 0 },
    lacks_alt: { ...flag(), default: 0 },
    revision: int(1),
    facts: optional(text()),
  },
  indexes: [
    { name: "media_by_blog", columns: ["blog_id", "created_at", "id"] },
    { name: "media_bytes_by_blog", columns: ["blog_id", "bytes"] },
    { name: "media_by_name", columns: ["name"], unique: true },
    { name: "media_by_source", columns: ["blog_id", "source_hash"] },
    { name: "media_undescribed", columns: ["blog_id", "lacks_alt", "id"] },
  ],
};

/** Which post shows which file, written in the transaction that stores the post. */
export const mediaUses: TableShape = {
  name: "media_uses",
  columns: { media_id: primary(ref()), post_id: primary(ref()), blog_id: ref() },
  indexes: [{ name: "media_uses_by_post", columns: ["post_id"] }],
};

/** How many files each blog has and how many bytes they take. */
export const mediaTotals: TableShape = {
  name: "media_totals",
  columns: { blog_id: primary(ref()), files: int(), bytes: double() },
};

export const mediaTables = [media, mediaUses, mediaTotals] as const;
