import { cleanEmail } from "../../../core/people/names.ts";
import { hashPassword, passwordProblem } from "../../../core/people/passwords.ts";
import { takeAttempt } from "../../../core/people/attempts.ts";
import { networkOf } from "../../../core/people/network-of.ts";
import { one } from "../../fields.ts";
import { openPlaces } from "../../plugin-screens/plugin-places.ts";
import type { AdminRequest } from "../../request.ts";
import { nameRefusal } from "../blogs/new-blog.ts";
import { entrance, type Entrance } from "./entrance.ts";
import { beginWizard, changeWizard, wizardOf } from "./wizard.ts";

type Typed = { readonly name: string; readonly username: string; readonly email: string; readonly token?: string };
type Errors = Readonly<Record<string, string>>;

const hour = 3600;

/** The first step: who somebody is. */
export async function showYou(request: AdminRequest) {
  const { query } = request;
  if (request.account) return request.redirect("/");
  const token = query.get("token") ?? "";
  const known = token === "" ? null : await wizardOf(request, token);
  const invitation = known?.invitation ?? query.get("invitation") ?? "";
  const way = await entrance(request, invitation);
  const typed = known ? { ...known, email: known.email ?? "", token } : { name: "", username: "", email: "" };
  return page(request, way, { ...typed, email: typed.email || (way.invitation?.email ?? "") }, { invitation });
}

/** Checks it and goes on to the blog. */
export async function saveYou(request: AdminRequest) {
  const { t, house, scope, language } = request;
  const { fields } = await request.form();
  const invitation = one(fields, "invitation");
  const way = await entrance(request, invitation);
  const token = one(fields, "token");
  const known = token === "" ? null : await wizardOf(request, token);
  const typed: Typed = {
    name: one(fields, "name").slice(0, 200),
    username: one(fields, "username").toLowerCase().replace(/^@/, ""),
    email: one(fields, "email"),
    ...(token && { token }),
  };
  // People do not see this field. Whoever fills it in is told the same and gets nothing.
  if (one(fields, "website") !== "") return request.html("screens/signup/sent", t("signup.look"), { email: typed.email });
  const wait = await tooOften(request);
  if (wait > 0) {
    const reply = await page(request, way, typed, {
      invitation,
      errors: { username: t("signup.too-often", { n: Math.ceil(wait / 60) }) },
    });
    return { ...reply, status: 429, headers: { ...reply.headers, "retry-after": String(wait) } };
  }
  const password = fields.get("password") ?? "";
  const keeps = password === "" && known !== null;
  const errors = await errorsOf(request, typed, keeps ? null : password);
  if (Object.keys(errors).length > 0) return page(request, way, typed, { invitation, errors });
  const passwordHash = keeps ? known.passwordHash : await hashPassword(password, typed.username);
  const email = typed.email === "" ? null : cleanEmail(typed.email);
  const gathered = { name: typed.name, username: typed.username, email, passwordHash, language, invitation };
  if (known) await changeWizard(request, token, gathered);
  const next = known ? token : await beginWizard(request, gathered);
  house.log.debug("Somebody began to sign up", { request: scope.requestId });
  return request.redirect(`/signup/blog?token=${next}`);
}

async function errorsOf(request: AdminRequest, typed: Typed, password: string | null): Promise<Errors> {
  const { t, house } = request;
  const errors: Record<string, string> = {};
  const name = await nameRefusal(request, typed.username);
  if (name) errors.username = name;
  const needsEmail = house.settings.smtpUrl !== null;
  if ((needsEmail || typed.email !== "") && cleanEmail(typed.email) === null) errors.email = t("setup.email-wrong");
  const wrong = password === null ? null : passwordProblem(password, typed.username);
  if (wrong) errors.password = wrong;
  return errors;
}

// 5 in an hour from one address (security.md L1), counted when a form is sent, not when it is opened.
function tooOften({ house, scope }: AdminRequest): Promise<number> {
  const bucket = { [`sign-up address ${networkOf(scope.address)}`]: { size: 5, seconds: hour } };
  return house.storage.write((db) => takeAttempt(db, bucket, scope.clock.now()));
}

function page(
  request: AdminRequest,
  way: Entrance,
  typed: Typed,
  { invitation, errors }: { invitation: string; errors?: Errors },
) {
  const data = {
    ...typed,
    title: request.t("signup.title"),
    invitation,
    isApproval: way.mode === "approval" && way.invitation === null,
    needsEmail: request.house.settings.smtpUrl !== null,
    isKnown: typed.token !== undefined,
    errors,
    open: openPlaces(request),
    step: 1,
  };
  return request.html("screens/signup/you", data.title, data, { status: errors ? 422 : 200 });
}
