import { stamp } from "../../clock.ts";
import type { Scope } from "../../hooks/scope.ts";
import { update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { askCopies } from "./follow-post.ts";
import { addSyndication } from "./syndication.ts";
import { keyOf, type Copy } from "./target-rows.ts";

/** Somebody looked at the service: a copy that was unknown is there, at an address or (empty) without one. */
export async function confirmCopy(scope: Scope, db: Transaction, copy: Copy, url: string): Promise<void> {
  const safe = url.length <= 2000 && URL.canParse(url) ? url : "";
  const row = { state: "sent", reason: "", attempts: 0, url: safe, updated_at: stamp(scope.clock.now()) };
  if ((await update(db, "post_targets", row, { ...keyOf(copy), state: "unknown" })) === 0) return;
  if (safe !== "") await addSyndication(scope, db, copy.postId, safe);
}

/** Somebody looked at the service: a copy that was unknown is not there, so it is sent as if for the first time. */
export async function sendAgain(scope: Scope, db: Transaction, copy: Copy): Promise<void> {
  const where = { ...keyOf(copy), state: "unknown" };
  if ((await update(db, "post_targets", { attempts: 0 }, where)) > 0) await askCopies(scope, db, [copy], "send");
}
