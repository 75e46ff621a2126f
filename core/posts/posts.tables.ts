import { flag, int, key, line, optional, primary, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/** What people publish. `is_listed` says whether lists, feeds and archives show it. */
export const posts: TableShape = {
  name: "posts",
  columns: {
    id: key(),
    blog_id: ref(),
    author_id: ref(),
    kind: word(32),
    status: word(16),
    visibility: word(16),
    is_listed: flag(),
    slug: line(200),
    path: line(700),
    path_hash: word(64),
    title: line(500),
    summary: text(),
    format: word(16),
    source: text(),
    html: text(),
    language: word(35),
    properties: text(),
    version: int(),
    published_at: optional(time()),
    created_at: time(),
    updated_at: time(),
    deleted_at: optional(time()),
    /** Which road it came by first: `web`, `import`, an app's name. */
    via: optional(line(100)),
    /** What it was before it went into the trash. */
    trashed_from: optional(word(16)),
  },
  indexes: [
    { name: "posts_by_path", columns: ["blog_id", "path_hash"], unique: true },
    { name: "posts_listed", columns: ["blog_id", "is_listed", "published_at", "id"] },
    { name: "posts_by_status", columns: ["blog_id", "status", "updated_at", "id"] },
    { name: "posts_by_date", columns: ["blog_id", "status", "published_at", "id"] },
    { name: "posts_by_kind", columns: ["blog_id", "kind", "status", "published_at", "id"] },
    { name: "posts_due", columns: ["status", "published_at"] },
    { name: "posts_by_author", columns: ["author_id"] },
    { name: "posts_by_writer", columns: ["blog_id", "author_id", "is_listed", "published_at", "id"] },
  ],
};

/** What a post was after each publish, update, restore or import. */
export const revisions: TableShape = {
  name: "revisions",
  columns: {
    id: key(),
    post_id: ref(),
    blog_id: ref(),
    version: int(),
    reason: word(16),
    title: line(500),
    format: word(16),
    source: text(),
    properties: text(),
    account_id: ref(),
    via: line(100),
    created_at: time(),
    /** Summary, language and names of categories, as JSON. */
    details: optional(text()),
  },
  indexes: [{ name: "revisions_by_post", columns: ["post_id", "version"], unique: true }],
};

/** A blog's categories. */
export const categories: TableShape = {
  name: "categories",
  columns: { id: key(), blog_id: ref(), slug: line(200), name: line(200), description: text(), created_at: time() },
  indexes: [{ name: "categories_by_slug", columns: ["blog_id", "slug"], unique: true }],
};

/** Which post is in which category, with what a list needs to page through them. */
export const postCategories: TableShape = {
  name: "post_categories",
  columns: {
    post_id: primary(ref()),
    category_id: primary(ref()),
    blog_id: ref(),
    is_listed: flag(),
    published_at: optional(time()),
  },
  indexes: [
    { name: "post_categories_listed", columns: ["category_id", "is_listed", "published_at", "post_id"] },
    { name: "post_categories_by_date", columns: ["category_id", "published_at", "post_id"] },
  ],
};

/** How many listed posts a blog has in each month of its own zone: counted as they come and go, never by scanning. */
export const postMonths: TableShape = {
  name: "post_months",
  columns: { blog_id: primary(ref()), month: primary(word(7)), number: int() },
};

/** Keys of requests that made a post, so that a repeated request gives the same post. */
export const postKeys: TableShape = {
  name: "post_keys",
  columns: { key_hash: primary(word(64)), post_id: ref(), created_at: time() },
  indexes: [{ name: "post_keys_by_age", columns: ["created_at"] }],
};

/** Old addresses of posts that moved. */
export const redirects: TableShape = {
  name: "redirects",
  columns: { blog_id: primary(ref()), path_hash: primary(word(64)), path: line(700), target: line(700), created_at: time() },
  indexes: [{ name: "redirects_by_time", columns: ["blog_id", "created_at", "path_hash"] }],
};

/** One run of an importer. */
export const imports: TableShape = {
  name: "imports",
  columns: {
    id: key(),
    blog_id: ref(),
    account_id: ref(),
    kind: word(40),
    file: line(300),
    options: text(),
    state: word(16),
    progress: text(),
    report: text(),
    created_at: time(),
    finished_at: optional(time()),
  },
  indexes: [{ name: "imports_by_blog", columns: ["blog_id", "created_at"] }],
};

/** What an import made, by the source's own id: a second run skips it, an undo finds it. */
export const importItems: TableShape = {
  name: "import_items",
  columns: { blog_id: primary(ref()), source_hash: primary(word(64)), import_id: ref(), subject: word(16), subject_id: ref() },
  indexes: [
    { name: "import_items_by_import", columns: ["import_id", "subject_id"] },
    { name: "import_items_by_subject", columns: ["subject_id"] },
  ],
};

export const postTables = [
  posts,
  revisions,
  categories,
  postCategories,
  postMonths,
  postKeys,
  redirects,
  imports,
  importItems,
] as const;
