import { double, flag, int, key, line, optional, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** Whom one can follow. The id of somebody here is their account's, of a blog here the blog's. */
const sources: TableShape = {
  name: "p_timeline_sources",
  columns: {
    id: key(),
    blog_id: ref(),
    /** person, blog, or what other plugins provide, such as feed. */
    kind: word(16),
    /** The plugin that provides it. */
    plugin: word(40),
    /** SHA-256 of kind and key: the account's or blog's id, or the address of a feed. */
    key_hash: word(64),
    key_text: text(),
    title: line(200),
    url: text(),
    avatar: text(),
    /** `kim`, `kim@host`, or a domain; in small letters. */
    handle: line(200),
    language: word(35),
    /** active, or away: deleted for now. */
    state: word(10),
    last_at: optional(time()),
    /** The hour of the newest items, and how many it brought: what makes a flood. */
    window_hour: word(13),
    window_count: int(0),
  },
  indexes: [
    { name: "p_timeline_sources_key", columns: ["key_hash"], unique: true },
    { name: "p_timeline_sources_handle", columns: ["handle"] },
  ],
};

/** What was said. The number names it everywhere; of posts and interactions here it is the one the core gave. */
const items: TableShape = {
  name: "p_timeline_items",
  columns: {
    number: primary(int()),
    id: ref(),
    blog_id: ref(),
    /** Who said it; of outsiders' replies empty. */
    source_id: word(26),
    /** The blog here it stands on; else empty. */
    place_id: word(26),
    /** post, reply, mention. */
    kind: word(16),
    key_hash: word(64),
    url_hash: word(64),
    url: text(),
    title: line(300),
    /** As client-api.md §2.1 has it: clean and short. */
    html: text(),
    /** Its words in small letters, for words that are muted. */
    words: text(),
    is_link: flag(),
    /** A post of a blog here. */
    is_local: flag(),
    /** Who said it, as JSON, where no source does. */
    author: text(),
    photos: text(),
    /** 1: a picture; 2: a film and no picture. */
    has_photo: flag(),
    language: word(35),
    at: time(),
    received_at: time(),
    reply_to: text(),
    reply_hash: word(64),
    /** Whom it answers, where that is known. */
    reply_source: word(26),
    /** shown, held (on its blog), kept (out of timelines, by a guard), removed. */
    state: word(10),
    /** waiting to be brought into timelines, done, old (for profiles), or quiet: beyond what its source may bring in an hour. */
    spread: word(10),
  },
  indexes: [
    { name: "p_timeline_items_id", columns: ["id"], unique: true },
    { name: "p_timeline_items_key", columns: ["key_hash"], unique: true },
    { name: "p_timeline_items_url", columns: ["url_hash"] },
    { name: "p_timeline_items_reply", columns: ["reply_hash", "at"] },
    { name: "p_timeline_items_source", columns: ["source_id", "at", "number"] },
    { name: "p_timeline_items_local", columns: ["is_local", "at", "number"] },
    { name: "p_timeline_items_place", columns: ["place_id", "at", "number"] },
  ],
};

/** What stands in somebody's timeline. */
const entries: TableShape = {
  name: "p_timeline_entries",
  columns: {
    account_id: primary(ref()),
    number: primary(int()),
    blog_id: ref(),
    /** The source one follows that brought it. */
    source_id: ref(),
    at: time(),
    /** As of the item. */
    has_photo: flag(),
  },
  indexes: [
    { name: "p_timeline_entries_at", columns: ["account_id", "at", "number"] },
    { name: "p_timeline_entries_photo", columns: ["account_id", "has_photo", "at", "number"] },
    { name: "p_timeline_entries_source", columns: ["account_id", "source_id", "number"] },
  ],
};

const mentions: TableShape = {
  name: "p_timeline_mentions",
  columns: { account_id: primary(ref()), number: primary(int()), blog_id: ref(), at: time() },
  indexes: [{ name: "p_timeline_mentions_at", columns: ["account_id", "at", "number"] }],
};

const follows: TableShape = {
  name: "p_timeline_follows",
  columns: { account_id: primary(ref()), source_id: primary(ref()), blog_id: ref(), at: time() },
  indexes: [{ name: "p_timeline_follows_source", columns: ["source_id", "account_id"] }],
};

/** What somebody does not want to see. */
const mutes: TableShape = {
  name: "p_timeline_mutes",
  columns: {
    id: key(),
    number: int(0),
    blog_id: ref(),
    account_id: ref(),
    /** person (handle), domain, word. */
    kind: word(10),
    value: line(200),
    is_block: flag(),
    hides_replies: flag(),
    until_at: optional(time()),
    created_at: time(),
  },
  indexes: [{ name: "p_timeline_mutes_account", columns: ["account_id", "id"] }],
};

/** How far somebody has read, the same on all devices. */
const markers: TableShape = {
  name: "p_timeline_markers",
  columns: {
    account_id: primary(ref()),
    channel: primary(word(40)),
    blog_id: ref(),
    number: int(0),
    at: time(),
    marked_at: time(),
    /** Milliseconds: which of two marks is the later. */
    marked: double(),
  },
};

const choices: TableShape = {
  name: "p_timeline_choices",
  columns: { account_id: primary(ref()), blog_id: ref(), replies: word(10) },
};

/** Feeds that somebody brought to follow, and how far that is. */
const lists: TableShape = {
  name: "p_timeline_lists",
  columns: {
    id: key(),
    blog_id: ref(),
    account_id: ref(),
    entries: text(),
    total: int(0),
    done: int(0),
    followed: int(0),
    known: int(0),
    missed: text(),
  },
  indexes: [{ name: "p_timeline_lists_account", columns: ["account_id"] }],
};

export const tables: readonly TableShape[] = [sources, items, entries, mentions, follows, mutes, markers, choices, lists];
