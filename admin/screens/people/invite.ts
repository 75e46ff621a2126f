import { PublicError } from "../../../core/errors.ts";
import { revokeInvitation } from "../../../core/residents/joining/invitations.ts";
import { one } from "../../fields.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { sendInvitation } from "../invitation/send.ts";
import { noteAct } from "./audited.ts";
import { listPeople } from "./list.ts";

/** Invites somebody to the installation: by mail, or with a link that is shown once. */
export async function invitePerson(request: AdminRequest) {
  const { house, t } = request;
  const { fields } = await request.form();
  const email = one(fields, "email") || null;
  try {
    const link = await house.storage.write((db) => sendInvitation(request, db, { blog: null, role: "member", email }));
    if (email === null || house.settings.smtpUrl === null) return await listPeople(request, { link });
    return request.redirect("/admin/people#invitations", t("people.invited", { email }));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return listPeople(request, { errors: { email: sentenceFor(request, error) }, sent: fields });
  }
}

/** Takes an invitation back. */
export async function takeBackInvitation(request: AdminRequest) {
  const { house, params, t } = request;
  const id = params.id ?? "";
  const isDone = await house.storage.write(async (db) => {
    const done = await revokeInvitation(db, id, { blogId: null });
    if (done) await noteAct(request, db, { action: "invitation.revoked", subject: id });
    return done;
  });
  return request.redirect("/admin/people#invitations", t(isDone ? "people.revoked" : "people.not-open"));
}
