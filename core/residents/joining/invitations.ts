import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { ulid } from "../../ids.ts";
import { insert, update } from "../../storage/rows.ts";
import type { Row, Storage, Transaction } from "../../storage/storage.ts";
import { badEmail } from "../../people/accounts.ts";
import { cleanEmail } from "../../people/names.ts";
import type { BlogRole } from "../../people/permissions.ts";
import { secretToken, tokenHash } from "../../people/token-hash.ts";

/** Days in which an invitation can be accepted. */
export const invitationDays = 7;

/** What somebody is invited to: a role on a blog, or (without a blog) to be a member of the installation. */
export type Invitation = {
  readonly id: string;
  readonly blogId: string | null;
  readonly role: BlogRole | "member";
  readonly email: string | null;
  /** Whether the link went to that address: whoever has it has shown that the address is theirs. */
  readonly isMailed: boolean;
  readonly accountId: string;
  readonly state: "open" | "used" | "revoked";
  readonly usedBy: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
};

/** A new invitation. */
export type NewInvitation = Pick<Invitation, "blogId" | "role" | "email" | "isMailed" | "accountId">;

/** Makes an invitation; `token` is shown or mailed once, here. PublicError 422 for an e-mail address that is none. */
export async function invite(db: Transaction, wanted: NewInvitation, now: Date): Promise<{ id: string; token: string }> {
  const email = wanted.email === null ? null : cleanEmail(wanted.email);
  if (wanted.email !== null && email === null) throw badEmail();
  const token = secretToken();
  const id = ulid(now.getTime());
  const row = {
    id,
    token_hash: tokenHash(token),
    blog_id: wanted.blogId,
    role: wanted.role,
    email,
    is_mailed: wanted.isMailed,
    account_id: wanted.accountId,
    state: "open",
    used_by: null,
    used_at: null,
    created_at: stamp(now),
    expires_at: stamp(new Date(now.getTime() + invitationDays * 86_400_000)),
  };
  await insert(db, "invitations", [row]);
  return { id, token };
}

/** The invitation of a link. PublicError 410 says in words why it does not count any more, 404 that there is none. */
export async function openInvitation(storage: Pick<Storage, "query">, token: string, now: Date): Promise<Invitation> {
  const rows = await storage.query(`SELECT ${columns} FROM invitations WHERE token_hash = ?`, [tokenHash(token)]);
  if (!rows[0])
    throw new PublicError("invitation.unknown", "There is no such invitation: copy the whole link from the message.", 404);
  const found = invitationFrom(rows[0]);
  if (found.state === "used") throw used();
  if (found.state === "revoked")
    throw new PublicError("invitation.revoked", "This invitation was taken back. Ask whoever sent it for another.", 410);
  if (found.expiresAt <= stamp(now))
    throw new PublicError("invitation.over", "This invitation is over: each counts for 7 days. Ask for another.", 410);
  return found;
}

/** Uses an invitation up: of two that try at the same moment, one gets through; PublicError 410 for the other. */
export async function useInvitation(db: Transaction, id: string, accountId: string, now: Date): Promise<void> {
  const sql =
    "UPDATE invitations SET state = 'used', used_by = ?, used_at = ? WHERE id = ? AND state = 'open' AND expires_at > ?";
  if ((await db.run(sql, [accountId, stamp(now), id, stamp(now)])) === 0) throw used();
}

/** Takes an open invitation of a blog (null: of the installation) back; `by` only one's own. False when there is none. */
export async function revokeInvitation(
  db: Transaction,
  id: string,
  of: { blogId: string | null; by?: string },
): Promise<boolean> {
  const where = { id, blog_id: of.blogId, state: "open", ...(of.by !== undefined && { account_id: of.by }) };
  return (await update(db, "invitations", { state: "revoked" }, where)) > 0;
}

/** The open invitations of a blog (null: to the installation), the newest first; at most 100. */
export async function openInvitations(
  storage: Pick<Storage, "query">,
  of: { blogId: string | null; by?: string },
  now: Date,
): Promise<readonly Invitation[]> {
  const where = [of.blogId === null ? "blog_id IS NULL" : "blog_id = ?", "state = 'open'", "expires_at > ?"];
  const values = [...(of.blogId === null ? [] : [of.blogId]), stamp(now)];
  if (of.by !== undefined) {
    where.push("account_id = ?");
    values.push(of.by);
  }
  const sql = `SELECT ${columns} FROM invitations WHERE ${where.join(" AND ")} ORDER BY id DESC LIMIT 100`;
  return (await storage.query(sql, values)).map(invitationFrom);
}

/** Forgets invitations that have been over for a month. */
export async function sweepInvitations(db: Transaction, now: Date): Promise<number> {
  return db.run("DELETE FROM invitations WHERE expires_at < ?", [stamp(new Date(now.getTime() - 30 * 86_400_000))]);
}

const columns = "id, blog_id, role, email, is_mailed, account_id, state, used_by, created_at, expires_at";
const used = () =>
  new PublicError("invitation.used", "This invitation was used already; each counts once. Ask whoever sent it for another.", 410);

function invitationFrom(row: Row): Invitation {
  const optional = (value: Row[string] | undefined) => (value === null || value === undefined ? null : String(value));
  return {
    id: String(row.id),
    blogId: optional(row.blog_id),
    role: row.role as Invitation["role"],
    email: optional(row.email),
    isMailed: Number(row.is_mailed) === 1,
    accountId: String(row.account_id),
    state: row.state as Invitation["state"],
    usedBy: optional(row.used_by),
    createdAt: String(row.created_at),
    expiresAt: String(row.expires_at),
  };
}
