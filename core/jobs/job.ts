/** What a job carries: plain JSON. */
export type JobData = string | number | boolean | null | readonly JobData[] | { readonly [key: string]: JobData };

/** `waiting` (also between tries), `running` under a lease, `dead` after its last try, `parked` while its plugin is off. */
export type JobState = "waiting" | "running" | "dead" | "parked";

/** Work to be done later, at least once. The core's own jobs carry the plugin id `core`. */
export type NewJob = {
  readonly pluginId: string;
  readonly name: string;
  readonly blogId: string | null;
  readonly data: JobData;
  /** Takes the place of a waiting job of the same plugin, name, blog and key; a running one goes on beside it. */
  readonly key?: string;
  readonly runAt: Date;
  /** Tries before it is dead; 6 unless told. */
  readonly attempts?: number;
};

/** A job that this process holds the lease of. */
export type LeasedJob = {
  readonly id: string;
  readonly pluginId: string;
  readonly name: string;
  readonly blogId: string | null;
  readonly data: JobData;
  /** Which try this is, from 1; tries that ended in a crash count. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly lease: string;
  readonly ownKey: string | null;
};

/** Columns of the jobs table that make a `LeasedJob`. */
export const leasedColumns = "id, plugin_id, name, blog_id, data, attempts, max_attempts, lease, own_key";

/** A row of `leasedColumns`. */
export type LeasedRow = {
  id: string;
  plugin_id: string;
  name: string;
  blog_id: string | null;
  data: string;
  attempts: number;
  max_attempts: number;
  lease: string;
  own_key: string | null;
};

/** The job of a claimed row. */
export function leasedJob(row: LeasedRow): LeasedJob {
  return {
    id: row.id,
    pluginId: row.plugin_id,
    name: row.name,
    blogId: row.blog_id,
    data: JSON.parse(row.data) as JobData,
    attempt: row.attempts,
    maxAttempts: row.max_attempts,
    lease: row.lease,
    ownKey: row.own_key,
  };
}
