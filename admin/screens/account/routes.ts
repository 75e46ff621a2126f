import { PublicError } from "../../../core/errors.ts";
import { personById, setPassword } from "../../../core/people/accounts.ts";
import { appTokensOf, createAppToken, revokeAppToken, tokenScopes } from "../../../core/people/app-tokens.ts";
import { audit } from "../../../core/people/audit.ts";
import { hashPassword, passwordProblem } from "../../../core/people/passwords.ts";
import { changeProfile } from "../../../core/people/profile.ts";
import { endOtherSessions, endSession, sessionsOf, startSession } from "../../../core/people/sessions.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import { languageChoices, zoneChoices } from "../../choices.ts";
import { all, one } from "../../fields.ts";
import { signedIn, type AdminRequest, type AdminScreen } from "../../request.ts";
import { confirmPassword } from "./confirm.ts";

/** One's own account: profile, password, sessions, apps. */
export const accountScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/account", access: "member", run: show },
  { method: "POST", path: "/account/profile", access: "member", run: saveProfile },
  { method: "POST", path: "/account/password", access: "member", run: changePassword },
  { method: "POST", path: "/account/sessions/end-others", access: "member", run: endOthers },
  { method: "POST", path: "/account/sessions/:hash/end", access: "member", run: endOne },
  { method: "POST", path: "/account/apps", access: "member", run: makeToken },
  { method: "POST", path: "/account/apps/:id/revoke", access: "member", run: revokeToken },
];

type State = { errors?: Record<string, string>; token?: string; sent?: URLSearchParams };

function show(request: AdminRequest) {
  return page(request);
}

async function saveProfile(request: AdminRequest) {
  const { fields } = await request.form();
  const change = {
    name: one(fields, "name"),
    email: one(fields, "email"),
    bio: one(fields, "bio"),
    language: one(fields, "language"),
    timeZone: one(fields, "timeZone"),
  };
  const before = (await personById(request.house.storage, signedIn(request).id))!;
  if (change.email.toLowerCase() !== (before.email ?? "")) {
    const wrong = await confirmPassword(request, fields.get("email-password") ?? "");
    if (wrong) return page(request, { errors: { "email-password": wrong }, sent: fields }, 422);
  }
  const names: Readonly<Record<string, string>> = { "account.language": "language", "account.time-zone": "timeZone" };
  try {
    await inAudited(request, "account.profile", (db, now) => changeProfile(db, signedIn(request).id, change, now));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return page(request, { errors: { [names[error.key] ?? "email"]: error.message }, sent: fields }, 422);
  }
  return request.redirect("/account", request.t("account.saved"));
}

async function changePassword(request: AdminRequest) {
  const { fields } = await request.form();
  const account = signedIn(request);
  const wanted = fields.get("new-password") ?? "";
  const errors: Record<string, string> = {};
  const wrong = await confirmPassword(request, fields.get("current-password") ?? "");
  if (wrong) errors["current-password"] = wrong;
  const problem = passwordProblem(wanted, account.username);
  if (problem) errors["new-password"] = problem;
  if (Object.keys(errors).length > 0) return page(request, { errors }, 422);
  const hash = await hashPassword(wanted, account.username);
  let session = "";
  await inAudited(request, "account.password", async (db, now) => {
    await setPassword(db, account.id, hash, now);
    // Whoever had this session's cookie too is out as well: it goes on under a new one.
    await endOtherSessions(db, account.id, null);
    const visitor = { userAgent: request.headers["user-agent"] ?? "", address: request.scope.address };
    session = (await startSession(db, account.id, visitor, now)).cookie;
  });
  return { ...request.redirect("/account", request.t("account.password-changed")), session };
}

async function endOthers(request: AdminRequest) {
  await inAudited(request, "session.ended-others", (db) => endOtherSessions(db, signedIn(request).id, request.session!.idHash));
  return request.redirect("/account#sessions", request.t("account.others-ended"));
}

async function endOne(request: AdminRequest) {
  await inAudited(request, "session.ended", (db) => endSession(db, signedIn(request).id, request.params.hash ?? ""));
  return request.redirect("/account#sessions", request.t("account.session-ended"));
}

async function makeToken(request: AdminRequest) {
  const { fields } = await request.form();
  const wrong = await confirmPassword(request, fields.get("app-password") ?? "");
  if (wrong) return page(request, { errors: { "app-password": wrong } }, 422);
  const own = await request.blogs();
  const blog = own.find((entry) => entry.blog.host === one(fields, "blog"))?.blog ?? null;
  const wanted = {
    accountId: signedIn(request).id,
    blogId: blog?.id ?? null,
    name: one(fields, "app"),
    scopes: all(fields, "scope"),
  };
  try {
    let token = "";
    await inAudited(request, "token.created", async (db, now) => {
      token = (await createAppToken(db, wanted, now)).token;
    });
    // Shown once, here and now: after a redirect there would be nothing left to show.
    return await page(request, { token });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return page(request, { errors: { "scope-create": error.message } }, 422);
  }
}

async function revokeToken(request: AdminRequest) {
  const { id = "" } = request.params;
  await inAudited(request, "token.revoked", (db, now) => revokeAppToken(db, signedIn(request).id, id, now));
  return request.redirect("/account#apps", request.t("account.revoked"));
}

async function inAudited(
  request: AdminRequest,
  action: string,
  work: (db: Transaction, now: Date) => Promise<unknown>,
): Promise<void> {
  const { house, scope, params } = request;
  const now = scope.clock.now();
  const account = signedIn(request);
  const subject = params.id ?? params.hash?.slice(0, 12) ?? account.username;
  await house.storage.write(async (db) => {
    await work(db, now);
    await audit(db, { action, subject, accountId: account.id, via: "web", address: scope.address }, now);
  });
}

async function page(request: AdminRequest, state: State = {}, status = 200) {
  const { storage } = request.house;
  const person = (await personById(storage, signedIn(request).id))!;
  const { name, email = "", bio, language, timeZone } = person;
  const stored = { name, email, bio, language, timeZone };
  const data = {
    person: state.sent ? { ...stored, ...Object.fromEntries(state.sent) } : stored,
    languages: languageChoices(language),
    zones: zoneChoices(timeZone),
    sessions: await sessionsOf(storage, person.id, request.scope.clock.now()),
    current: request.session!.idHash,
    apps: await appTokensOf(storage, person.id),
    scopes: tokenScopes.filter((scope) => scope !== "metrics" || person.role === "admin"),
    errors: state.errors,
    token: state.token,
  };
  return request.html("screens/account/account", request.t("account.title"), data, { status });
}
