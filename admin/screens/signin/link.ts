import { enterByLink, personOfLink } from "../../../core/people/enter-by-link.ts";
import { askForLink, linkMinutes, type WantedLink } from "../../../core/people/mailed-sign-in.ts";
import { safePath } from "../../safe-path.ts";
import { one } from "../../fields.ts";
import type { AdminRequest } from "../../request.ts";
import { entered, toCode, tooOften, visitorOf, withRetry } from "./entering.ts";
import { signInPage } from "./page.ts";

/** Mails a link to sign in; the answer is the same whoever the name belongs to. */
export async function mailLinkTo(request: AdminRequest) {
  const { fields } = await request.form();
  const [name, next] = [one(fields, "name"), safePath(fields.get("next"))];
  if (name === "") return signInPage(request, { next, name, errors: { name: request.t("signin.name-first") } }, 422);
  const wait = await askForLink(request.scope, { purpose: "sign-in", name, next, language: request.language });
  if (wait === 0) return request.redirect("/signin/sent?for=sign-in");
  return withRetry(await signInPage(request, { next, name, errors: { name: tooOften(request, wait) } }, 429), wait);
}

/** Says to look into the mail. */
export function sent(request: AdminRequest) {
  const purpose: WantedLink["purpose"] = request.query.get("for") === "reset" ? "reset" : "sign-in";
  const data = { purpose, minutes: linkMinutes[purpose] };
  return request.html("screens/signin/sent", request.t("signin.sent-title"), data);
}

/** The page of a mailed link: whom it signs in, and a button. Only the button uses it up, for programs open links in mails too. */
export async function showLink(request: AdminRequest) {
  const token = request.query.get("token") ?? "";
  const person = await personOfLink(request.house.storage, token, request.scope.clock.now());
  if (!person) return stale(request);
  return request.html("screens/signin/link", request.t("signin.link-title"), { token, person });
}

/** Uses a mailed link. */
export async function takeLink(request: AdminRequest) {
  const { fields } = await request.form();
  const visitor = { ...visitorOf(request), token: one(fields, "token") };
  const result = await enterByLink(request.house.storage, visitor, request.scope.clock.now());
  if (!result) return stale(request);
  const next = safePath(result.next);
  return "cookie" in result
    ? entered(request, { cookie: result.cookie, next })
    : toCode(request, { halfway: result.halfway, next });
}

/** What a link that is not good any more is answered with. */
export function stale(request: AdminRequest) {
  return request.html("screens/signin/stale", request.t("signin.stale-title"), {}, { status: 410 });
}
