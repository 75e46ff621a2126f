import { flag, int, key, line, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** A bookmark as lists and searches need it; the post with the same id is the bookmark itself. */
const marks: TableShape = {
  name: "p_bookmarks_marks",
  columns: {
    id: key(),
    blog_id: ref(),
    account_id: ref(),
    /** The post's number. */
    number: int(0),
    url: text(),
    title: line(500),
    /** Names of tags, as a JSON list. */
    tags: text(),
    /** Title, address and tags in small letters, for the search. */
    words: text(),
    /** kept, away (its post is in the trash). */
    status: word(16),
    is_public: flag(),
    /** waiting, kept, failed, none. */
    copy_state: word(16),
    /** Why there is no copy, as the end of a key of the locales. */
    copy_reason: word(40),
    tries: int(0),
    saved_at: time(),
  },
  indexes: [
    { name: "p_bookmarks_marks_list", columns: ["account_id", "status", "saved_at", "id"] },
    { name: "p_bookmarks_marks_blog", columns: ["blog_id", "id"] },
  ],
};

const tags: TableShape = {
  name: "p_bookmarks_tags",
  columns: { mark_id: primary(ref()), tag: primary(line(50)), blog_id: ref(), account_id: ref(), saved_at: time() },
  indexes: [{ name: "p_bookmarks_tags_list", columns: ["account_id", "tag", "saved_at", "mark_id"] }],
};

/** What can be read of a page, as it was when it was fetched. */
const copies: TableShape = {
  name: "p_bookmarks_copies",
  columns: {
    id: key(),
    blog_id: ref(),
    title: line(500),
    author: line(500),
    site: line(500),
    language: line(35),
    html: text(),
    fetched_at: time(),
  },
};

const highlights: TableShape = {
  name: "p_bookmarks_highlights",
  columns: {
    id: key(),
    blog_id: ref(),
    account_id: ref(),
    mark_id: ref(),
    quote: text(),
    /** The words before it: which of several equal places is meant. */
    lead: text(),
    created_at: time(),
  },
  indexes: [
    { name: "p_bookmarks_highlights_list", columns: ["account_id", "id"] },
    { name: "p_bookmarks_highlights_mark", columns: ["mark_id", "id"] },
  ],
};

export const tables: readonly TableShape[] = [marks, tags, copies, highlights];
