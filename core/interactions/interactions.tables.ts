import { key, line, optional, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/** What others did to a post: replies and mentions, and privately likes or reposts, whatever network they came from. */
export const interactions: TableShape = {
  name: "interactions",
  columns: {
    id: key(),
    blog_id: ref(),
    post_id: ref(),
    parent_id: optional(ref()),
    kind: word(32),
    state: word(16),
    via: word(40),
    author_name: line(200),
    author_url: text(),
    author_photo: text(),
    /** By what somebody is known again. */
    author_hash: optional(word(64)),
    account_id: optional(ref()),
    source_url: text(),
    source_hash: word(64),
    source_host: optional(word(255)),
    html: text(),
    properties: text(),
    published_at: time(),
    received_at: time(),
    updated_at: time(),
  },
  indexes: [
    { name: "interactions_by_source", columns: ["blog_id", "source_hash"], unique: true },
    { name: "interactions_by_post", columns: ["post_id", "state", "published_at"] },
    { name: "interactions_by_blog", columns: ["blog_id", "state", "received_at"] },
    { name: "interactions_by_arrival", columns: ["blog_id", "received_at", "id"] },
    { name: "interactions_by_author", columns: ["blog_id", "author_hash", "state"] },
    { name: "interactions_by_state", columns: ["state", "updated_at"] },
    { name: "interactions_by_account", columns: ["account_id", "blog_id"] },
  ],
};

/** Whom a blog hears nothing from. */
export const interactionBlocks: TableShape = {
  name: "interaction_blocks",
  columns: {
    id: key(),
    blog_id: ref(),
    kind: word(16),
    value: text(),
    value_hash: word(64),
    label: line(200),
    created_at: time(),
  },
  indexes: [
    { name: "interaction_blocks_by_value", columns: ["blog_id", "value_hash"], unique: true },
    { name: "interaction_blocks_by_blog", columns: ["blog_id", "id"] },
  ],
};

export const interactionTables = [interactions, interactionBlocks] as const;
