import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Interaction } from "../hooks/values.ts";
import { announceEvent } from "../jobs/announce.ts";
import { update } from "../storage/rows.ts";
import { isGone, type StoredInteraction } from "./by-source.ts";
import { interactionColumns, interactionFrom } from "./interaction.ts";

/** Shows, holds or hides an interaction: the owner's decision, told as `interaction.decided`. False when there is none. */
export async function decide(scope: Scope, id: string, state: Interaction["state"]): Promise<boolean> {
  const before = await stored(scope, id);
  if (!before || isGone(before)) return false;
  if (before.state === state) return true;
  const told = { interaction: { ...before, state }, before: before.state as Interaction["state"] };
  const isDecided = await scope.storage.write(async (db) => {
    const key = { id, blog_id: blogOf(scope).id, state: before.state };
    if ((await update(db, "interactions", { state, updated_at: stamp(scope.clock.now()) }, key)) === 0) return false;
    await announceEvent(scope, db, "interaction.decided", told);
    await scope.touch(db, blogOf(scope).id);
    return true;
  });
  // Deleted, or decided by somebody else, since it was looked at.
  if (!isDecided) return decide(scope, id, state);
  await scope.taps.event(scope, "interaction.decided", told);
  return true;
}

/** Deletes an interaction for good: its source can be sent again and does not come back. False when there is none. */
export async function deleteInteraction(scope: Scope, id: string): Promise<boolean> {
  const before = await stored(scope, id);
  if (!before || isGone(before)) return false;
  await setDeleted(scope, before, true);
  return true;
}

/** Takes a deletion back, as long as the words have not been swept; the interaction waits as held or hidden, or is shown again. */
export async function undelete(scope: Scope, id: string, state: Interaction["state"]): Promise<boolean> {
  const before = await deletedById(scope, id);
  if (!before) return false;
  await setDeleted(scope, { ...before, state }, false);
  return true;
}

/** An interaction that was deleted and can still be taken back; null when there is none. */
export async function deletedById(scope: Scope, id: string): Promise<Interaction | null> {
  const found = await stored(scope, id);
  return found && isGone(found) && found.author.name !== "" ? (found as Interaction) : null;
}

/** Empties what was deleted more than an hour ago: what stays is the mark that its source is not wanted. Gives how many. */
export async function sweepDeleted(scope: Pick<Scope, "storage" | "clock">): Promise<number> {
  const before = stamp(new Date(scope.clock.now().getTime() - 3_600_000));
  return scope.storage.write((db) =>
    db.run(
      "UPDATE interactions SET html = '', author_name = '', author_url = '', author_photo = '', author_hash = NULL, account_id = NULL, " +
        "properties = '{}' WHERE state = 'deleted' AND updated_at < ? AND author_name <> ''",
      [before],
    ),
  );
}

async function setDeleted(scope: Scope, interaction: StoredInteraction, isDeleted: boolean): Promise<void> {
  const name = isDeleted ? "interaction.removed" : "interaction.received";
  const told = { interaction: interaction as Interaction };
  const state = isDeleted ? "deleted" : interaction.state;
  await scope.storage.write(async (db) => {
    const change = { state, updated_at: stamp(scope.clock.now()) };
    await update(db, "interactions", change, { id: interaction.id, blog_id: blogOf(scope).id });
    await announceEvent(scope, db, name, told);
    await scope.touch(db, blogOf(scope).id);
  });
  await scope.taps.event(scope, name, told);
}

async function stored(scope: Scope, id: string): Promise<StoredInteraction | null> {
  const sql = `SELECT ${interactionColumns} FROM interactions WHERE id = ? AND blog_id = ?`;
  const [row] = await scope.storage.query(sql, [id, blogOf(scope).id]);
  return row ? interactionFrom(row) : null;
}
