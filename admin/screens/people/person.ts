import { PublicError } from "../../../core/errors.ts";
import { personByUsername, setRole } from "../../../core/people/accounts.ts";
import { mailLater } from "../../../core/people/mail/mail-later.ts";
import type { Person } from "../../../core/people/person.ts";
import { bytesOfOwners } from "../../../core/residents/directory/find-people.ts";
import { restoreAccount, suspendAccount } from "../../../core/residents/standing/account-standing.ts";
import { standingOf } from "../../../core/residents/standing/standing.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import { one } from "../../fields.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";
import { noteAct } from "./audited.ts";
import { roles } from "./list.ts";

type State = { readonly errors?: Readonly<Record<string, string>>; readonly sent?: URLSearchParams };

/** One person: role, blogs, storage, why they are out. */
export async function showPerson(request: AdminRequest, state: State = {}) {
  const { house, t } = request;
  const { storage } = house;
  const person = await personOf(request);
  const blogs = await storage.query(
    "SELECT b.host, b.title, b.state, m.role FROM memberships m JOIN blogs b ON b.id = m.blog_id WHERE m.account_id = ? ORDER BY b.host LIMIT 200",
    [person.id],
  );
  const standing = person.state === "active" ? null : await standingOf(storage, ["account", person.id]);
  const data = {
    person,
    blogs,
    standing,
    bytes: (await bytesOfOwners(storage, [person.id])).get(person.id) ?? 0,
    isAdmin: signedIn(request).role === "admin",
    roles: roles.map((role) => ({ value: role, label: t(`people.role-${role}`) })),
    role: state.sent?.get("role") ?? person.role,
    reason: state.sent?.get("reason") ?? "",
    withBlogs: state.sent?.has("withBlogs") ?? false,
    errors: state.errors,
  };
  return request.html("screens/people/person", person.name, data, { status: state.errors ? 422 : 200 });
}

/** Gives a role of the installation; whoever gets another one signs in anew, so that no older session gains by it. */
export async function changeRole(request: AdminRequest) {
  const { t } = request;
  const { fields } = await request.form();
  const person = await personOf(request);
  const role = roles.find((name) => name === one(fields, "role"));
  if (!role) return showPerson(request, { errors: { role: t("people.role-wrong") }, sent: fields });
  if (role === person.role) return back(request, person, t("people.role-saved"));
  return attempt(request, { field: "role", done: t("people.role-saved") }, async (db) => {
    await setRole(db, person.id, role, request.scope.clock.now());
    if (person.id !== signedIn(request).id) await db.run("DELETE FROM sessions WHERE account_id = ?", [person.id]);
    await noteAct(request, db, { action: "account.role", subject: person.username, detail: { role, before: person.role } });
  });
}

/** Keeps somebody out, with a reason that they read too. */
export async function suspendPerson(request: AdminRequest) {
  const { house, scope, t } = request;
  const { fields } = await request.form();
  const person = await personOf(request);
  const reason = one(fields, "reason");
  if (reason === "") return showPerson(request, { errors: { reason: t("people.reason-missing") }, sent: fields });
  return attempt(request, { field: "reason", done: t("people.suspended", { name: person.username }) }, async (db) => {
    await suspendAccount(scope, db, person, { reason, withBlogs: fields.has("withBlogs") });
    await tell(house, db, person, { template: "account-suspended", values: { reason } });
  });
}

/** Lets somebody in again. */
export async function restorePerson(request: AdminRequest) {
  const { house, scope, t } = request;
  const person = await personOf(request);
  return attempt(request, { field: "restore", done: t("people.restored", { name: person.username }) }, async (db) => {
    await restoreAccount(scope, db, person);
    const values = { signInLink: new URL("/signin", house.site.url).href };
    await tell(house, db, person, { template: "account-restored", values });
  });
}

async function attempt(
  request: AdminRequest,
  { field, done }: { field: string; done: string },
  work: (db: Transaction) => Promise<void>,
) {
  const person = await personOf(request);
  try {
    await request.house.storage.write(work);
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return showPerson(request, { errors: { [field]: sentenceFor(request, error) }, sent: (await request.form()).fields });
  }
  return back(request, person, done);
}

const back = (request: AdminRequest, person: Person, flash: string) =>
  request.redirect(`/admin/people/${person.username}`, flash);

async function personOf({ house, params }: AdminRequest): Promise<Person> {
  const person = await personByUsername(house.storage, params.username ?? "");
  if (!person) throw new PublicError("request.unknown", "There is no such page, or it is not yours.", 404);
  return person;
}

async function tell(
  house: AdminRequest["house"],
  db: Transaction,
  person: Person,
  mail: { template: string; values: Readonly<Record<string, string>> },
): Promise<void> {
  if (!person.email) return;
  const { name, username, language, email } = person;
  await mailLater(house, db, { to: email, template: mail.template, language, values: { name, username, ...mail.values } });
}
