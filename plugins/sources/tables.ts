import { flag, int, key, line, optional, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** Feeds that are asked, whoever wants them. */
const feeds: TableShape = {
  name: "p_sources_feeds",
  columns: {
    id: key(),
    blog_id: ref(),
    url_hash: word(64),
    url: text(),
    title: line(200),
    site: text(),
    etag: text(),
    last_modified: text(),
    body_hash: word(64),
    /** Where a permanent redirect led, and how often in a row. */
    moved_to: text(),
    moved_times: int(0),
    /** active, gone (410), or paused after 60 days of failures. */
    state: word(10),
    /** Why the last poll failed, as an end of a key of the locales; empty when it went well. */
    problem: word(20),
    failures: int(0),
    failing_since: optional(time()),
    checked_at: optional(time()),
    fresh_at: optional(time()),
    next_at: time(),
    is_begun: flag(),
    /** Somebody follows it in the timeline, and what the timeline knows it by. */
    is_followed: flag(),
    timeline_id: word(26),
    created_at: time(),
  },
  indexes: [
    { name: "p_sources_feeds_url", columns: ["url_hash"], unique: true },
    { name: "p_sources_feeds_due", columns: ["state", "next_at"] },
  ],
};

/** Whose source a feed is, and into which blog it goes. */
const owners: TableShape = {
  name: "p_sources_owners",
  columns: {
    id: key(),
    /** The blog that posts go into; empty when they do not. */
    blog_id: ref(),
    account_id: ref(),
    feed_id: ref(),
    /** Whether the site links to the person here with rel=me. */
    is_proven: flag(),
    is_copied: flag(),
    created_at: time(),
  },
  indexes: [
    { name: "p_sources_owners_account", columns: ["account_id", "feed_id"], unique: true },
    { name: "p_sources_owners_feed", columns: ["feed_id"] },
    { name: "p_sources_owners_blog", columns: ["blog_id"] },
  ],
};

/** What is known of each item: enough to see that it changed. */
const items: TableShape = {
  name: "p_sources_items",
  columns: {
    /** SHA-256 of feed and key. */
    id: primary(word(64)),
    blog_id: ref(),
    feed_id: ref(),
    key_text: text(),
    url: text(),
    link_hash: word(64),
    content_hash: word(64),
    published_at: time(),
    seen_at: time(),
    /** When it was first missing from the middle of the feed. */
    missed_at: optional(time()),
  },
  indexes: [
    { name: "p_sources_items_feed", columns: ["feed_id", "published_at"] },
    { name: "p_sources_items_link", columns: ["feed_id", "link_hash"] },
  ],
};

/** Which post an item became for which owner. */
const posts: TableShape = {
  name: "p_sources_posts",
  columns: { owner_id: primary(ref()), item_id: primary(word(64)), blog_id: ref(), post_id: ref() },
};

export const tables: readonly TableShape[] = [feeds, owners, items, posts];
