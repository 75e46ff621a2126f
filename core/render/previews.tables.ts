import { primary, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/** What somebody wants to see in a blog's theme before it is true: an unsaved post or design, for a few minutes. */
export const previews: TableShape = {
  name: "previews",
  columns: {
    token_hash: primary(word(64)),
    blog_id: ref(),
    account_id: ref(),
    /** One a place: the next takes its place. */
    place_hash: word(64),
    data: text(),
    expires_at: time(),
  },
  indexes: [
    { name: "previews_by_place", columns: ["place_hash"], unique: true },
    { name: "previews_by_expiry", columns: ["expires_at"] },
  ],
};

export const previewTables = [previews] as const;
