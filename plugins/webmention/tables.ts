import { int, key, line, optional, ref, text, time, word, type TableShape } from "rookery/plugin";

/** Webmentions that came in, each pair of source and target once. */
const received: TableShape = {
  name: "p_webmention_received",
  columns: {
    id: key(),
    blog_id: ref(),
    post_id: ref(),
    source: text(),
    source_hash: word(64),
    target: text(),
    vouch: optional(text()),
    /** waiting, later, accepted, held, rejected, deleted. */
    state: word(16),
    /** Why, as the end of a key of the locales. */
    reason: word(40),
    attempts: int(0),
    /** The source it is stored under in the blog's interactions. */
    stored_as: text(),
    /** Comments that came with it, as a JSON list of their addresses. */
    nested: text(),
    received_at: time(),
    checked_at: optional(time()),
  },
  indexes: [
    { name: "p_webmention_received_waiting", columns: ["blog_id", "state", "received_at"] },
    { name: "p_webmention_received_source", columns: ["blog_id", "source_hash"] },
  ],
};

/** Pages that were told of a post, or are to be. */
const sent: TableShape = {
  name: "p_webmention_sent",
  columns: {
    id: key(),
    blog_id: ref(),
    post_id: ref(),
    /** The post's address when it was first told; receivers know it by that. */
    source: text(),
    target: text(),
    /** waiting, sent, none (no endpoint), failed. */
    state: word(16),
    /** Whether the target was ever told: then it hears of every change. */
    times: int(0),
    attempts: int(0),
    endpoint: text(),
    status: optional(int()),
    answer: line(300),
    status_url: text(),
    updated_at: time(),
  },
  indexes: [
    { name: "p_webmention_sent_post", columns: ["blog_id", "post_id"] },
    { name: "p_webmention_sent_time", columns: ["blog_id", "updated_at"] },
  ],
};

export const tables: readonly TableShape[] = [received, sent];
