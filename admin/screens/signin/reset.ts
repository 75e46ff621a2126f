import { PublicError } from "../../../core/errors.ts";
import { askForLink } from "../../../core/people/mailed-sign-in.ts";
import { personOfReset, resetPassword } from "../../../core/people/reset-password.ts";
import { one } from "../../fields.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { tooOften, withRetry } from "./entering.ts";
import { stale } from "./link.ts";

type Errors = { readonly errors?: Record<string, string> };

/** Asks whose password is forgotten. */
export function askReset(request: AdminRequest) {
  return askPage(request, { name: one(request.query, "name") });
}

/** Mails a link for another password; the answer is the same whoever the name belongs to. */
export async function mailReset(request: AdminRequest) {
  const name = one((await request.form()).fields, "name");
  if (name === "") return askPage(request, { name, errors: { name: request.t("signin.name-first") } }, 422);
  const wait = await askForLink(request.scope, { purpose: "reset", name, next: "/", language: request.language });
  if (wait === 0) return request.redirect("/signin/sent?for=reset");
  return withRetry(await askPage(request, { name, errors: { name: tooOften(request, wait) } }, 429), wait);
}

/** The form for another password, behind a mailed link. */
export async function choosePassword(request: AdminRequest) {
  const token = request.query.get("token") ?? "";
  const person = await personOfReset(request.house, token);
  return person ? choosePage(request, { token, person }) : stale(request);
}

/** Stores the other password, uses the link up and asks to sign in with it: a second step is not passed by. */
export async function takePassword(request: AdminRequest) {
  const { fields } = await request.form();
  const token = one(fields, "token");
  const person = await personOfReset(request.house, token);
  if (!person) return stale(request);
  try {
    const wanted = { token, password: fields.get("new-password") ?? "", address: request.scope.address };
    if (!(await resetPassword(request.house, wanted))) return stale(request);
  } catch (error) {
    if (!(error instanceof PublicError) || error.status !== 422) throw error;
    return choosePage(request, { token, person, errors: { "new-password": sentenceFor(request, error) } }, 422);
  }
  const reply = request.redirect("/signin", request.t("signin.reset-done"));
  return request.account?.id === person.id ? { ...reply, session: null } : reply;
}

function askPage(request: AdminRequest, data: Errors & { name: string }, status = 200) {
  return request.html("screens/signin/reset", request.t("signin.reset-title"), data, { status });
}

function choosePage(request: AdminRequest, data: Errors & { token: string; person: object }, status = 200) {
  return request.html("screens/signin/new-password", request.t("signin.new-title"), data, { status });
}
