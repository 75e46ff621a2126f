import { flag, int, key, line, optional, primary, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/** Sites: one row a blog. */
export const blogs: TableShape = {
  name: "blogs",
  columns: {
    id: key(),
    host: word(253),
    title: line(200),
    description: text(),
    language: word(35),
    time_zone: word(64),
    theme: word(40),
    owner_id: ref(),
    state: word(16),
    settings: text(),
    created_at: time(),
    updated_at: time(),
  },
  indexes: [
    { name: "blogs_by_host", columns: ["host"], unique: true },
    { name: "blogs_by_owner", columns: ["owner_id"] },
    { name: "blogs_by_update", columns: ["updated_at"] },
  ],
};

/** Hosts that lead to a blog: its own and its custom domains. */
export const blogHosts: TableShape = {
  name: "blog_hosts",
  columns: { host: primary(word(253)), blog_id: ref(), state: word(16), is_main: flag(), token: word(64), created_at: time() },
  indexes: [{ name: "blog_hosts_by_blog", columns: ["blog_id"] }],
};

/** What the last look at a domain's records and web server found; `failing_since` while it does not lead here. */
export const domainChecks: TableShape = {
  name: "domain_checks",
  columns: {
    host: primary(word(253)),
    blog_id: ref(),
    checked_at: time(),
    is_proven: flag(),
    leads_here: flag(),
    found: text(),
    failing_since: optional(time()),
  },
  indexes: [
    { name: "domain_checks_by_blog", columns: ["blog_id"] },
    { name: "domain_checks_failing", columns: ["failing_since"] },
  ],
};

/** Who may do what on a blog. */
export const memberships: TableShape = {
  name: "memberships",
  columns: { blog_id: primary(ref()), account_id: primary(ref()), role: word(16), created_at: time() },
  indexes: [{ name: "memberships_by_account", columns: ["account_id"] }],
};

/** A number a blog (or "site"), moved when something shown changed: page caches of every process follow it. */
export const versions: TableShape = {
  name: "versions",
  columns: { scope: primary(word(40)), number: int(), changed_at: time() },
  indexes: [{ name: "versions_by_change", columns: ["changed_at"] }],
};

/** The installation's own settings. */
export const siteSettings: TableShape = {
  name: "site_settings",
  columns: { name: primary(word(100)), value: text(), updated_at: time() },
};

/** One blog's own copies of a theme's templates, and its look's settings. */
export const themeOverrides: TableShape = {
  name: "theme_overrides",
  columns: {
    blog_id: primary(ref()),
    theme: primary(word(40)),
    template: primary(word(120)),
    source: text(),
    state: word(16),
    reason: text(),
    version: int(),
    account_id: ref(),
    updated_at: time(),
    /** The theme's file as it was when it was copied; what a theme's update is compared with. */
    original: optional(text()),
    /** What was saved after the active source and does not count yet. */
    draft: optional(text()),
    draft_version: optional(int()),
  },
};

export const blogTables = [blogs, blogHosts, domainChecks, memberships, versions, siteSettings, themeOverrides] as const;
