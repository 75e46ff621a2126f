import { flag, int, key, line, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** What curators sort picks under. */
const topics: TableShape = {
  name: "p_discover_topics",
  columns: {
    id: key(),
    blog_id: word(26),
    slug: word(40),
    /** The emoji that suggest it, the first of them its own. */
    emoji: line(100),
    /** Words that suggest it, as a JSON list in small letters. */
    words: text(),
    /** Titles that curators gave it, by language, as JSON. */
    titles: text(),
    /** any, photo (only posts with one), audio (only posts with sound). */
    kind: word(10),
    is_featured: flag(),
    position: int(0),
  },
  indexes: [{ name: "p_discover_topics_slug", columns: ["slug"], unique: true }],
};

/** Posts that were picked. One row holds all there is to know of a pick, so that making it is one statement. */
const picks: TableShape = {
  name: "p_discover_picks",
  columns: {
    id: key(),
    blog_id: ref(),
    /** What orders the lists, given when it is first shown; 0 until then. */
    number: int(0),
    /** The post's number in the timeline. */
    item: int(),
    post_id: ref(),
    author_id: ref(),
    /** The first part of the post's language, such as `de`. */
    language: word(8),
    /** Ids of topics, as a JSON list. */
    topics: text(),
    note: text(),
    /** second (waits for another curator), due (waits for its time), shown, changed (the post is another than was picked). */
    state: word(10),
    /** SHA-256 of what the post said when it was picked. */
    mark: word(64),
    show_at: time(),
    picked_by: ref(),
    picked_at: time(),
    /** The second curator, for a post of the first one's own; else empty. */
    seconded_by: word(26),
  },
  indexes: [
    { name: "p_discover_picks_item", columns: ["item"], unique: true },
    { name: "p_discover_picks_state", columns: ["state", "show_at", "id"] },
    { name: "p_discover_picks_author", columns: ["author_id", "id"] },
    { name: "p_discover_picks_blog", columns: ["blog_id"] },
  ],
};

/** Shown picks under their topics; under the empty topic all of them. Made from the picks, and made again whenever they change. */
const filed: TableShape = {
  name: "p_discover_filed",
  columns: { pick_id: primary(ref()), topic_id: primary(word(26)), blog_id: word(26), number: int(0), language: word(8) },
  indexes: [
    { name: "p_discover_filed_topic", columns: ["topic_id", "number"] },
    { name: "p_discover_filed_language", columns: ["topic_id", "language", "number"] },
  ],
};

/** Posts that are no candidates any more. */
const skips: TableShape = {
  name: "p_discover_skips",
  columns: { item: primary(int()), blog_id: word(26), author_id: ref(), by_id: ref(), at: time() },
  indexes: [
    { name: "p_discover_skips_at", columns: ["at", "item"] },
    { name: "p_discover_skips_author", columns: ["author_id", "item"] },
  ],
};

/** People whose posts curators do not want to see among the candidates. */
const leftOut: TableShape = {
  name: "p_discover_left_out",
  columns: { account_id: primary(ref()), blog_id: word(26), by_id: ref(), at: time(), reason: text() },
};

/** People who do not want to be picked. */
const optOuts: TableShape = {
  name: "p_discover_opt_outs",
  columns: { account_id: primary(ref()), blog_id: word(26), at: time() },
};

/** Who did what, when and why. Never changed. */
const log: TableShape = {
  name: "p_discover_log",
  columns: {
    id: key(),
    blog_id: word(26),
    at: time(),
    by_id: ref(),
    action: word(20),
    /** An address, a handle or a topic's word. */
    subject: text(),
    /** Whose post, or who, it is about; else empty. */
    about_id: word(26),
    reason: text(),
  },
  indexes: [
    { name: "p_discover_log_action", columns: ["action", "at"] },
    { name: "p_discover_log_about", columns: ["about_id", "id"] },
  ],
};

export const tables: readonly TableShape[] = [topics, picks, filed, skips, leftOut, optOuts, log];
