import type { Bindable, Storage } from "../storage/storage.ts";
import { auditColumns, auditLineFrom, type AuditLine } from "./audit.ts";

/** Which lines of the log; what is left out does not matter. */
export type AuditFilter = {
  readonly blogId?: string;
  readonly accountId?: string;
  /** An action (`plugin.enabled`), or all that begin so (`plugin.`). */
  readonly action?: string;
  /** Only actions that begin with one of these: what a moderator may see. */
  readonly areas?: readonly string[];
  /** Moments: from this one on, and before that one. */
  readonly from?: string;
  readonly until?: string;
  /** Goes on with lines older than this one. */
  readonly before?: number;
  readonly limit?: number;
};

/** A line with the names of who and where, as far as they are still there. */
export type NamedLine = AuditLine & { readonly username: string; readonly host: string };

/** Lines of the log, the latest first; 30 unless told, at most 500. */
export async function searchAudit(storage: Storage, filter: AuditFilter): Promise<readonly NamedLine[]> {
  const where: string[] = [];
  const values: Bindable[] = [];
  const add = (condition: string, ...more: Bindable[]) => {
    where.push(condition);
    values.push(...more);
  };
  if (filter.before !== undefined) add("l.id < ?", filter.before);
  if (filter.blogId !== undefined) add("l.blog_id = ?", filter.blogId);
  if (filter.accountId !== undefined) add("l.account_id = ?", filter.accountId);
  for (const areas of [filter.action ? [filter.action] : [], filter.areas ?? []])
    if (areas.length > 0) add(`(${areas.map(conditionOf).join(" OR ")})`, ...areas.flatMap(valuesOf));
  if (filter.from) add("l.at >= ?", filter.from);
  if (filter.until) {
    // Numbers rise with time: what the index on time finds first bounds the walk through the numbers.
    const [edge] = await storage.query("SELECT id FROM audit_log WHERE at >= ? ORDER BY at, id LIMIT 1", [filter.until]);
    add("l.at < ?", filter.until);
    if (edge) add("l.id <= ?", Number(edge.id) + 1000);
  }
  const limit = Math.min(Math.max(filter.limit ?? 30, 1), 500);
  const condition = where.length > 0 ? `WHERE ${where.join(" AND ")}` : "";
  const rows = await storage.query(
    `SELECT ${auditColumns}, a.username, b.host FROM audit_log l LEFT JOIN accounts a ON a.id = l.account_id
     LEFT JOIN blogs b ON b.id = l.blog_id ${condition} ORDER BY l.id DESC LIMIT ${limit}`,
    values,
  );
  return rows.map((row) => ({ ...auditLineFrom(row), username: String(row.username ?? ""), host: String(row.host ?? "") }));
}

const conditionOf = (area: string): string => (area.endsWith(".") ? "(l.action >= ? AND l.action < ?)" : "l.action = ?");
// “plugin.” up to “plugin/”, for the slash follows the dot.
const valuesOf = (area: string): string[] => (area.endsWith(".") ? [area, `${area.slice(0, -1)}/`] : [area]);
