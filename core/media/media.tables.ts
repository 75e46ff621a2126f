import { double, int, key, line, optional, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/** Uploaded pictures, sounds and films; the bytes are in the media store under `name`. */
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
  },
  indexes: [
    { name: "media_by_blog", columns: ["blog_id", "created_at", "id"] },
    { name: "media_bytes_by_blog", columns: ["blog_id", "bytes"] },
    { name: "media_by_name", columns: ["name"], unique: true },
    { name: "media_by_source", columns: ["blog_id", "source_hash"] },
  ],
};

export const mediaTables = [media] as const;
