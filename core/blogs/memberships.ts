import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import type { Principal } from "../hooks/scope.ts";
import type { Blog } from "../hooks/values.ts";
import type { Actor, BlogRole } from "../people/permissions.ts";
import { upsert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { blogColumns, blogFrom, type Hub } from "./blog.ts";

/** What somebody is on a blog. */
export type Membership = { readonly blogId: string; readonly accountId: string; readonly role: BlogRole };

/** Gives somebody a role on a blog. PublicError 409 when that takes the last owner's. */
export async function grant(db: Transaction, membership: Membership, now: Date): Promise<void> {
  if (membership.role !== "owner") await refuseLastOwner(db, membership.blogId, membership.accountId);
  const row = {
    blog_id: membership.blogId,
    account_id: membership.accountId,
    role: membership.role,
    created_at: stamp(now),
  };
  await upsert(db, "memberships", row, ["blog_id", "account_id"]);
}

/** Takes somebody's role on a blog away; false when they had none. PublicError 409 for the last owner. */
export async function revoke(db: Transaction, blogId: string, accountId: string): Promise<boolean> {
  await refuseLastOwner(db, blogId, accountId);
  return (await db.run("DELETE FROM memberships WHERE blog_id = ? AND account_id = ?", [blogId, accountId])) > 0;
}

/** Somebody's role on a blog; null for a stranger. */
export async function roleOn(storage: Storage, blogId: string, accountId: string): Promise<BlogRole | null> {
  const rows = await storage.query("SELECT role FROM memberships WHERE blog_id = ? AND account_id = ?", [blogId, accountId]);
  return rows[0] ? (rows[0].role as BlogRole) : null;
}

/** Who acts on a blog, for `can`. */
export async function actorOn(storage: Storage, principal: Principal, blogId: string): Promise<Actor> {
  const blogRole = principal.accountId === null ? null : await roleOn(storage, blogId, principal.accountId);
  return { principal, blogRole };
}

/** The people of a blog, in the order they came; at most 200. */
export async function membersOf(storage: Storage, blogId: string): Promise<readonly Membership[]> {
  const sql = "SELECT blog_id, account_id, role FROM memberships WHERE blog_id = ? ORDER BY created_at, account_id LIMIT 200";
  return (await storage.query(sql, [blogId])).map((row) => ({
    blogId: String(row.blog_id),
    accountId: String(row.account_id),
    role: row.role as BlogRole,
  }));
}

/** The blogs somebody has a role on, with the role, by host; at most 200. */
export async function blogsOf(storage: Storage, accountId: string, hub: Hub): Promise<readonly { blog: Blog; role: BlogRole }[]> {
  const rows = await storage.query(
    `SELECT m.role, ${blogColumns} FROM memberships m JOIN blogs b ON b.id = m.blog_id
     WHERE m.account_id = ? AND b.state = 'active' ORDER BY b.host LIMIT 200`,
    [accountId],
  );
  return rows.map((row) => ({ blog: blogFrom(row, hub), role: row.role as BlogRole }));
}

async function refuseLastOwner(db: Transaction, blogId: string, accountId: string): Promise<void> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const owners = await db.query<{ account_id: string }>(
    `SELECT m.account_id FROM memberships m LEFT JOIN accounts a ON a.id = m.account_id
     WHERE m.blog_id = ? AND m.role = 'owner' AND COALESCE(a.state, '') <> 'deleted'${lock}`,
    [blogId],
  );
  if (owners.length === 1 && owners[0]!.account_id === accountId)
    throw new PublicError("blog.last-owner", "This is the blog's last owner; make somebody else an owner first.", 409);
}
