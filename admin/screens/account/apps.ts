import { PublicError } from "../../../core/errors.ts";
import { createAppToken, revokeAppToken } from "../../../core/people/app-tokens.ts";
import { all, one } from "../../fields.ts";
import { proveAgain } from "../../require-fresh.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";
import { inAudited } from "./audited.ts";
import { accountPage } from "./page.ts";

const day = 24 * 3600_000;

/** Makes a key for an app; it is shown once, here and now: after a redirect there would be nothing left to show. */
export async function makeToken(request: AdminRequest) {
  const { fields } = await request.form();
  const back = (errors: Record<string, string>) => accountPage(request, { errors, sent: fields }, 422);
  const wrong = await proveAgain(request, "app-password");
  if (wrong !== null) return back({ "app-password": wrong || request.t("account.password-needed") });
  const days = Number(one(fields, "days"));
  const wanted = {
    accountId: signedIn(request).id,
    blogId: (await request.blogs()).find(({ blog }) => blog.host === one(fields, "blog"))?.blog.id ?? null,
    name: one(fields, "app"),
    scopes: all(fields, "scope"),
    expiresAt: [30, 90, 365].includes(days) ? new Date(request.scope.clock.now().getTime() + days * day) : null,
  };
  try {
    const { token } = await inAudited(request, "token.created", (db, now) => createAppToken(db, wanted, now));
    return await accountPage(request, { token });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return back({ "scope-create": sentenceFor(request, error) });
  }
}

/** Takes a key back. */
export async function revokeToken(request: AdminRequest) {
  const { id = "" } = request.params;
  await inAudited(request, "token.revoked", (db, now) => revokeAppToken(db, signedIn(request).id, id, now));
  return request.redirect("/account#apps", request.t("account.revoked"));
}
