import type { Scope } from "../hooks/scope.ts";
import type { Interaction } from "../hooks/values.ts";
import { hashOf } from "../posts/permalink.ts";
import { interactionColumns, interactionFrom } from "./interaction.ts";

/** A row as it is stored; "deleted" ones stay as a mark that their source is not wanted, and nobody sees them. */
export type StoredInteraction = Omit<Interaction, "state"> & { readonly state: Interaction["state"] | "deleted" };

/** Whether nobody but the receive door may know of it. */
export const isGone = ({ state }: StoredInteraction): boolean => state === "deleted";

/** The row of a source, deleted ones too; null when there is none. */
export async function storedBySource(scope: Scope, blogId: string, source: string, lock = ""): Promise<StoredInteraction | null> {
  const sql = `SELECT ${interactionColumns} FROM interactions WHERE blog_id = ? AND source_hash = ?${lock}`;
  const rows = await scope.storage.query(sql, [blogId, hashOf(source.slice(0, 2048))]);
  return rows[0] ? interactionFrom(rows[0]) : null;
}

/** The row that an interaction changes: that of its source, else of the one it had until now; null when there is none. */
export async function storedFor(
  scope: Scope,
  { blogId, sourceUrl }: Pick<Interaction, "blogId" | "sourceUrl">,
  movedFrom: string | undefined,
): Promise<StoredInteraction | null> {
  const known = await storedBySource(scope, blogId, sourceUrl);
  return known ?? (movedFrom === undefined ? null : storedBySource(scope, blogId, movedFrom));
}

/** Whether two versions of an interaction say the same: then nobody need decide about it again. */
export const saysTheSame = (before: StoredInteraction, now: Interaction): boolean =>
  before.html === now.html &&
  before.kind === now.kind &&
  before.postId === now.postId &&
  before.author.name === now.author.name &&
  before.author.url === now.author.url;
