import { PublicError } from "../../../core/errors.ts";
import type { Blog } from "../../../core/hooks/values.ts";
import { takeAttempt } from "../../../core/people/attempts.ts";
import { mailLater } from "../../../core/people/mail/mail-later.ts";
import { invitationDays, invite, type Invitation } from "../../../core/residents/joining/invitations.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";

/** To what somebody is invited, and by which road: to an e-mail address, or (null) by a link to copy. */
export type Invited = { readonly blog: Blog | null; readonly role: Invitation["role"]; readonly email: string | null };

const day = 86_400;

/**
 * Makes an invitation in the caller's transaction and mails its link where an address was given; gives the link. PublicError 422
 * for an address that is none, 429 after 50 in a day.
 */
export async function sendInvitation(request: AdminRequest, db: Transaction, invited: Invited): Promise<string> {
  const { house, scope } = request;
  const account = signedIn(request);
  const now = scope.clock.now();
  const wait = await takeAttempt(db, { [`invitation account ${account.id}`]: { size: 50, seconds: day } }, now);
  if (wait > 0) throw new PublicError("invitation.too-many", "That is 50 invitations; go on tomorrow.", 429, { wait });
  const { blog, role, email } = invited;
  const wanted = { blogId: blog?.id ?? null, role, email, isMailed: email !== null, accountId: account.id };
  const { token } = await invite(db, wanted, now);
  const link = new URL(`/invitation?token=${token}`, house.site.url).href;
  await noteAct(request, db, { action: "invitation.made", subject: email ?? "", blogId: blog?.id ?? null, detail: { role } });
  if (email !== null) {
    const about: Record<string, string> = blog
      ? { blog: blog.title, address: blog.url, role: request.t(`people.role-${role}`) }
      : {};
    const values = { inviter: account.name, link, days: invitationDays, ...about };
    const template = blog ? "invitation-blog" : "invitation";
    const until = new Date(now.getTime() + invitationDays * day * 1000);
    await mailLater(house, db, { to: email.trim().toLowerCase(), template, language: request.language, until, values });
  }
  return link;
}
