import { isUlid } from "rookery/plugin";
import type { Notified, NotifiedPage } from "../api.ts";
import { dotted } from "../kinds.ts";
import type { Own } from "../settings.ts";

type Row = Readonly<Record<string, string | null>>;
const columns = "id, kind, text, url, from_name, from_url, from_avatar, at, read_at";

/** What somebody was told, the newest first; `before` is the id to go on from. 30 unless told, 100 at most. */
export async function noticesOf(
  { tables }: Own,
  accountId: string,
  { before, limit = 30 }: { readonly before?: string; readonly limit?: number } = {},
): Promise<NotifiedPage> {
  if (before !== undefined && !isUlid(before)) return { notices: [], next: null };
  const count = Math.min(Math.max(Math.trunc(limit) || 1, 1), 100);
  const rows = await tables.query<Row>(
    `SELECT ${columns} FROM p_notifications_notices WHERE account_id = ? AND is_listed = 1${before === undefined ? "" : " AND id < ?"}
     ORDER BY id DESC LIMIT ${count + 1}`,
    [accountId, ...(before === undefined ? [] : [before])],
  );
  const notices = rows.slice(0, count).map(shown);
  return { notices, next: rows.length > count ? notices.at(-1)!.id : null };
}

/** One of somebody's notices; null for nobody's or another's. */
export async function noticeOf({ tables }: Own, accountId: string, id: string): Promise<Notified | null> {
  if (!isUlid(id)) return null;
  const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_notifications_notices WHERE id = ? AND account_id = ?`, [
    id,
    accountId,
  ]);
  return row ? shown(row) : null;
}

/** Whether something of the kinds that have a dot was not read yet. */
export async function hasUnread({ tables }: Own, accountId: string): Promise<boolean> {
  const rows = await tables.query(
    `SELECT id FROM p_notifications_notices WHERE account_id = ? AND is_listed = 1 AND read_at IS NULL
     AND kind IN (${dotted.map((kind) => `'${kind}'`).join(", ")}) ORDER BY id DESC LIMIT 1`,
    [accountId],
  );
  return rows.length > 0;
}

/** Marks one as read, or all up to one and itself. */
export async function markRead(
  { tables, clock }: Own,
  accountId: string,
  which: { readonly id: string } | { readonly upTo: string },
): Promise<void> {
  const [id, sign] = "id" in which ? [which.id, "="] : [which.upTo, "<="];
  if (!isUlid(id)) return;
  await tables.run(`UPDATE p_notifications_notices SET read_at = ? WHERE account_id = ? AND read_at IS NULL AND id ${sign} ?`, [
    clock.now().toISOString(),
    accountId,
    id,
  ]);
}

function shown(row: Row): Notified {
  return {
    id: String(row.id),
    kind: String(row.kind),
    text: String(row.text),
    url: String(row.url),
    from: row.from_name ? { name: row.from_name, url: String(row.from_url), avatar: String(row.from_avatar) } : null,
    at: String(row.at),
    isRead: row.read_at !== null,
  };
}
