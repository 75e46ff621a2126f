import { int, key, optional, primary, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/** Durable work, written in the same transaction as the fact it follows from: the outbox and the queue are one table. */
export const jobs: TableShape = {
  name: "jobs",
  columns: {
    id: key(),
    plugin_id: word(40),
    name: word(80),
    blog_id: optional(ref()),
    data: text(),
    // The key of a waiting or parked job; empty while it runs, so that a new waiting one may come.
    key_hash: optional(word(64)),
    // Where a running job keeps its key for the next try.
    own_key: optional(word(64)),
    state: word(12),
    attempts: int(),
    max_attempts: int(),
    run_at: time(),
    lease: optional(word(26)),
    // Running: the end of the lease. Parked: when it is given up.
    held_until: optional(time()),
    last_error: text(),
  },
  indexes: [
    { name: "jobs_due", columns: ["state", "run_at", "id"] },
    { name: "jobs_by_key", columns: ["key_hash"], unique: true },
    { name: "jobs_by_lease", columns: ["lease"] },
    { name: "jobs_by_plugin", columns: ["plugin_id", "blog_id"] },
    { name: "jobs_by_blog", columns: ["blog_id"] },
  ],
};

/** When each schedule runs next. */
export const schedules: TableShape = {
  name: "schedules",
  columns: { id: primary(word(160)), next_at: time(), last_at: optional(time()) },
  indexes: [{ name: "schedules_due", columns: ["next_at"] }],
};

export const jobTables = [jobs, schedules] as const;
