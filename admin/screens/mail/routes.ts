import { PublicError } from "../../../core/errors.ts";
import { listJobs } from "../../../core/jobs/list-jobs.ts";
import { mailFolder } from "../../../core/net/mail-transport.ts";
import { takeAttempt } from "../../../core/people/attempts.ts";
import { audit } from "../../../core/people/audit.ts";
import { keptMail, keptMails } from "../../../core/people/mail/mail-folder.ts";
import { mailLater } from "../../../core/people/mail/mail-later.ts";
import { readMailState } from "../../../core/people/mail/mail-state.ts";
import { cleanEmail } from "../../../core/people/names.ts";
import { mask } from "../../../core/settings/mask.ts";
import { one } from "../../fields.ts";
import { signedIn, type AdminRequest, type AdminScreen } from "../../request.ts";

/** Mail: whether there is a server and how it does, a test, and what lies in the data folder while there is none. */
export const mailScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/mail", access: "admin", run: (request) => list(request) },
  { method: "GET", path: "/admin/mail/:name", access: "admin", run: show },
  { method: "POST", path: "/admin/mail/test", access: "admin", run: sendTest },
];

async function list(request: AdminRequest, state: { to?: string; errors?: Record<string, string> } = {}, status = 200) {
  const { house } = request;
  const { smtpUrl, dataFolder } = house.settings;
  const before = request.query.get("before");
  const { mails, next } = await keptMails(mailFolder(dataFolder), { limit: 30, ...(before && { before }) });
  const dead = (await listJobs(house.storage, { state: "dead", limit: 100 })).jobs.filter(({ name }) => name === "mail");
  const data = {
    server: smtpUrl === null ? null : mask(smtpUrl),
    last: await readMailState(house.storage),
    hasDead: dead.length > 0,
    mails,
    older: next && `/admin/mail?before=${encodeURIComponent(next)}`,
    to: state.to ?? signedIn(request).email ?? "",
    errors: state.errors,
  };
  return request.html("screens/mail/list", request.t("mail.title"), data, { status });
}

async function show(request: AdminRequest) {
  const mail = await keptMail(mailFolder(request.house.settings.dataFolder), request.params.name ?? "");
  if (!mail) throw new PublicError("mail.gone", "There is no such mail any more.", 404);
  // Our own links can be followed: each leads to a page with a button, so that looking uses nothing up.
  const own = request.house.site.url.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const parts = mail.text.split(new RegExp(`(${own}/[\\w/?=&-]*)`)).map((text, at) => ({ text, isLink: at % 2 === 1 }));
  return request.html("screens/mail/show", mail.subject || request.t("mail.title"), { mail, parts });
}

async function sendTest(request: AdminRequest) {
  const { house, scope } = request;
  const { id, name, username } = signedIn(request);
  const typed = one((await request.form()).fields, "to");
  const to = cleanEmail(typed);
  if (to === null) return list(request, { to: typed, errors: { to: request.t("mail.no-address") } }, 422);
  const now = scope.clock.now();
  const wait = await house.storage.write((db) => takeAttempt(db, { [`mail test ${id}`]: { size: 10, seconds: 3600 } }, now));
  if (wait > 0) {
    const errors = { to: request.t("signin.too-many", { minutes: Math.ceil(wait / 60) }) };
    return list(request, { to: typed, errors }, 429);
  }
  await house.storage.write(async (db) => {
    await mailLater(house, db, { to, template: "test", language: request.language, values: { name } });
    await audit(db, { action: "mail.tested", subject: username, accountId: id, via: "web", address: scope.address }, now);
  });
  return request.redirect("/admin/mail", request.t("mail.test-sent", { to }));
}
