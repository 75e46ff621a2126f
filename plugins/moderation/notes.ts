import type { Account } from "rookery/plugin";
import { PublicError } from "rookery/plugin";
import { idOf, insert, nowOf, typed } from "./rows.ts";
import type { Own } from "./settings.ts";

export type Note = { readonly id: string; readonly by: string; readonly note: string; readonly at: string };

/** What moderators wrote to each other about somebody or something, the newest first. */
export async function notesOf({ tables }: Pick<Own, "tables">, subject: string): Promise<readonly Note[]> {
  const sql = "SELECT id, by_id, note, at FROM p_moderation_notes WHERE subject = ? ORDER BY id DESC LIMIT 50";
  const rows = await tables.query<Record<"id" | "by_id" | "note" | "at", string>>(sql, [subject]);
  return rows.map(({ id, by_id: by, note, at }) => ({ id, by, note, at }));
}

/** Writes a note. PublicError 422 for nothing, and for more than 2,000 letters. */
export async function addNote(context: Own, by: Account, subject: string, said: string): Promise<void> {
  const note = typed(said, 2_000);
  if (note === "") throw new PublicError("no-note", "Write something.", 422);
  if ([...said].length > 2_000) throw new PublicError("long-note", "A note has 2,000 letters at most.", 422);
  await insert(context, "notes", [{ id: idOf(context), subject, by_id: by.id, note, at: nowOf(context) }]);
}
