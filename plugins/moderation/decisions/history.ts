import { marks, nowOf } from "../rows.ts";
import type { Own } from "../settings.ts";
import type { ActKind } from "./acts.ts";

/** One press of Apply. */
export type Decision = {
  readonly id: string;
  readonly caseId: string;
  readonly accountId: string;
  readonly byId: string;
  readonly reason: string;
  readonly url: string;
  readonly title: string;
  readonly at: string;
  readonly until: string | null;
  readonly keyHash: string;
  readonly isTold: boolean;
};

/** One tick of it. */
export type Action = {
  readonly id: string;
  readonly decisionId: string;
  readonly accountId: string;
  readonly kind: ActKind;
  readonly subjectId: string;
  readonly placeId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly state: "pending" | "active" | "undoing" | "undone" | "ended" | "failed";
  readonly at: string;
  readonly until: string | null;
  readonly undoneAt: string | null;
  readonly undoneBy: string;
};

type Row = Record<string, string | number | null>;
type Place = Pick<Own, "tables">;
const columns = "id, case_id, account_id, by_id, reason, url, title, at, until_at, key_hash, is_told";
const ofActions = "id, decision_id, account_id, kind, subject_id, place_id, data, state, at, until_at, undone_at, undone_by";

export async function decisionById(place: Place, id: string): Promise<Decision | null> {
  return (await decisionsWhere(place, "id = ?", [id]))[0] ?? null;
}

/** What was decided about somebody, the newest first. */
export const decisionsAbout = (place: Place, accountId: string) => decisionsWhere(place, "account_id = ?", [accountId]);

/** What was decided in cases, the newest first. */
export async function decisionsIn(place: Place, caseIds: readonly string[]): Promise<readonly Decision[]> {
  return caseIds.length === 0 ? [] : decisionsWhere(place, `case_id IN (${marks(caseIds.length)})`, caseIds, 500);
}

/** Whether something was decided in a case. */
export async function hasDecision(place: Place, caseId: string): Promise<boolean> {
  return (await decisionsWhere(place, "case_id = ?", [caseId])).length > 0;
}

/** The actions of decisions, in their order. */
export async function actionsOf({ tables }: Place, decisionIds: readonly string[]): Promise<readonly Action[]> {
  if (decisionIds.length === 0) return [];
  const sql = `SELECT ${ofActions} FROM p_moderation_actions WHERE decision_id IN (${marks(decisionIds.length)}) ORDER BY decision_id, id`;
  return (await tables.query<Row>(sql, decisionIds)).map(actionFrom);
}

export async function actionById({ tables }: Place, id: string): Promise<Action | null> {
  const [row] = await tables.query<Row>(`SELECT ${ofActions} FROM p_moderation_actions WHERE id = ?`, [id]);
  return row ? actionFrom(row) : null;
}

/** Other actions of the same kind about the same, as long as they are in force; the oldest first. */
export async function othersInForce(context: Own, { id, kind, subjectId }: Action): Promise<readonly Action[]> {
  const sql = `SELECT ${ofActions} FROM p_moderation_actions
    WHERE subject_id = ? AND state IN ('pending', 'active') AND kind = ? AND id <> ? AND (until_at IS NULL OR until_at > ?) ORDER BY id LIMIT 10`;
  return (await context.tables.query<Row>(sql, [subjectId, kind, id, nowOf(context)])).map(actionFrom);
}

/** Keeps what is needed to take an action back. */
export async function keepData({ tables }: Place, id: string, data: object): Promise<void> {
  await tables.run("UPDATE p_moderation_actions SET data = ? WHERE id = ?", [JSON.stringify(data), id]);
}

/** Actions whose time is over, or that a crash left half taken back. */
export async function actionsToEnd({ tables }: Place, now: string): Promise<readonly Action[]> {
  const from = `SELECT ${ofActions} FROM p_moderation_actions`;
  const over = `${from} WHERE state = 'active' AND until_at IS NOT NULL AND until_at <= ? ORDER BY until_at LIMIT 200`;
  const half = `${from} WHERE state = 'undoing' ORDER BY id LIMIT 200`;
  return [...(await tables.query<Row>(over, [now])), ...(await tables.query<Row>(half))].map(actionFrom);
}

async function decisionsWhere(
  { tables }: Place,
  where: string,
  values: readonly string[],
  limit = 50,
): Promise<readonly Decision[]> {
  const sql = `SELECT ${columns} FROM p_moderation_decisions WHERE ${where} ORDER BY id DESC LIMIT ${limit}`;
  return (await tables.query<Row>(sql, values)).map(decisionFrom);
}

const text = (row: Row, name: string): string => String(row[name] ?? "");
const orNull = (row: Row, name: string): string | null => (row[name] === null ? null : text(row, name));

function decisionFrom(row: Row): Decision {
  return {
    id: text(row, "id"),
    caseId: text(row, "case_id"),
    accountId: text(row, "account_id"),
    byId: text(row, "by_id"),
    reason: text(row, "reason"),
    url: text(row, "url"),
    title: text(row, "title"),
    at: text(row, "at"),
    until: orNull(row, "until_at"),
    keyHash: text(row, "key_hash"),
    isTold: Number(row.is_told) === 1,
  };
}

function actionFrom(row: Row): Action {
  return {
    id: text(row, "id"),
    decisionId: text(row, "decision_id"),
    accountId: text(row, "account_id"),
    kind: text(row, "kind") as ActKind,
    subjectId: text(row, "subject_id"),
    placeId: text(row, "place_id"),
    data: JSON.parse(text(row, "data")) as Action["data"],
    state: text(row, "state") as Action["state"],
    at: text(row, "at"),
    until: orNull(row, "until_at"),
    undoneAt: orNull(row, "undone_at"),
    undoneBy: text(row, "undone_by"),
  };
}
