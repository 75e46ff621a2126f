import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import type { BlogRole } from "../people/permissions.ts";
import { update } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { grant, revoke } from "./memberships.ts";

/** A blog's people changed: whose role, by whom the blog goes on. */
export type RoleChange = { readonly blogId: string; readonly accountId: string; readonly role: BlogRole };

/** Gives one of a blog's people another role. PublicError 404 for a stranger, 409 when it would take the last owner's. */
export async function changeRole(db: Transaction, change: RoleChange, now: Date): Promise<void> {
  await refuseStranger(db, change.blogId, change.accountId);
  await grant(db, change, now);
  if (change.role !== "owner") await nameAnotherOwner(db, change.blogId, change.accountId, now);
}

/** Takes somebody off a blog; their keys for it stop. PublicError 404 for a stranger, 409 for the last owner. */
export async function removeMember(db: Transaction, blogId: string, accountId: string, now: Date): Promise<void> {
  if (!(await revoke(db, blogId, accountId))) throw stranger();
  await nameAnotherOwner(db, blogId, accountId, now);
  const sql = "UPDATE app_tokens SET revoked_at = ? WHERE account_id = ? AND blog_id = ? AND revoked_at IS NULL";
  await db.run(sql, [stamp(now), accountId, blogId]);
  await update(db, "accounts", { default_blog_id: null }, { id: accountId, default_blog_id: blogId });
}

/** Makes one of a blog's people the one it belongs to; whoever hands it over stays on as editor. PublicError 404 for a stranger. */
export async function transfer(
  db: Transaction,
  blogId: string,
  { from, to }: { from: string; to: string },
  now: Date,
): Promise<void> {
  await refuseStranger(db, blogId, to);
  await grant(db, { blogId, accountId: to, role: "owner" }, now);
  await update(db, "blogs", { owner_id: to, updated_at: stamp(now) }, { id: blogId });
  const [own] = await db.query("SELECT role FROM memberships WHERE blog_id = ? AND account_id = ?", [blogId, from]);
  if (from !== to && own?.role === "owner") await grant(db, { blogId, accountId: from, role: "editor" }, now);
}

/** A blog that would be nobody's without somebody. */
export type SoleBlog = { readonly id: string; readonly host: string; readonly title: string; readonly state: string };

/** The blogs of which somebody is the only owner. */
export async function soleBlogsOf(db: Pick<Transaction, "query">, accountId: string): Promise<readonly SoleBlog[]> {
  return db.query<SoleBlog>(
    `SELECT b.id, b.host, b.title, b.state FROM memberships m JOIN blogs b ON b.id = m.blog_id
     WHERE m.account_id = ? AND m.role = 'owner' AND NOT EXISTS (SELECT 1 FROM memberships o JOIN accounts a ON a.id = o.account_id
       WHERE o.blog_id = m.blog_id AND o.role = 'owner' AND o.account_id <> m.account_id AND a.state <> 'deleted') ORDER BY b.host`,
    [accountId],
  );
}

/** Gives the blogs that somebody shares with other owners into those owners' name. */
export async function handOver(db: Transaction, accountId: string, now: Date): Promise<void> {
  const rows = await db.query("SELECT id FROM blogs WHERE owner_id = ?", [accountId]);
  for (const row of rows) await nameAnotherOwner(db, String(row.id), accountId, now);
}

// A blog's mails and address stand in one owner's name; when it was theirs, the owner who came first has it from now on.
async function nameAnotherOwner(db: Transaction, blogId: string, accountId: string, now: Date): Promise<void> {
  const [next] = await db.query(
    `SELECT m.account_id FROM memberships m JOIN accounts a ON a.id = m.account_id
     WHERE m.blog_id = ? AND m.role = 'owner' AND m.account_id <> ? AND a.state <> 'deleted' ORDER BY m.created_at, m.account_id LIMIT 1`,
    [blogId, accountId],
  );
  if (next) {
    const set = { owner_id: String(next.account_id), updated_at: stamp(now) };
    await update(db, "blogs", set, { id: blogId, owner_id: accountId });
  }
}

async function refuseStranger(db: Transaction, blogId: string, accountId: string): Promise<void> {
  const rows = await db.query("SELECT role FROM memberships WHERE blog_id = ? AND account_id = ?", [blogId, accountId]);
  if (rows.length === 0) throw stranger();
}

const stranger = () => new PublicError("blog.stranger", "This person is not one of the blog's people.", 404);
