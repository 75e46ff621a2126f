import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import { tellFact } from "../../jobs/tell-facts.ts";
import { update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { accountById, refuseLastAdmin, restore, suspend } from "../../people/accounts.ts";
import { audit } from "../../people/audit.ts";
import { handOver, soleBlogsOf } from "../../blogs/ownership.ts";
import { deleteBlog, recallBlog, restoreBlog, suspendBlog } from "./blog-standing.ts";
import { eraseTime, forgetStanding, noteStanding, standingOf, wentAlong } from "./standing.ts";

/** The job that erases a deleted account when its time is over. */
export const eraseAccountJob = "erase-account";

type Who = { readonly id: string; readonly username: string };

/** Keeps somebody out and says why; their own blogs stay on the air unless `withBlogs`. PublicError 409 for the last admin. */
export async function suspendAccount(
  scope: Scope,
  db: Transaction,
  who: Who,
  about: { reason: string; withBlogs: boolean },
): Promise<void> {
  await refuseOtherState(db, who, "active");
  await suspend(db, who.id, scope.clock.now());
  await noteStanding(db, ["account", who.id], { reason: about.reason, accountId: scope.principal.accountId }, scope.clock.now());
  if (about.withBlogs)
    for (const blog of await soleBlogsOf(db, who.id)) {
      if (blog.state === "active") await suspendBlog(scope, db, { ...blog, reason: about.reason, causeId: who.id });
    }
  await log(scope, db, "account.suspended", { ...who, reason: about.reason });
  await tell(scope, db, "account.suspended", who.id);
}

/** Lets a suspended person in again, with the blogs that went along. PublicError 409 when they are not suspended. */
export async function restoreAccount(scope: Scope, db: Transaction, who: Who): Promise<void> {
  await refuseOtherState(db, who, "suspended");
  await restore(db, who.id, scope.clock.now());
  for (const id of await wentAlong(db, who.id)) await restoreBlog(scope, db, await blogRow(db, id));
  await forgetStanding(db, ["account", who.id]);
  await log(scope, db, "account.restored", who);
  await tell(scope, db, "account.restored", who.id);
}

/**
 * Deletes an account: sessions end, keys sleep, blogs that are nobody else's are gone for readers, shared ones go to another
 * owner. Erased after 30 days unless the person calls it back. PublicError 409 for the last admin.
 */
export async function deleteAccount(scope: Scope, db: Transaction, who: Who, theirs: "erase" | "leave"): Promise<void> {
  const now = scope.clock.now();
  await refuseLastAdmin(db, who.id);
  await refuseOtherState(db, who, "active");
  for (const blog of await soleBlogsOf(db, who.id))
    if (blog.state !== "deleted") await deleteBlog(scope, db, { ...blog, causeId: who.id });
  await handOver(db, who.id, now);
  await update(db, "accounts", { state: "deleted", updated_at: stamp(now) }, { id: who.id });
  await db.run("DELETE FROM sessions WHERE account_id = ?", [who.id]);
  const eraseAt = eraseTime(now);
  const about = { accountId: who.id, options: { theirs }, eraseAt: stamp(eraseAt) };
  await noteStanding(db, ["account", who.id], about, now);
  const job = { pluginId: "core", name: eraseAccountJob, blogId: null, data: { accountId: who.id }, key: who.id };
  await enqueue(db, { ...job, runAt: eraseAt });
  await log(scope, db, "account.deleted", who);
  await tell(scope, db, "account.deleted", who.id);
}

/** Calls a deleted account back, with its blogs. PublicError 409 when it is not deleted or its time is over. */
export async function recallAccount(scope: Scope, db: Transaction, who: Who): Promise<void> {
  const now = scope.clock.now();
  const standing = await standingOf(db, ["account", who.id]);
  if (standing?.eraseAt && standing.eraseAt <= stamp(now))
    throw new PublicError("account.erased", "The 30 days are over; this account is being erased.", 409);
  await refuseOtherState(db, who, "deleted");
  await restore(db, who.id, now);
  for (const id of await wentAlong(db, who.id)) await recallBlog(scope, db, await blogRow(db, id));
  await forgetStanding(db, ["account", who.id]);
  await log(scope, db, "account.recalled", who);
  await tell(scope, db, "account.recalled", who.id);
}

// Pages that showed what they said there are made anew.
async function touchWhereTheyReplied(scope: Scope, db: Transaction, accountId: string): Promise<void> {
  for (const row of await db.query("SELECT DISTINCT blog_id FROM interactions WHERE account_id = ?", [accountId]))
    await scope.touch(db, String(row.blog_id));
}

type Told = "account.deleted" | "account.recalled" | "account.suspended" | "account.restored";

async function tell(scope: Scope, db: Transaction, name: Told, id: string): Promise<void> {
  await touchWhereTheyReplied(scope, db, id);
  const account = await accountById(scope.storage, id);
  if (account) await tellFact({ ...scope, blog: null }, db, name, { account });
}

// Locked, so that what is decided about somebody here is not decided otherwise at the same moment.
async function refuseOtherState(db: Transaction, who: Who, state: string): Promise<void> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const [row] = await db.query(`SELECT state FROM accounts WHERE id = ?${lock}`, [who.id]);
  if (row?.state !== state)
    throw new PublicError("account.state", `${who.username} is not ${state} any more; look at them again.`, 409, {
      name: who.username,
    });
}

async function blogRow(db: Transaction, id: string): Promise<{ id: string; host: string }> {
  const [row] = await db.query("SELECT host FROM blogs WHERE id = ?", [id]);
  return { id, host: String(row?.host) };
}

async function log(scope: Scope, db: Transaction, action: string, who: Who & { reason?: string }): Promise<void> {
  const entry = { action, subject: who.username, accountId: scope.principal.accountId, via: scope.via, address: scope.address };
  await audit(db, { ...entry, detail: who.reason ? { reason: who.reason } : {} }, scope.clock.now());
}
