import { drafts as bounds } from "./bounds.ts";
import type { Own } from "./own.ts";
import { tidy } from "./text/read-text.ts";

/** Something begun: `number` is what it answers, 0 a mention. */
export type Draft = { readonly number: number; readonly source: string; readonly updatedAt: string };

/** What somebody began to write to an item; empty for nothing. */
export async function draftOf({ tables }: Own, accountId: string, number: number): Promise<string> {
  const [row] = await tables.query("SELECT source FROM p_replies_drafts WHERE account_id = ? AND number = ?", [
    accountId,
    number,
  ]);
  return String(row?.source ?? "");
}

/** Keeps what was typed; nothing at all takes the draft away. The oldest make room. */
export async function keepDraft(context: Own, accountId: string, number: number, text: string): Promise<void> {
  const { tables, clock } = context;
  const source = tidy(text);
  if (source === "") return dropDraft(context, accountId, number);
  const now = clock.now().toISOString();
  const key = [accountId, number] as const;
  const change = "UPDATE p_replies_drafts SET source = ?, updated_at = ? WHERE account_id = ? AND number = ?";
  if ((await tables.run(change, [source, now, ...key])) === 0) {
    const insert = "INSERT INTO p_replies_drafts (account_id, number, blog_id, source, updated_at) VALUES (?, ?, '', ?, ?)";
    // Two tabs at once, or MariaDB, which counts no row where nothing changes: the one that is there is changed.
    await tables.run(insert, [...key, source, now]).catch(() => tables.run(change, [source, now, ...key]));
  }
  const rows = await draftsOf(context, accountId);
  const last = rows.at(-1);
  if (rows.length > bounds.most && last)
    await tables.run("DELETE FROM p_replies_drafts WHERE account_id = ? AND updated_at <= ? AND number <> ?", [
      accountId,
      last.updatedAt,
      number,
    ]);
}

export async function dropDraft({ tables }: Own, accountId: string, number: number): Promise<void> {
  await tables.run("DELETE FROM p_replies_drafts WHERE account_id = ? AND number = ?", [accountId, number]);
}

/** All of somebody's drafts, the last one first. */
export async function draftsOf({ tables }: Own, accountId: string): Promise<readonly Draft[]> {
  const rows = await tables.query<{ number: number; source: string; updated_at: string }>(
    `SELECT number, source, updated_at FROM p_replies_drafts WHERE account_id = ? ORDER BY updated_at DESC, number LIMIT ${bounds.most + 1}`,
    [accountId],
  );
  return rows.map(({ number, source, updated_at: updatedAt }) => ({ number, source, updatedAt }));
}
