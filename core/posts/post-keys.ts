import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { hashOf } from "./permalink.ts";
import { postById } from "./read.ts";

/** Under which hash a sender's key is remembered: everybody's keys on every blog are apart. */
export function keyHash(scope: Scope, key: string): string {
  return hashOf(`${blogOf(scope).id} ${scope.principal.accountId ?? ""} ${key}`);
}

/** The post that a key of the scope's own account made on this blog, in whatever state; null for a key never used. */
export async function postByKey(scope: Scope, key: string): Promise<Post | null> {
  const rows = await scope.storage.query("SELECT post_id FROM post_keys WHERE key_hash = ?", [keyHash(scope, key)]);
  return rows[0] ? postById(scope, String(rows[0].post_id)) : null;
}
