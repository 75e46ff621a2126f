import { stamp } from "../../clock.ts";
import { upsert } from "../../storage/rows.ts";
import type { Row, Storage, Transaction } from "../../storage/storage.ts";

/** What a standing is about. */
export type Subject = "account" | "blog";

/** Why an account or blog is not active, since when, and when it is erased (only what was deleted). */
export type Standing = {
  readonly reason: string;
  /** Who did it; null for the system. */
  readonly accountId: string | null;
  /** The account that a blog went along with. */
  readonly causeId: string | null;
  /** What becomes of a deleted person's posts on other people's blogs. */
  readonly options: { readonly theirs?: "erase" | "leave" };
  readonly changedAt: string;
  readonly eraseAt: string | null;
};

/** Days in which a deletion can be called back. */
export const graceDays = 30;

/** When something deleted now is erased. */
export function eraseTime(now: Date): Date {
  return new Date(now.getTime() + graceDays * 86_400_000);
}

/** Writes down why something is not active. */
export async function noteStanding(
  db: Transaction,
  subject: readonly [Subject, string],
  about: Partial<Omit<Standing, "changedAt">>,
  now: Date,
): Promise<void> {
  const row = {
    kind: subject[0],
    subject_id: subject[1],
    reason: (about.reason ?? "").slice(0, 2000),
    account_id: about.accountId ?? null,
    cause_id: about.causeId ?? null,
    options: JSON.stringify(about.options ?? {}),
    changed_at: stamp(now),
    erase_at: about.eraseAt ?? null,
  };
  await upsert(db, "standings", row, ["kind", "subject_id"]);
}

/** Forgets why something was not active: it is again, or it is gone. */
export async function forgetStanding(db: Transaction, [kind, id]: readonly [Subject, string]): Promise<void> {
  await db.run("DELETE FROM standings WHERE kind = ? AND subject_id = ?", [kind, id]);
}

/** Why something is not active; null while it is. */
export async function standingOf(
  storage: Pick<Storage, "query">,
  [kind, id]: readonly [Subject, string],
): Promise<Standing | null> {
  const sql = `SELECT ${columns} FROM standings WHERE kind = ? AND subject_id = ?`;
  const rows = await storage.query(sql, [kind, id]);
  return rows[0] ? standingFrom(rows[0]) : null;
}

/** The blogs that went along with an account. */
export async function wentAlong(storage: Pick<Storage, "query">, accountId: string): Promise<readonly string[]> {
  const rows = await storage.query("SELECT subject_id FROM standings WHERE cause_id = ? AND kind = 'blog'", [accountId]);
  return rows.map((row) => String(row.subject_id));
}

const columns = "reason, account_id, cause_id, options, changed_at, erase_at";

function standingFrom(row: Row): Standing {
  return {
    reason: String(row.reason),
    accountId: row.account_id === null ? null : String(row.account_id),
    causeId: row.cause_id === null ? null : String(row.cause_id),
    options: JSON.parse(String(row.options)) as Standing["options"],
    changedAt: String(row.changed_at),
    eraseAt: row.erase_at === null ? null : String(row.erase_at),
  };
}
