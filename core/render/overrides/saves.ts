import type { Scope } from "../../hooks/scope.ts";
import type { Row, Transaction } from "../../storage/storage.ts";
import { PublicError } from "../../errors.ts";
import { copyKey, type CopyKey, type CopyName } from "./copy-key.ts";

/** One save of a copy. */
export type CopySave = {
  readonly number: number;
  readonly accountId: string;
  readonly at: string;
  readonly length: number;
  readonly isActive: boolean;
  readonly isDraft: boolean;
};

/** Saves of one template that are kept. */
const mostKept = 100;

/** The saves of a template, newest first, also of a copy that was removed. */
export async function copyHistory(scope: Scope, name: CopyName): Promise<readonly CopySave[]> {
  const key = copyKey(scope, name);
  const sql =
    "SELECT s.number, s.account_id, s.created_at, LENGTH(s.source) AS length, o.state, o.version, o.draft_version FROM template_saves s " +
    "LEFT JOIN theme_overrides o ON o.blog_id = s.blog_id AND o.theme = s.theme AND o.template = s.template " +
    "WHERE s.blog_id = ? AND s.theme = ? AND s.template = ? ORDER BY s.number DESC LIMIT 101";
  const rows = await scope.storage.query(sql, [key.blog_id, key.theme, key.template]);
  return rows.map((row) => ({
    number: Number(row.number),
    accountId: String(row.account_id),
    at: String(row.created_at),
    length: Number(row.length),
    isActive: row.state === "active" && row.version === row.number,
    isDraft: row.draft_version === row.number,
  }));
}

/** The source of one save; PublicError 404 when it is not kept. */
export async function savedSource(scope: Scope, name: CopyName, number: number): Promise<string> {
  return sourceOfSave(scope, copyKey(scope, name), number);
}

/** The source of one save by the row's key. */
export async function sourceOfSave(scope: Scope, key: CopyKey, number: number): Promise<string> {
  const sql = "SELECT source FROM template_saves WHERE blog_id = ? AND theme = ? AND template = ? AND number = ?";
  // An address may ask for any number, and MariaDB knows none that is infinite.
  const isNumber = Number.isSafeInteger(number);
  const [row] = isNumber ? await scope.storage.query(sql, [key.blog_id, key.theme, key.template, number]) : [];
  if (!row) throw new PublicError("theme.no-save", "This save is not kept any more.", 404);
  return String(row.source);
}

/** The highest number that was ever given to a save of this template. */
export async function lastNumber(db: Transaction, key: CopyKey, row: Row | null): Promise<number> {
  const sql = "SELECT MAX(number) AS number FROM template_saves WHERE blog_id = ? AND theme = ? AND template = ?";
  const [found] = await db.query(sql, [key.blog_id, key.theme, key.template]);
  return Math.max(Number(found?.number ?? 0), Number(row?.version ?? 0), Number(row?.draft_version ?? 0));
}

/** Forgets saves beyond the hundredth; never the one that counts. */
export async function forgetOldSaves(db: Transaction, key: CopyKey, newest: number): Promise<void> {
  if (newest <= mostKept) return;
  const active = "SELECT version FROM theme_overrides WHERE blog_id = ? AND theme = ? AND template = ? AND state <> 'removed'";
  const same = [key.blog_id, key.theme, key.template];
  const [row] = await db.query(active, same);
  const sql = "DELETE FROM template_saves WHERE blog_id = ? AND theme = ? AND template = ? AND number <= ? AND number <> ?";
  await db.run(sql, [...same, newest - mostKept, Number(row?.version ?? 0)]);
}
