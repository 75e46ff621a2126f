import { marks } from "../storage/rows.ts";
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
  const limit = Math.min(Math.max(filter.limit ?? 30, 1), 500);
  const where = await whereOf(storage, filter);
  if (where === null) return [];
  const areas = [filter.action ? [filter.action] : [], filter.areas ?? []].filter((one) => one.length > 0);
  if (areas.length > 0 && filter.blogId === undefined && filter.accountId === undefined) {
    const ids = await idsOfAreas(storage, areas, where, limit);
    return ids.length === 0 ? [] : read(storage, { sql: [`l.id IN (${marks(ids.length)})`], values: ids }, limit);
  }
  for (const area of areas) add(where, anyOf(area), ...area.flatMap(valuesOf));
  return read(storage, where, limit);
}

type Where = { readonly sql: string[]; readonly values: Bindable[] };

// Numbers rise with time, but for clocks that differ by a little: what the index on time finds bounds the walk through them.
const slack = 1000;

async function whereOf(storage: Storage, filter: AuditFilter): Promise<Where | null> {
  const where: Where = { sql: [], values: [] };
  if (filter.before !== undefined) add(where, "l.id < ?", filter.before);
  if (filter.blogId !== undefined) add(where, "l.blog_id = ?", filter.blogId);
  if (filter.accountId !== undefined) add(where, "l.account_id = ?", filter.accountId);
  const first = async (at: string) => {
    const [row] = await storage.query("SELECT id FROM audit_log WHERE at >= ? ORDER BY at, id LIMIT 1", [at]);
    return row ? Number(row.id) : null;
  };
  if (filter.from) {
    const edge = await first(filter.from);
    if (edge === null) return null;
    add(where, "l.at >= ? AND l.id >= ?", filter.from, edge - slack);
  }
  if (filter.until) {
    const edge = await first(filter.until);
    add(where, "l.at < ?", filter.until);
    if (edge !== null) add(where, "l.id <= ?", edge + slack);
  }
  return where;
}

// Many lines may have actions of an area, and sorting them all would take long: each action's latest come from an index instead.
async function idsOfAreas(
  storage: Storage,
  areas: readonly (readonly string[])[],
  where: Where,
  limit: number,
): Promise<number[]> {
  const asked = areas.map(anyOf).join(" AND ");
  const found = await storage.query(
    `SELECT DISTINCT l.action FROM audit_log l WHERE ${asked} LIMIT 200`,
    areas.flat().flatMap(valuesOf),
  );
  if (found.length === 0) return [];
  const also = where.sql.map((condition) => ` AND ${condition}`).join("");
  const one = `SELECT id FROM (SELECT l.id FROM audit_log l WHERE l.action = ?${also} ORDER BY l.id DESC LIMIT ${limit}) latest`;
  const rows = await storage.query(
    `${found.map(() => one).join(" UNION ALL ")} ORDER BY id DESC LIMIT ${limit}`,
    found.flatMap(({ action }) => [String(action), ...where.values]),
  );
  return rows.map((row) => Number(row.id));
}

async function read(storage: Storage, { sql, values }: Where, limit: number): Promise<NamedLine[]> {
  const rows = await storage.query(
    `SELECT ${auditColumns}, a.username, b.host FROM audit_log l LEFT JOIN accounts a ON a.id = l.account_id
     LEFT JOIN blogs b ON b.id = l.blog_id ${sql.length > 0 ? `WHERE ${sql.join(" AND ")}` : ""} ORDER BY l.id DESC LIMIT ${limit}`,
    values,
  );
  return rows.map((row) => ({ ...auditLineFrom(row), username: String(row.username ?? ""), host: String(row.host ?? "") }));
}

function add(where: Where, condition: string, ...values: Bindable[]): void {
  where.sql.push(condition);
  where.values.push(...values);
}

const anyOf = (area: readonly string[]): string => `(${area.map(conditionOf).join(" OR ")})`;
const conditionOf = (area: string): string => (area.endsWith(".") ? "(l.action >= ? AND l.action < ?)" : "l.action = ?");
// “plugin.” up to “plugin/”, for the slash follows the dot.
const valuesOf = (area: string): string[] => (area.endsWith(".") ? [area, `${area.slice(0, -1)}/`] : [area]);
