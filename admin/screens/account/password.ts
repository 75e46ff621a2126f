import { setPassword } from "../../../core/people/accounts.ts";
import { revokeAppTokens } from "../../../core/people/app-tokens.ts";
import { mailNotice } from "../../../core/people/mail/notices.ts";
import { forgetLinks } from "../../../core/people/one-time-links.ts";
import { hashPassword, passwordRefusal } from "../../../core/people/passwords.ts";
import { endOtherSessions, startSession } from "../../../core/people/sessions.ts";
import { proveAgain } from "../../require-fresh.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { visitorOf } from "../signin/entering.ts";
import { addressee, inAudited } from "./audited.ts";
import { accountPage } from "./page.ts";

/** Stores another password (or a first one): every session ends, this one goes on under a new id, a mail tells of it. */
export async function changePassword(request: AdminRequest) {
  const { fields } = await request.form();
  const person = await addressee(request);
  const wanted = fields.get("new-password") ?? "";
  const errors: Record<string, string> = {};
  const wrong = await proveAgain(request, "current-password");
  if (wrong !== null) errors["current-password"] = wrong || request.t("account.password-needed");
  const refusal = passwordRefusal(wanted, person.username);
  if (refusal) errors["new-password"] = sentenceFor(request, refusal);
  if (Object.keys(errors).length > 0) return accountPage(request, { errors }, 422);
  const hash = await hashPassword(wanted, person.username);
  const session = await inAudited(request, "account.password", async (db, now) => {
    await setPassword(db, person.id, hash, now);
    // Whoever had this session's cookie too is out as well: it goes on under a new one.
    await endOtherSessions(db, person.id, null);
    for (const purpose of ["reset", "sign-in", "second-factor"] as const) await forgetLinks(db, purpose, person.id);
    if (fields.has("end-apps")) await revokeAppTokens(db, person.id, now);
    await mailNotice(request.house, db, person, { what: "password-changed" });
    return (await startSession(db, person.id, visitorOf(request), now)).cookie;
  });
  return { ...request.redirect("/account", request.t("account.password-changed")), session };
}
