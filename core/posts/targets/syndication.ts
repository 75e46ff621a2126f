import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Json, Properties } from "../../hooks/values.ts";
import { update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";

/**
 * Writes the address of a copy into its post, where themes and clients look for it (`syndication`). The version stays: an
 * editor that is open on the post must not find it changed.
 */
export async function addSyndication(scope: Scope, db: Transaction, postId: string, url: string): Promise<void> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const [row] = await db.query(`SELECT properties FROM posts WHERE id = ?${lock}`, [postId]);
  if (!row) return;
  const properties = JSON.parse(String(row.properties)) as Properties;
  const known = [properties.syndication ?? []].flat() as readonly Json[];
  if (known.includes(url)) return;
  await update(db, "posts", { properties: JSON.stringify({ ...properties, syndication: [...known, url] }) }, { id: postId });
  await scope.touch(db, blogOf(scope).id);
}
