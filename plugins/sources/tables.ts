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
    /** Of the site however it is spelled: by that a ping finds it. Empty until the next look at the feed. */
    site_hash: optional(word(64)),
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
    /** "failing" when its owners were told of that. */
    told: word(10),
    /** Hash of the hub and the topic it names, and until when that hub has promised to tell us what is new. */
    hub_hash: word(64),
    lease_ends: optional(time()),
    /** Somebody follows it in the timeline, and what the timeline knows it by. */
    is_followed: flag(),
    timeline_id: word(26),
    created_at: time(),
  },
  indexes: [
    { name: "p_sources_feeds_url", columns: ["url_hash"], unique: true },
    { name: "p_sources_feeds_due", columns: ["state", "next_at"] },
    { name: "p_sources_feeds_site", columns: ["site_hash"] },
    { name: "p_sources_feeds_timeline", columns: ["timeline_id"] },
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
    /** Who names whom with rel=me: empty, `site` (the site the person), `profile` (the person the site), `both`. */
    proof: word(10),
    is_copied: flag(),
    /** Whether what is new goes on to other services, by the blog's rules. */
    is_crossposted: flag(),
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
    /** The key it had at first, by which others know it: guids change. */
    first_key: text(),
    url: text(),
    link_hash: word(64),
    content_hash: word(64),
    published_at: time(),
    seen_at: time(),
    /** When it was first missing from the middle of the feed. */
    missed_at: optional(time()),
    /** It was there before the feed was read first, beyond the newest: known, but not taken. */
    is_passed: flag(),
    /** The item as it was written, packed. */
    raw: text(),
  },
  indexes: [
    { name: "p_sources_items_feed", columns: ["feed_id", "published_at"] },
    { name: "p_sources_items_link", columns: ["feed_id", "link_hash"] },
  ],
};

/** Which post an item became for which owner. */
const posts: TableShape = {
  name: "p_sources_posts",
  columns: { owner_id: primary(ref()), item_id: primary(word(64)), blog_id: ref(), post_id: ref(), is_quiet: flag() },
  indexes: [{ name: "p_sources_posts_item", columns: ["item_id"] }],
};

/** Subscriptions with hubs (WebSub). The callback's key and the secret lie sealed among the secrets, by the id. */
const hubs: TableShape = {
  name: "p_sources_hubs",
  columns: {
    id: key(),
    blog_id: ref(),
    feed_id: ref(),
    key_hash: word(64),
    hub: text(),
    topic: text(),
    /** asked, active, denied (the feed is polled), or leaving. */
    state: word(10),
    /** Until when the hub's promise holds. */
    lease_ends: optional(time()),
    /** When something is to be done: renew, ask again, or forget. */
    turn_at: time(),
    attempts: int(0),
  },
  indexes: [
    { name: "p_sources_hubs_key", columns: ["key_hash"], unique: true },
    { name: "p_sources_hubs_feed", columns: ["feed_id"] },
    { name: "p_sources_hubs_turn", columns: ["turn_at"] },
  ],
};

/** What hubs delivered and nobody has read yet. */
const pushes: TableShape = {
  name: "p_sources_pushes",
  columns: { id: key(), blog_id: ref(), feed_id: ref(), type: text(), body: text() },
  indexes: [{ name: "p_sources_pushes_feed", columns: ["feed_id"] }],
};

export const tables: readonly TableShape[] = [feeds, owners, items, posts, hubs, pushes];
