import { audit } from "../../../core/people/audit.ts";
import { endSession } from "../../../core/people/sessions.ts";
import { signIn } from "../../../core/people/sign-in.ts";
import { safePath } from "../../safe-path.ts";
import type { AdminRequest } from "../../request.ts";
import { entered, toCode, tooOften, visitorOf, withRetry } from "./entering.ts";
import { signInPage } from "./page.ts";
import { shutOut } from "./shut-out.ts";

/** The page of sign-in; who is signed in goes on. */
export function show(request: AdminRequest) {
  const next = safePath(request.query.get("next"));
  return request.account ? request.redirect(next) : signInPage(request, { next, name: "" });
}

/** Name and password. */
export async function enter(request: AdminRequest) {
  const { fields } = await request.form();
  const name = fields.get("name") ?? fields.get("username") ?? "";
  const next = safePath(fields.get("next"));
  const attempt = { name, password: fields.get("password") ?? "", ...visitorOf(request) };
  const result = await signIn(request.house.storage, attempt, request.scope.clock.now());
  if (result.ok) return entered(request, { cookie: result.cookie, next });
  if (result.reason === "code") return toCode(request, { halfway: result.halfway, next });
  if (result.reason === "deleted") return request.redirect(`/account/recall?token=${result.recall}`);
  if (result.reason === "wrong") return signInPage(request, { next, name, errors: { name: request.t("signin.wrong") } }, 422);
  if (result.reason === "suspended") return shutOut(request, { ...result, next, name });
  const errors = { name: tooOften(request, result.retryAfter) };
  return withRetry(await signInPage(request, { next, name, errors }, 429), result.retryAfter);
}

/** Ends the session of this browser. */
export async function leave(request: AdminRequest) {
  const { account, session, scope } = request;
  const entry = { action: "sign-out", accountId: account!.id, subject: account!.username, via: "web", address: scope.address };
  await scope.storage.write(async (db) => {
    await endSession(db, account!.id, session!.idHash);
    await audit(db, entry, scope.clock.now());
  });
  return { ...request.redirect("/signin", request.t("signin.left")), session: null };
}
