import { stamp } from "../clock.ts";
import type { Json } from "../hooks/values.ts";
import { insert } from "../storage/rows.ts";
import type { Bindable, Row, Storage, Transaction } from "../storage/storage.ts";

/** One line of the log of who did what. `subject` names the thing; `detail` holds facts, never secrets. */
export type AuditEntry = {
  /** Dotted: `sign-in`, `plugin.enabled`, `role.changed`. */
  readonly action: string;
  readonly subject: string;
  readonly accountId?: string | null;
  readonly blogId?: string | null;
  readonly detail?: Readonly<Record<string, Json>>;
  readonly via: string;
  readonly address?: string;
};

/** A line as it was written. */
export type AuditLine = Required<AuditEntry> & { readonly id: number; readonly at: string };

/** The columns of a line, of a table called `l`. */
export const auditColumns = "l.id, l.at, l.account_id, l.blog_id, l.action, l.subject, l.detail, l.via, l.address";

/** Writes one line, in the transaction of the fact. Lines are never changed, only removed after a year. */
export async function audit(db: Transaction, entry: AuditEntry, now: Date): Promise<void> {
  await insert(db, "audit_log", [
    {
      at: stamp(now),
      account_id: entry.accountId ?? null,
      blog_id: entry.blogId ?? null,
      action: entry.action.slice(0, 64),
      subject: entry.subject.slice(0, 300),
      detail: JSON.stringify(entry.detail ?? {}),
      via: entry.via.slice(0, 100),
      address: (entry.address ?? "").slice(0, 45),
    },
  ]);
}

/** The latest lines, of one blog or account when named, going on before a line; 30 unless told, at most 100. */
export async function auditLines(
  storage: Storage,
  filter: { blogId?: string; accountId?: string; before?: number; limit?: number } = {},
): Promise<readonly AuditLine[]> {
  const wanted = { blog_id: filter.blogId, account_id: filter.accountId };
  const where = ["l.id < ?"];
  const values: Bindable[] = [filter.before ?? 2_147_483_647];
  for (const [column, value] of Object.entries(wanted)) {
    if (value === undefined) continue;
    where.push(`l.${column} = ?`);
    values.push(value);
  }
  const limit = Math.min(Math.max(filter.limit ?? 30, 1), 100);
  const rows = await storage.query(
    `SELECT ${auditColumns} FROM audit_log l WHERE ${where.join(" AND ")} ORDER BY l.id DESC LIMIT ${limit}`,
    values,
  );
  return rows.map(auditLineFrom);
}

/** Removes lines older than a year. */
export async function sweepAudit(db: Transaction, now: Date): Promise<number> {
  return db.run("DELETE FROM audit_log WHERE at < ?", [stamp(new Date(now.getTime() - 365 * 24 * 3600_000))]);
}

/** A row of `auditColumns` as a line. */
export function auditLineFrom(row: Row): AuditLine {
  return {
    id: Number(row.id),
    at: String(row.at),
    accountId: row.account_id === null ? null : String(row.account_id),
    blogId: row.blog_id === null ? null : String(row.blog_id),
    action: String(row.action),
    subject: String(row.subject),
    detail: JSON.parse(String(row.detail)) as Record<string, Json>,
    via: String(row.via),
    address: String(row.address),
  };
}
