import { isUlid, ulid, type Account, type Context } from "rookery/plugin";

/** What is written down; the words of `log.<action>` in the locales. */
export const actions = [
  "pick",
  "change",
  "undo",
  "second",
  "confirm",
  "skip",
  "unskip",
  "leave-out",
  "let-in",
  "opt-out",
  "opt-in",
  "take-off",
  "topic-made",
  "topic-changed",
  "topic-removed",
] as const;
export type Action = (typeof actions)[number];

/** A line of the log. */
export type LogLine = {
  readonly id: string;
  readonly at: string;
  readonly byId: string;
  readonly action: Action;
  readonly subject: string;
  readonly aboutId: string;
  readonly reason: string;
};

/** Somebody who does something, and why. */
export type Actor = Pick<Account, "id" | "username">;
type Wish = { readonly action: Action; readonly subject: string; readonly aboutId?: string; readonly reason?: string };

/** Writes down who does what. Done before the deed: a crash between them leaves a line too many, never a deed without one. */
export async function note(context: Context, by: Actor, { action, subject, aboutId = "", reason = "" }: Wish): Promise<void> {
  const now = context.clock.now();
  await context.tables.run(
    "INSERT INTO p_discover_log (id, blog_id, at, by_id, action, subject, about_id, reason) VALUES (?, '', ?, ?, ?, ?, ?, ?)",
    [ulid(now.getTime()), now.toISOString(), by.id, action, subject, aboutId, reason],
  );
  await context.audit({ action, subject: subject.slice(0, 300), accountId: by.id, ...(reason && { detail: { reason } }) });
}

/** The log, the latest first, 50 lines; `before` is the id of a line. */
export async function logLines({ tables }: Context, before?: string): Promise<readonly LogLine[]> {
  const after = before && isUlid(before) ? before : "Z";
  const rows = await tables.query<Record<string, string>>(
    "SELECT id, at, by_id, action, subject, about_id, reason FROM p_discover_log WHERE id < ? ORDER BY id DESC LIMIT 50",
    [after],
  );
  return rows.map(({ id, at, by_id: byId, action, subject, about_id: aboutId, reason }) => ({
    id: id!,
    at: at!,
    byId: byId!,
    action: action as Action,
    subject: subject!,
    aboutId: aboutId!,
    reason: reason!,
  }));
}

/** Who picked something since a moment. */
export async function pickersSince({ tables }: Context, moment: string): Promise<readonly string[]> {
  const rows = await tables.query<{ by_id: string }>(
    "SELECT DISTINCT by_id FROM p_discover_log WHERE action IN ('pick', 'second') AND at >= ? LIMIT 200",
    [moment],
  );
  return rows.map(({ by_id: id }) => id);
}
