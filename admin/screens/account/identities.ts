import { PublicError } from "../../../core/errors.ts";
import type { AuthReturn } from "../../../core/host/auth/auth-methods.ts";
import { addIdentity, identitiesOf, removeIdentity } from "../../../core/people/identities/identities.ts";
import { mailNotice } from "../../../core/people/mail/notices.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { one } from "../../fields.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";
import { leaveFor } from "../signin/elsewhere.ts";
import { refusedBy, waysToSignIn } from "../signin/ways.ts";
import { addressee, inAudited } from "./audited.ts";
import { accountPage } from "./page.ts";

/** What the account's page says of identities elsewhere: those connected, and the ways to connect one. */
export async function identitiesView(request: AdminRequest) {
  return { identities: await identitiesOf(request.house.storage, signedIn(request).id), ways: waysToSignIn(request) };
}

/** Sends somebody to prove an identity that then signs them in. */
export async function beginIdentity(request: AdminRequest): Promise<ScreenReply> {
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { fields } = await request.form();
  const plugin = request.params.plugin ?? "";
  try {
    return await leaveFor(request, plugin, one(fields, `with-${plugin}`), { kind: "connect", accountId: signedIn(request).id });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    const errors = { [`with-${plugin}`]: refusedBy(request, plugin, error) };
    return accountPage(request, { errors, sent: fields }, error.status);
  }
}

/** Keeps the identity that somebody proved. */
export async function connectIdentity(request: AdminRequest, accountId: string, back: AuthReturn): Promise<ScreenReply> {
  if (request.account?.id !== accountId) throw new PublicError("request.signed-out", "You are signed out.", 401);
  const field = `with-${back.pluginId}`;
  if (!back.ok)
    return accountPage(request, { errors: { [field]: refusedBy(request, back.pluginId, back.refusal) } }, back.refusal.status);
  const { method, identity } = back;
  try {
    const person = await addressee(request);
    await inAudited(request, "identity.connected", async (db, now) => {
      await addIdentity(db, { accountId, method, identity }, now);
      await mailNotice(request.house, db, person, { what: "identity-added", values: { identity } });
    });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return accountPage(request, { errors: { [field]: sentenceFor(request, error) } }, error.status);
  }
  return request.redirect("/account#identities", request.t("account.identity-connected", { identity }));
}

/** Takes an identity away: it signs nobody in any more. */
export async function disconnectIdentity(request: AdminRequest): Promise<ScreenReply> {
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { id } = signedIn(request);
  const gone = await inAudited(request, "identity.removed", (db) => removeIdentity(db, id, request.params.id ?? ""));
  if (!gone) throw new PublicError("identity.gone", "This site is not connected any more.", 404);
  return request.redirect("/account#identities", request.t("account.identity-removed", { identity: gone.identity }));
}
