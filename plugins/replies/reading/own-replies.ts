import type { OwnReply, OwnWish } from "../api.ts";
import type { Own } from "../own.ts";
import { rowsWhere } from "../rows/find.ts";
import { ownReply, type ReplyRow } from "../rows/reply-row.ts";

const [usual, largest] = [20, 200] as const;

/** What somebody wrote, the newest first; `next` is the `before` of the rest. */
export async function ownReplies(
  context: Own,
  accountId: string,
  { before, limit = usual, search = "" }: OwnWish = {},
): Promise<{ readonly items: readonly OwnReply[]; readonly next: number | null }> {
  const most = Math.min(Math.max(Math.trunc(limit) || 0, 0), largest);
  if (most === 0) return { items: [], next: null };
  const from = before === undefined ? "" : await idOf(context, accountId, before);
  if (from === null) return { items: [], next: null };
  const words = search.trim().slice(0, 200).toWellFormed().toLowerCase();
  const rows = await rowsWhere(
    context,
    `account_id = ? AND state <> 'removed' AND number > 0${from === "" ? "" : " AND id < ?"}${words === "" ? "" : " AND words LIKE ? ESCAPE '!'"} ` +
      `ORDER BY id DESC LIMIT ${most + 1}`,
    [accountId, ...(from === "" ? [] : [from]), ...(words === "" ? [] : [`%${words.replace(/[!%_]/g, "!$&")}%`])],
  );
  const items = rows.slice(0, most).map((row) => ownReply(context, row));
  return { items, next: rows.length > most ? items.at(-1)!.number : null };
}

/** The same as rows, undelivered ones too; `after` is the id of the last one seen. */
export async function ownRows(context: Own, accountId: string, after: string): Promise<readonly ReplyRow[]> {
  const more = after === "" ? "" : " AND id < ?";
  return rowsWhere(context, `account_id = ? AND state <> 'removed'${more} ORDER BY id DESC LIMIT ${usual + 1}`, [
    accountId,
    ...(after === "" ? [] : [after]),
  ]);
}

async function idOf(context: Own, accountId: string, number: number): Promise<string | null> {
  if (!Number.isInteger(number) || number < 1 || number > 2_147_483_647) return null;
  const [row] = await rowsWhere(context, "number = ? AND account_id = ? ORDER BY id LIMIT 1", [number, accountId]);
  return row?.id ?? null;
}
