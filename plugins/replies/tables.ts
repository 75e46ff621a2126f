import { flag, int, key, optional, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** What people here answered, or said to somebody. The id is the end of its address. */
const replies: TableShape = {
  name: "p_replies_replies",
  columns: {
    id: key(),
    /** Always empty: it is its writer's, whatever blog it answers. */
    blog_id: ref(),
    account_id: ref(),
    /** Of the interaction, the copy, or its own; 0 until it is delivered. */
    number: int(0),
    /** reply, mention. */
    kind: word(10),
    /** waiting, sent, failed, removed. */
    state: word(10),
    /** Why it failed, as the end of a key of the locales. */
    reason: word(40),
    /** Whether a job has something to do for it, and which change that job saw. */
    is_due: flag(),
    revision: int(0),
    /** How often delivering was tried since the last change. */
    attempts: int(0),
    source: text(),
    html: text(),
    /** The source in small letters, by which its writer finds it. */
    words: text(),
    /** What makes it the same as one that was just sent; unique. */
    once: word(64),
    text_hash: word(64),
    target_number: int(0),
    target_url: text(),
    /** The blog here on which it appears, the post, and the interaction it answers there; empty outside. */
    target_blog: word(26),
    target_post: word(26),
    parent_source: text(),
    /** Who is answered, if they are here, and what they are called. */
    to_account: word(26),
    to_name: text(),
    wants_copy: flag(),
    copy_blog: word(26),
    copy_post: word(26),
    copy_url: text(),
    copy_hash: word(64),
    created_at: time(),
    updated_at: time(),
    removed_at: optional(time()),
  },
  indexes: [
    { name: "p_replies_once", columns: ["once"], unique: true },
    { name: "p_replies_account", columns: ["account_id", "id"] },
    { name: "p_replies_text", columns: ["account_id", "text_hash"] },
    { name: "p_replies_number", columns: ["number"] },
    { name: "p_replies_due", columns: ["is_due", "updated_at"] },
    { name: "p_replies_copy", columns: ["copy_hash"] },
    { name: "p_replies_post", columns: ["copy_post"] },
  ],
};

/** What somebody began to write, by the number it would answer. */
const drafts: TableShape = {
  name: "p_replies_drafts",
  columns: {
    account_id: primary(ref()),
    number: primary(int()),
    blog_id: ref(),
    source: text(),
    updated_at: time(),
  },
  indexes: [
    { name: "p_replies_drafts_time", columns: ["account_id", "updated_at"] },
    { name: "p_replies_drafts_old", columns: ["updated_at"] },
  ],
};

/** What somebody chose. */
const choices: TableShape = {
  name: "p_replies_choices",
  columns: { account_id: primary(ref()), blog_id: ref(), copies: flag() },
};

export const tables: readonly TableShape[] = [replies, drafts, choices];
