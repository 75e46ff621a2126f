import { makeBlogWithOwner } from "../../blogs/blogs.ts";
import { grant } from "../../blogs/memberships.ts";
import { PublicError } from "../../errors.ts";
import type { Blog } from "../../hooks/values.ts";
import type { Transaction } from "../../storage/storage.ts";
import { createAccount, setDefaultBlog } from "../../people/accounts.ts";
import { audit } from "../../people/audit.ts";
import type { BlogRole } from "../../people/permissions.ts";
import type { Person } from "../../people/person.ts";
import { useInvitation } from "./invitations.ts";

/** What somebody who signs up has told: themselves and, unless they want none, a blog at `USERNAME.<hub host>`. */
export type Newcomer = {
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly passwordHash: string;
  readonly language: string;
  readonly timeZone: string;
  /** The blog's title; null for no blog. */
  readonly title: string | null;
  readonly description: string;
  readonly theme: string;
  /** The invitation they came by. */
  readonly invitationId: string | null;
};

/** Where and how somebody came in. */
export type Arrival = {
  readonly hub: { readonly url: string };
  readonly via: string;
  readonly address: string;
  readonly now: Date;
};

/**
 * Makes the account, its blog and what the invitation promises, in the caller's transaction. PublicError 409 when a name was
 * taken meanwhile, 410 when the invitation was used meanwhile.
 */
export async function letIn(db: Transaction, wanted: Newcomer, arrival: Arrival): Promise<{ person: Person; blog: Blog | null }> {
  const { now, hub, via, address } = arrival;
  const { username, name, email, passwordHash, language, timeZone, title, description, theme } = wanted;
  const person = await createAccount(db, { username, name, email, passwordHash, language, timeZone }, now);
  const by = { accountId: person.id, via, address };
  await audit(db, { action: "account.created", subject: username, ...by }, now);
  if (wanted.invitationId !== null) await takeUp(db, wanted.invitationId, person, arrival);
  if (title === null) return { person, blog: null };
  const blog = await makeBlogWithOwner(
    db,
    { name: username, ownerId: person.id, title, description, theme, language, timeZone },
    hub,
    now,
  );
  await setDefaultBlog(db, person.id, blog.id, now);
  await audit(db, { action: "blog.created", subject: blog.host, blogId: blog.id, ...by }, now);
  return { person, blog };
}

/** Uses an invitation up for somebody and gives them the role it promises. PublicError 410 when it was used, 409 when they are there. */
export async function takeUp(
  db: Transaction,
  invitationId: string,
  person: Pick<Person, "id" | "username">,
  { now, via, address }: Arrival,
): Promise<{ blogId: string | null }> {
  await useInvitation(db, invitationId, person.id, now);
  const [row] = await db.query("SELECT blog_id, role FROM invitations WHERE id = ?", [invitationId]);
  const blogId = row?.blog_id === null ? null : String(row?.blog_id);
  if (blogId !== null) {
    const there = await db.query("SELECT role FROM memberships WHERE blog_id = ? AND account_id = ?", [blogId, person.id]);
    // An invitation as author must not take an owner's role away.
    if (there.length > 0) throw new PublicError("invitation.there", "You are one of this blog's people already.", 409);
    await grant(db, { blogId, accountId: person.id, role: String(row!.role) as BlogRole }, now);
  }
  const entry = { action: "invitation.accepted", subject: person.username, accountId: person.id, blogId, via, address };
  await audit(db, { ...entry, detail: { role: String(row!.role) } }, now);
  return { blogId };
}
