import type { Own } from "../own.ts";
import type { ReplyRow } from "./reply-row.ts";

/** Columns that change after a reply was written down. */
type Change = Partial<
  Record<
    | "number"
    | "state"
    | "reason"
    | "is_due"
    | "attempts"
    | "source"
    | "html"
    | "once"
    | "words"
    | "text_hash"
    | "wants_copy"
    | "copy_blog"
    | "copy_post"
    | "copy_url"
    | "copy_hash"
    | "removed_at",
    string | number | null
  >
>;

/**
 * Changes what is to be delivered anew: whatever job is at work meanwhile does not count it as done. False when it was removed meanwhile; with a
 * `revision`, also when anything else changed it.
 */
export async function changeWords(
  { tables, clock }: Own,
  { id, revision }: Pick<ReplyRow, "id"> & { readonly revision?: number },
  change: Change,
): Promise<boolean> {
  const names = Object.keys(change);
  const [where, value] = revision === undefined ? ["state <> ?", "removed"] : ["revision = ?", revision];
  const changed = await tables.run(
    `UPDATE p_replies_replies SET ${names.map((name) => `${name} = ?, `).join("")}is_due = 1, attempts = 0, revision = revision + 1, updated_at = ? WHERE id = ? AND ${where}`,
    [...Object.values(change), clock.now().toISOString(), id, value],
  );
  return changed > 0;
}

/** Has it brought once more as it is now, whoever thinks that it is done. */
export async function dueAgain({ tables, clock }: Own, { id }: Pick<ReplyRow, "id">): Promise<void> {
  await tables.run("UPDATE p_replies_replies SET is_due = 1, updated_at = ? WHERE id = ?", [clock.now().toISOString(), id]);
}

/** Notes how far delivering is, unless the words were changed meanwhile; false then. */
export async function note(
  { tables, clock }: Own,
  { id, revision }: Pick<ReplyRow, "id" | "revision">,
  change: Change,
): Promise<boolean> {
  const names = Object.keys(change);
  const changed = await tables.run(
    `UPDATE p_replies_replies SET ${names.map((name) => `${name} = ?, `).join("")}updated_at = ? WHERE id = ? AND revision = ?`,
    [...Object.values(change), clock.now().toISOString(), id, revision],
  );
  return changed > 0;
}
