import { PublicError } from "../../../core/errors.ts";
import { revokeInvitation } from "../../../core/residents/joining/invitations.ts";
import { one } from "../../fields.ts";
import { onBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { sendInvitation } from "../invitation/send.ts";
import { noteAct } from "../people/audited.ts";
import { blogRoles, listMembers } from "./list.ts";

/** Invites somebody to a role on a blog: by mail, or with a link that is shown once. */
export async function inviteToBlog(request: AdminRequest) {
  const { blog, scope, at, t } = await onBlog(request, "blog.manage");
  const { fields } = await request.form();
  const email = one(fields, "email") || null;
  const role = blogRoles.find((name) => name === one(fields, "role"));
  // An owner is made of somebody who is there, not of whoever holds a link.
  if (!role || role === "owner") return listMembers(request, { errors: { role: t("people.role-wrong") }, sent: fields });
  try {
    const link = await scope.storage.write((db) => sendInvitation(request, db, { blog, role, email }));
    if (email === null || request.house.settings.smtpUrl === null) return await listMembers(request, { link });
    return request.redirect(at("/settings/people#invitations"), t("people.invited", { email }));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return listMembers(request, { errors: { email: sentenceFor(request, error) }, sent: fields });
  }
}

/** Takes an invitation to a blog back. */
export async function takeBackFromBlog(request: AdminRequest) {
  const { blog, scope, at, t } = await onBlog(request, "blog.manage");
  const id = request.params.id ?? "";
  const isDone = await scope.storage.write(async (db) => {
    const done = await revokeInvitation(db, id, { blogId: blog.id });
    if (done) await noteAct(request, db, { action: "invitation.revoked", subject: id, blogId: blog.id });
    return done;
  });
  return request.redirect(at("/settings/people#invitations"), t(isDone ? "people.revoked" : "people.not-open"));
}
