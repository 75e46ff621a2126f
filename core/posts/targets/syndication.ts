import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Json, Properties } from "../../hooks/values.ts";
import { update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";

/**
 * Writes the address of a copy into its post, where themes and clients look for it (`syndication`). The version stays: an
 * editor that is open on the post must not find it changed.
 */
export async function addSyndication(scope: Scope, db: Transaction, postId: string, url: string): Promise<void> {
  await change(scope, db, postId, (known) => (known.includes(url) ? known : [...known, url]));
}

/** Takes the address of a copy that is gone out of its post again. */
export async function dropSyndication(scope: Scope, db: Transaction, postId: string, url: string): Promise<void> {
  await change(scope, db, postId, (known) => (known.includes(url) ? known.filter((one) => one !== url) : known));
}

async function change(
  scope: Scope,
  db: Transaction,
  postId: string,
  next: (known: readonly Json[]) => readonly Json[],
): Promise<void> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const [row] = await db.query(`SELECT properties FROM posts WHERE id = ?${lock}`, [postId]);
  if (!row) return;
  const properties = JSON.parse(String(row.properties)) as Properties;
  const known = [properties.syndication ?? []].flat() as readonly Json[];
  const changed = next(known);
  if (changed === known) return;
  const { syndication: _, ...rest } = properties;
  const kept = changed.length > 0 ? { ...rest, syndication: changed } : rest;
  await update(db, "posts", { properties: JSON.stringify(kept) }, { id: postId });
  await scope.touch(db, blogOf(scope).id);
}
