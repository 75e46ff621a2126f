import { PublicError } from "../../../core/errors.ts";
import { beginAuth, finishAuth, type AuthErrand } from "../../../core/host/auth/auth-methods.ts";
import { takeAttempt } from "../../../core/people/attempts.ts";
import { enterByIdentity } from "../../../core/people/identities/enter-by-identity.ts";
import { addressBucket } from "../../../core/people/sign-in.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { one } from "../../fields.ts";
import type { AdminRequest } from "../../request.ts";
import { safePath } from "../../safe-path.ts";
import { connectIdentity } from "../account/identities.ts";
import { entered, toCode, tooOften, visitorOf, withRetry } from "./entering.ts";
import { bindingOf } from "./passkey.ts";
import { shutOut } from "./shut-out.ts";
import { signInPage } from "./page.ts";
import { refusedBy } from "./ways.ts";

/** Sends somebody to where they prove who they are. */
export async function goElsewhere(request: AdminRequest): Promise<ScreenReply> {
  const { fields } = await request.form();
  const { scope, params } = request;
  const plugin = params.plugin ?? "";
  const [next, value] = [safePath(fields.get("next")), one(fields, `with-${plugin}`)];
  const back = (sentence: string, status: number) =>
    signInPage(request, { next, name: "", with: { [plugin]: value }, errors: { [`with-${plugin}`]: sentence } }, status);
  const wait = await scope.storage.write((db) => takeAttempt(db, addressBucket(scope.address), scope.clock.now()));
  if (wait > 0) return withRetry(await back(tooOften(request, wait), 429), wait);
  try {
    return await leaveFor(request, plugin, value, { kind: "sign-in", next });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return back(refusedBy(request, plugin, error), error.status);
  }
}

/** Begins the way there. A form may not lead to another site (the page's policy says so): a page of ours goes on, by itself or by its link. */
export async function leaveFor(request: AdminRequest, pluginId: string, value: string, errand: AuthErrand): Promise<ScreenReply> {
  const wanted = { pluginId, value, binding: bindingOf(request), errand };
  const url = await beginAuth(request.scope, request.house.secrets, wanted);
  const data = { url, host: new URL(url).host, back: errand.kind === "sign-in" ? "/signin" : "/account#identities" };
  const reply = await request.html("screens/signin/leave", request.t("signin.leave-title"), data);
  return { ...reply, headers: { ...reply.headers, refresh: `0; url=${url}`, "cache-control": "no-store" } };
}

/** Takes whoever comes back: signs them in, or connects what they proved with their account. */
export async function comeBack(request: AdminRequest): Promise<ScreenReply> {
  const { query, house, scope } = request;
  const back = await finishAuth(scope, house.secrets, { binding: bindingOf(request), query });
  if (!back) return request.html("screens/signin/stale", request.t("signin.stale-title"), { isAway: true }, { status: 403 });
  const { errand } = back;
  if (errand.kind === "connect") return connectIdentity(request, errand.accountId, back);
  const page = (sentence: string, status: number) =>
    signInPage(request, { next: errand.next, name: "", errors: { name: sentence } }, status);
  if (!back.ok) return page(refusedBy(request, back.pluginId, back.refusal), back.refusal.status);
  const { method, identity } = back;
  const result = await enterByIdentity(house.storage, { ...visitorOf(request), method, identity }, scope.clock.now());
  if (result.ok)
    return "cookie" in result
      ? entered(request, { ...result, next: errand.next })
      : toCode(request, { ...result, next: errand.next });
  if (result.reason === "deleted") return request.redirect(`/account/recall?token=${result.recall}`);
  if (result.reason === "suspended") return shutOut(request, { ...result, next: errand.next, name: "" });
  return page(request.t("signin.identity-unknown", { identity }), 422);
}
