import { PublicError } from "../../../core/errors.ts";
import { openInvitations, revokeInvitation } from "../../../core/residents/joining/invitations.ts";
import { signUpRules } from "../../../core/residents/joining/sign-up-rules.ts";
import { one } from "../../fields.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";
import { sendInvitation } from "../invitation/send.ts";
import { noteAct } from "../people/audited.ts";

type State = { readonly errors?: Readonly<Record<string, string>>; readonly sent?: URLSearchParams; readonly link?: string };

/** The invitations of whoever is signed in, and the form for another one while they have some left. */
export async function showInvitations(request: AdminRequest, state: State = {}) {
  const { house, t } = request;
  const open = await ownInvitations(request);
  const data = {
    invitations: open,
    left: await left(request, open.length),
    canMail: house.settings.smtpUrl !== null,
    email: state.sent?.get("email") ?? "",
    link: state.link,
    errors: state.errors,
  };
  return request.html("screens/own-blogs/invitations", t("people.invite"), data, { status: state.errors ? 422 : 200 });
}

/** Invites somebody to the installation. */
export async function inviteFriend(request: AdminRequest) {
  const { house, t } = request;
  const { fields } = await request.form();
  const email = one(fields, "email") || null;
  try {
    const link = await house.storage.write(async (db) => {
      const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
      await db.query(`SELECT id FROM accounts WHERE id = ?${lock}`, [signedIn(request).id]);
      if ((await left(request, (await ownInvitations(request)).length)) <= 0)
        throw new PublicError("invitation.enough", t("people.no-invitations"), 403);
      return sendInvitation(request, db, { blog: null, role: "member", email });
    });
    if (email === null || house.settings.smtpUrl === null) return await showInvitations(request, { link });
    return request.redirect("/account/invitations", t("people.invited", { email }));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return showInvitations(request, { errors: { email: sentenceFor(request, error) }, sent: fields });
  }
}

/** Takes one's own invitation back. */
export async function takeBackOwn(request: AdminRequest) {
  const { house, params, t } = request;
  const id = params.id ?? "";
  const isDone = await house.storage.write(async (db) => {
    const done = await revokeInvitation(db, id, { blogId: null, by: signedIn(request).id });
    if (done) await noteAct(request, db, { action: "invitation.revoked", subject: id });
    return done;
  });
  return request.redirect("/account/invitations", t(isDone ? "people.revoked" : "people.not-open"));
}

function ownInvitations({ house, scope, ...request }: AdminRequest) {
  return openInvitations(house.storage, { blogId: null, by: signedIn(request).id }, scope.clock.now());
}

async function left(request: AdminRequest, open: number): Promise<number> {
  if (signedIn(request).role === "admin") return 100;
  const { mode, invitationsEach } = await signUpRules(request.house.storage);
  return mode === "closed" ? 0 : invitationsEach - open;
}
