import type { Json } from "../../../core/hooks/values.ts";
import { takeAttempt } from "../../../core/people/attempts.ts";
import { networkOf } from "../../../core/people/network-of.ts";
import { askForProof, type CeremonyParts } from "../../../core/people/passkeys/ceremony.ts";
import { enterByPasskey } from "../../../core/people/passkeys/enter-by-passkey.ts";
import { tokenHash } from "../../../core/people/token-hash.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { safePath } from "../../safe-path.ts";
import { one } from "../../fields.ts";
import type { AdminRequest } from "../../request.ts";
import { entered, tooOften, visitorOf, withRetry } from "./entering.ts";
import { signInPage } from "./page.ts";
import { shutOut } from "./shut-out.ts";

/** Where and when a passkey is asked for. */
export function ceremonyOf({ house, scope }: AdminRequest): CeremonyParts {
  return { storage: house.storage, siteUrl: house.site.url, now: scope.clock.now() };
}

/** A word that only this browser has: of its session, or of its signed-out forms. */
export function bindingOf(request: AdminRequest): string {
  return tokenHash(`passkey ${request.session?.idHash ?? request.csrf}`);
}

/** The options of a passkey and its ticket, for the page's script. */
export async function askPasskey(request: AdminRequest): Promise<ScreenReply> {
  const { scope } = request;
  const bucket = { [`passkey options ${networkOf(scope.address)}`]: { size: 120, seconds: 900 } };
  const wait = await scope.storage.write((db) => takeAttempt(db, bucket, scope.clock.now()));
  if (wait > 0) return withRetry({ status: 429, json: { error: tooOften(request, wait) } }, wait);
  const asked = await askForProof(ceremonyOf(request), { purpose: "sign-in", binding: bindingOf(request) });
  return { status: 200, json: asked as unknown as Json };
}

/** Signs somebody in by the passkey they showed. */
export async function takePasskey(request: AdminRequest): Promise<ScreenReply> {
  const { fields } = await request.form();
  const next = safePath(fields.get("next"));
  const visitor = { ...visitorOf(request), binding: bindingOf(request) };
  const answer = { ticket: one(fields, "ticket"), response: fields.get("response") ?? "" };
  const result = await enterByPasskey(ceremonyOf(request), visitor, answer);
  if (result.ok) return entered(request, { cookie: result.cookie, next });
  const page = (sentence: string, status: number) => signInPage(request, { next, name: "", errors: { name: sentence } }, status);
  if (result.reason === "suspended") return shutOut(request, { ...result, next, name: "" });
  if (result.reason === "wrong") return page(request.t("signin.wrong-passkey"), 422);
  return withRetry(await page(tooOften(request, result.retryAfter), 429), result.retryAfter);
}
