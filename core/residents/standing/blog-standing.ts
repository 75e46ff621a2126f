import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import { blogById } from "../../blogs/blogs.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import { tellFact } from "../../jobs/tell-facts.ts";
import { update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { audit } from "../../people/audit.ts";
import { eraseTime, forgetStanding, noteStanding } from "./standing.ts";

/** The job that erases a deleted blog when its time is over. */
export const eraseBlogJob = "erase-blog";

/** The blog in question, and why; `causeId` is the account it goes along with. */
export type BlogMove = { readonly id: string; readonly host: string; readonly reason?: string; readonly causeId?: string };

/** Takes a blog off the air: its pages answer 410 and nobody writes there. PublicError 409 when it is off the air already. */
export async function suspendBlog(scope: Scope, db: Transaction, blog: BlogMove): Promise<void> {
  const now = scope.clock.now();
  await move(scope, db, blog, ["active", "suspended"]);
  const { accountId } = scope.principal;
  await noteStanding(db, ["blog", blog.id], { reason: blog.reason ?? "", accountId, causeId: blog.causeId ?? null }, now);
  await log(scope, db, "blog.suspended", blog);
  await tell(scope, db, "blog.suspended", blog.id);
}

/** Puts a suspended blog on the air again. PublicError 409 when it is not suspended. */
export async function restoreBlog(scope: Scope, db: Transaction, blog: BlogMove): Promise<void> {
  await move(scope, db, blog, ["suspended", "active"]);
  await forgetStanding(db, ["blog", blog.id]);
  await log(scope, db, "blog.restored", blog);
  await tell(scope, db, "blog.restored", blog.id);
}

/** Deletes a blog: gone for readers at once, erased after 30 days unless it is called back. PublicError 409 when it is already. */
export async function deleteBlog(scope: Scope, db: Transaction, blog: BlogMove): Promise<void> {
  const now = scope.clock.now();
  const [row] = await db.query("SELECT state FROM blogs WHERE id = ?", [blog.id]);
  await move(scope, db, blog, [row?.state === "suspended" ? "suspended" : "active", "deleted"]);
  const eraseAt = eraseTime(now);
  const about = { reason: blog.reason ?? "", accountId: scope.principal.accountId, causeId: blog.causeId ?? null };
  await noteStanding(db, ["blog", blog.id], { ...about, eraseAt: stamp(eraseAt) }, now);
  const job = { pluginId: "core", name: eraseBlogJob, blogId: blog.id, data: { blogId: blog.id }, key: blog.id };
  await enqueue(db, { ...job, runAt: eraseAt });
  await log(scope, db, "blog.deleted", blog);
  await tell(scope, db, "blog.deleted", blog.id);
}

/** Calls a deleted blog back. PublicError 409 when it is not deleted (any more). */
export async function recallBlog(scope: Scope, db: Transaction, blog: BlogMove): Promise<void> {
  await move(scope, db, blog, ["deleted", "active"]);
  await forgetStanding(db, ["blog", blog.id]);
  await log(scope, db, "blog.recalled", blog);
  await tell(scope, db, "blog.recalled", blog.id);
}

type Told = "blog.deleted" | "blog.recalled" | "blog.suspended" | "blog.restored";

async function tell(scope: Scope, db: Transaction, name: Told, id: string): Promise<void> {
  const blog = await blogById(scope.storage, id, scope.site);
  if (blog) await tellFact({ ...scope, blog }, db, name, { blog });
}

async function move(
  scope: Scope,
  db: Transaction,
  blog: BlogMove,
  [from, to]: readonly [from: string, to: string],
): Promise<void> {
  const set = { state: to, updated_at: stamp(scope.clock.now()) };
  if ((await update(db, "blogs", set, { id: blog.id, state: from })) === 0)
    throw new PublicError("blog.state", `${blog.host} is not ${from} any more; look at it again.`, 409, { host: blog.host });
  await scope.touch(db, blog.id);
}

async function log(scope: Scope, db: Transaction, action: string, { id, host, reason }: BlogMove): Promise<void> {
  const { accountId } = scope.principal;
  const entry = { action, subject: host, accountId, blogId: id, via: scope.via, address: scope.address };
  await audit(db, { ...entry, detail: reason ? { reason } : {} }, scope.clock.now());
}
