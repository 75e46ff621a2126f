import type { Account } from "rookery/plugin";
import type { Standing } from "./api.ts";
import { nowOf } from "./rows.ts";
import type { Own } from "./settings.ts";

/** How somebody stands: which actions about them are in force. */
export async function standingOf(context: Own, accountId: string): Promise<Standing> {
  const [kinds, person] = await Promise.all([inForce(context, accountId), context.people.standing(accountId)]);
  return { isLimited: kinds.has("limit"), isHeld: kinds.has("hold"), isSuspended: person?.state === "suspended" };
}

/** The kinds of actions in force about somebody. */
export async function inForce(context: Own, accountId: string): Promise<ReadonlySet<string>> {
  const rows = await context.tables.query<{ kind: string }>(
    "SELECT kind FROM p_moderation_actions WHERE account_id = ? AND state = 'active' AND kind IN ('limit', 'hold', 'suspend') AND (until_at IS NULL OR until_at > ?)",
    [accountId, nowOf(context)],
  );
  return new Set(rows.map(({ kind }) => kind));
}

/** Whether an action about a post, reply or host is in force. */
export async function isMarked({ tables }: Pick<Own, "tables">, subjectId: string, kind: string): Promise<boolean> {
  const sql = "SELECT id FROM p_moderation_actions WHERE subject_id = ? AND state IN ('pending', 'active') AND kind = ? LIMIT 1";
  return (await tables.query(sql, [subjectId, kind])).length > 0;
}

/** Whether a moderator may decide about somebody: not about themselves, and about other moderators only as an admin. */
export function mayDecideOn(by: Account, about: Account | null): boolean {
  if (!about) return true;
  const isOfTheDesk = about.role === "moderator" || about.role === "admin";
  return about.id !== by.id && (!isOfTheDesk || by.role === "admin");
}
