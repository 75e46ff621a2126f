import { flag, int, key, line, optional, primary, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/** What puts new posts into a category by itself: conditions as JSON, one filter a category. */
export const categoryFilters: TableShape = {
  name: "category_filters",
  columns: { category_id: primary(ref()), blog_id: ref(), match_all: flag(), conditions: text(), updated_at: time() },
  indexes: [{ name: "category_filters_by_blog", columns: ["blog_id"] }],
};

/** One run of a filter over the posts that are there: how far it is, so that it goes on after a crash. */
export const categoryRuns: TableShape = {
  name: "category_runs",
  columns: {
    id: key(),
    blog_id: ref(),
    category_id: ref(),
    account_id: ref(),
    match_all: flag(),
    conditions: text(),
    state: word(16),
    last_at: optional(time()),
    last_id: optional(ref()),
    seen: int(),
    changed: int(),
    total: int(),
    created_at: time(),
    finished_at: optional(time()),
  },
  indexes: [{ name: "category_runs_by_category", columns: ["category_id", "id"] }],
};

/** Addresses that a blog's people send elsewhere, each by its path. */
export const ownRedirects: TableShape = {
  name: "own_redirects",
  columns: {
    id: key(),
    blog_id: ref(),
    path_hash: word(64),
    path: line(700),
    target: text(),
    status: int(),
    account_id: ref(),
    created_at: time(),
  },
  indexes: [
    { name: "own_redirects_by_path", columns: ["blog_id", "path_hash"], unique: true },
    { name: "own_redirects_by_blog", columns: ["blog_id", "id"] },
  ],
};

export const siteTables = [categoryFilters, categoryRuns, ownRedirects] as const;
