import type { Category } from "../api.ts";
import { idOf, insertOnce, nowOf, typed } from "../rows.ts";
import type { Own } from "../settings.ts";
import { targetKey, type Target } from "./target.ts";

/** All reports of one target, until somebody closes it. */
export type Case = Target & {
  readonly id: string;
  readonly targetKey: string;
  readonly categories: readonly string[];
  readonly isOpen: boolean;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly closedBy: string;
  readonly isTold: boolean;
};

type Row = Record<string, string | number | null>;
const columns =
  "id, target_key, kind, number, subject_id, place_id, account_id, url, title, categories, state, opened_at, closed_at, closed_by, is_told";

/** The open case of a target, made when there is none. */
export async function openCase(context: Own, target: Target): Promise<Case> {
  const key = targetKey(target);
  const row = {
    id: idOf(context),
    open_key: key,
    target_key: key,
    kind: target.kind,
    number: target.number,
    subject_id: target.subjectId,
    place_id: target.placeId,
    account_id: target.accountId,
    url: target.url,
    title: typed(target.title, 200),
    categories: "",
    state: "open",
    opened_at: nowOf(context),
    closed_at: null,
    closed_by: "",
    is_told: 0,
  };
  for (let tries = 0; tries < 3; tries++) {
    const [found] = await context.tables.query<Row>(`SELECT ${columns} FROM p_moderation_cases WHERE open_key = ?`, [key]);
    if (found) return caseFrom(found);
    await insertOnce(context, "cases", row, "open_key");
  }
  throw new Error(`The case of ${target.url} was opened and closed at once`);
}

export async function caseById({ tables }: Pick<Own, "tables">, id: string): Promise<Case | null> {
  const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_moderation_cases WHERE id = ?`, [id]);
  return row ? caseFrom(row) : null;
}

/** The open case of a target; null when there is none. */
export async function openCaseOf({ tables }: Pick<Own, "tables">, target: Target): Promise<Case | null> {
  const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_moderation_cases WHERE open_key = ?`, [targetKey(target)]);
  return row ? caseFrom(row) : null;
}

/** Open cases, the oldest first; all, or those that were reported under a category or are about somebody. */
export async function openCases(
  { tables }: Pick<Own, "tables">,
  wish: { readonly after: string; readonly category: Category | null; readonly person: string },
  limit: number,
): Promise<readonly Case[]> {
  // No category is a part of another one.
  const asked: readonly (readonly [string, string])[] = [
    ["id > ?", wish.after],
    ...(wish.category ? [["categories LIKE ?", `%${wish.category}%`] as const] : []),
    ...(wish.person === "" ? [] : [["account_id = ?", wish.person] as const]),
  ];
  const where = asked.map(([one]) => ` AND ${one}`).join("");
  const sql = `SELECT ${columns} FROM p_moderation_cases WHERE state = 'open'${where} ORDER BY id LIMIT ${limit}`;
  const values = asked.map(([, value]) => value);
  return (await tables.query<Row>(sql, values)).map(caseFrom);
}

/** Closed cases, the one closed last first; `before` is the closing time and id of the last one shown, with a space between. */
export async function closedCases({ tables }: Pick<Own, "tables">, before: string, limit: number): Promise<readonly Case[]> {
  const [at, id] = before === "" ? ["9", "~"] : (before.split(" ") as [string, string]);
  const sql = `SELECT ${columns} FROM p_moderation_cases
    WHERE state = 'closed' AND (closed_at < ? OR (closed_at = ? AND id < ?)) ORDER BY closed_at DESC, id DESC LIMIT ${limit}`;
  return (await tables.query<Row>(sql, [at, at, id])).map(caseFrom);
}

/** Cases about somebody, or about a target of nobody here, the newest first. */
export async function earlierCases(
  { tables }: Pick<Own, "tables">,
  { accountId, key }: { accountId: string; key: string },
): Promise<readonly Case[]> {
  const [column, value] = accountId === "" ? ["target_key", key] : ["account_id", accountId];
  const sql = `SELECT ${columns} FROM p_moderation_cases WHERE ${column} = ? ORDER BY id DESC LIMIT 20`;
  return (await tables.query<Row>(sql, [value!])).map(caseFrom);
}

/** How many wait, 41 at most. */
export async function waiting({ tables }: Pick<Own, "tables">): Promise<number> {
  return (await tables.query("SELECT id FROM p_moderation_cases WHERE state = 'open' ORDER BY id LIMIT 41")).length;
}

/**
 * Closes a case and writes that down, with a job that tells those who reported; false when somebody was quicker. All of it or nothing,
 * also together with what is decided where it is called within a transaction.
 */
export async function closeCase(context: Own, id: string, by: string, reason: string): Promise<boolean> {
  const at = nowOf(context);
  return context.tables.write(async () => {
    const changed = await context.tables.run(
      "UPDATE p_moderation_cases SET state = 'closed', open_key = ?, closed_at = ?, closed_by = ? WHERE id = ? AND state = 'open'",
      [id, at, by, id],
    );
    if (changed === 0) return false;
    await context.enqueue("tell-reporters", { caseId: id }, { key: `tell-reporters ${id}` });
    await context.audit({ action: "case-closed", subject: id, accountId: by, detail: { reason: reason.slice(0, 500) } });
    return true;
  });
}

function caseFrom(row: Row): Case {
  const text = (name: string) => String(row[name] ?? "");
  return {
    id: text("id"),
    targetKey: text("target_key"),
    kind: text("kind") as Case["kind"],
    number: Number(row.number),
    subjectId: text("subject_id"),
    placeId: text("place_id"),
    accountId: text("account_id"),
    url: text("url"),
    title: text("title"),
    categories: text("categories").split(" ").filter(Boolean),
    isOpen: row.state === "open",
    openedAt: text("opened_at"),
    closedAt: row.closed_at === null ? null : text("closed_at"),
    closedBy: text("closed_by"),
    isTold: Number(row.is_told) === 1,
  };
}
