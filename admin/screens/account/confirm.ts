import type { Json } from "../../../core/hooks/values.ts";
import { personById } from "../../../core/people/accounts.ts";
import { askForProof } from "../../../core/people/passkeys/ceremony.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { confirmPage, isFreshNow, proveAgain } from "../../require-fresh.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { safePath } from "../../safe-path.ts";
import { bindingOf, ceremonyOf } from "../signin/passkey.ts";

/** Asks who it is, before a page with sensitive changes. */
export function askAgain(request: AdminRequest) {
  const next = safePath(request.query.get("next"));
  return isFreshNow(request) ? request.redirect(next) : confirmPage(request, "", next);
}

/** Takes the answer and goes on. */
export async function takeAgain(request: AdminRequest) {
  const next = safePath((await request.form()).fields.get("next"));
  const problem = await proveAgain(request);
  return problem === null ? request.redirect(next) : confirmPage(request, problem, next);
}

/** The options of a passkey that confirms, for the page's script. */
export async function askOptions(request: AdminRequest): Promise<ScreenReply> {
  const person = (await personById(request.house.storage, signedIn(request).id))!;
  const asked = await askForProof(ceremonyOf(request), { purpose: "confirm", binding: bindingOf(request) }, person);
  return { status: 200, json: asked as unknown as Json };
}
