import { endOtherSessions, endSession } from "../../../core/people/sessions.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { inAudited } from "./audited.ts";

/** Signs out everywhere but here. */
export async function endOthers(request: AdminRequest) {
  await inAudited(request, "session.ended-others", (db) => endOtherSessions(db, signedIn(request).id, request.session!.idHash));
  return request.redirect("/account#sessions", request.t("account.others-ended"));
}

/** Signs out one browser. */
export async function endOne(request: AdminRequest) {
  await inAudited(request, "session.ended", (db) => endSession(db, signedIn(request).id, request.params.hash ?? ""));
  return request.redirect("/account#sessions", request.t("account.session-ended"));
}
