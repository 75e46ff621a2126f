import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import type { Account } from "../hooks/values.ts";
import { ulid } from "../ids.ts";
import { insert, marks, update } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { plainName } from "../net/plain-name.ts";
import { cleanEmail, nameProblem } from "./names.ts";
import { accountOf, personColumns, personFrom, type Person } from "./person.ts";
import { isLanguage, isTimeZone } from "./zones.ts";

/** What a new account is made of; `passwordHash` comes from `hashPassword`, null lets nobody sign in by password. */
export type NewAccount = {
  readonly username: string;
  readonly name?: string;
  readonly email?: string | null;
  readonly passwordHash: string | null;
  readonly role?: Account["role"];
  /** The language to be spoken to in; left out, it is the one the browser asks for. */
  readonly language?: string;
  readonly timeZone?: string;
};

/** Makes an account. PublicError 422 for a name or e-mail that cannot be, 409 for one that is taken. */
export async function createAccount(db: Transaction, wanted: NewAccount, now: Date): Promise<Person> {
  const problem = nameProblem(wanted.username);
  if (problem) throw new PublicError("account.username", problem, 422, { name: wanted.username });
  const email = wanted.email ? cleanEmail(wanted.email) : null;
  if (wanted.email && email === null) throw badEmail();
  const row = {
    id: ulid(now.getTime()),
    username: wanted.username,
    name: plainName(wanted.name ?? "") || wanted.username,
    email,
    password_hash: wanted.passwordHash,
    role: wanted.role ?? "member",
    state: "active",
    default_blog_id: null,
    language: isLanguage(wanted.language) ? wanted.language : "",
    time_zone: isTimeZone(wanted.timeZone) ? wanted.timeZone : "UTC",
    preferences: "{}",
    created_at: stamp(now),
    updated_at: stamp(now),
  };
  if ((await insert(db, "accounts", [row], { ignore: true })) === 0) {
    const lock = db.dialect === "mysql" ? " LOCK IN SHARE MODE" : "";
    const taken = await db.query(`SELECT id FROM accounts WHERE username = ?${lock}`, [wanted.username]);
    throw taken.length > 0
      ? new PublicError("account.username-taken", `The name “${wanted.username}” is taken; choose another.`, 409, {
          name: wanted.username,
        })
      : new PublicError("account.email-taken", "There is an account with this e-mail address already.", 409);
  }
  return personFrom(row);
}

/** An account as others see it; null when there is none. */
export async function accountById(storage: Storage, id: string): Promise<Account | null> {
  const person = await personById(storage, id);
  return person && accountOf(person);
}

/** A person by id; null when there is none. */
export function personById(storage: Storage, id: string): Promise<Person | null> {
  return find(storage, "a.id = ?", id);
}

/** A person by username in whatever letters; null when there is none. */
export function personByUsername(storage: Storage, username: string): Promise<Person | null> {
  return find(storage, "a.username = ?", username.trim().toLowerCase());
}

/** A person by e-mail; null when there is none. */
export function personByEmail(storage: Storage, email: string): Promise<Person | null> {
  return find(storage, "a.email = ?", email.trim().toLowerCase());
}

/** Active people whose username begins so (small letters, digits and hyphens), by name; 20 at most. */
export async function peopleNamed(storage: Storage, beginning: string): Promise<readonly Person[]> {
  // “~” comes after all letters of names, so that the index is used.
  const sql = `SELECT ${personColumns} FROM accounts a WHERE a.username >= ? AND a.username < ? AND a.state = 'active' ORDER BY a.username LIMIT 20`;
  return (await storage.query(sql, [beginning, `${beginning}~`])).map(personFrom);
}

/** People by username, going on after one; at most 100, 30 unless told. */
export async function listPeople(storage: Storage, page: { after?: string; limit?: number } = {}): Promise<readonly Person[]> {
  const limit = Math.min(Math.max(page.limit ?? 30, 1), 100);
  const sql = `SELECT ${personColumns} FROM accounts a WHERE a.username > ? ORDER BY a.username LIMIT ${limit}`;
  return (await storage.query(sql, [page.after ?? ""])).map(personFrom);
}

/** Who has one of these roles and is not kept out, by name; 200 at most. */
export async function activeByRole(storage: Storage, roles: readonly Account["role"][]): Promise<readonly Person[]> {
  const sql = `SELECT ${personColumns} FROM accounts a WHERE a.role IN (${marks(roles.length)}) AND a.state = 'active' ORDER BY a.username LIMIT 200`;
  return (await storage.query(sql, [...roles])).map(personFrom);
}

/** True once there is an admin: the installation is set up. */
export async function hasAdmin(storage: Storage): Promise<boolean> {
  return (await storage.query("SELECT id FROM accounts WHERE role = 'admin' LIMIT 1")).length > 0;
}

/** Gives a role of the installation; sessions under the old one end. PublicError 409 when it would take the last admin's, 404 for nobody. */
export async function setRole(db: Transaction, id: string, role: Account["role"], now: Date): Promise<void> {
  if (role !== "admin") await refuseLastAdmin(db, id);
  const [before] = await db.query("SELECT role FROM accounts WHERE id = ?", [id]);
  await change(db, id, { role }, now);
  // Other rights begin with another session (security.md S2).
  if (before?.role !== role) await db.run("DELETE FROM sessions WHERE account_id = ?", [id]);
}

/** Keeps somebody out: no sign-in, sessions end, app tokens sleep. PublicError 409 for the last admin, 404 for nobody. */
export async function suspend(db: Transaction, id: string, now: Date): Promise<void> {
  await refuseLastAdmin(db, id);
  await change(db, id, { state: "suspended" }, now);
  await db.run("DELETE FROM sessions WHERE account_id = ?", [id]);
}

/** Lets a suspended person in again; they sign in anew. PublicError 404 for nobody. */
export async function restore(db: Transaction, id: string, now: Date): Promise<void> {
  await change(db, id, { state: "active" }, now);
  // One that a sign-in was about to begin when the person was suspended.
  await db.run("DELETE FROM sessions WHERE account_id = ?", [id]);
}

/** Stores another password's hash; the caller ends the other sessions. PublicError 404 for nobody. */
export async function setPassword(db: Transaction, id: string, passwordHash: string, now: Date): Promise<void> {
  await change(db, id, { password_hash: passwordHash }, now);
}

/** The blog that somebody writes on unless they choose another. PublicError 404 for nobody. */
export async function setDefaultBlog(db: Transaction, id: string, blogId: string | null, now: Date): Promise<void> {
  await change(db, id, { default_blog_id: blogId }, now);
}

/** The refusal of an e-mail address that is none. */
export function badEmail(): PublicError {
  return new PublicError("account.email", "This is not an e-mail address; it looks like kim@example.org.", 422);
}

async function find(storage: Storage, where: string, value: string): Promise<Person | null> {
  const rows = await storage.query(`SELECT ${personColumns} FROM accounts a WHERE ${where}`, [value]);
  return rows[0] ? personFrom(rows[0]) : null;
}

async function change(db: Transaction, id: string, set: Record<string, string | null>, now: Date): Promise<void> {
  if ((await update(db, "accounts", { ...set, updated_at: stamp(now) }, { id })) === 0)
    throw new PublicError("account.unknown", "There is no such account.", 404);
}

/** PublicError 409 when this is the last active admin. Locked, so that two admins cannot demote each other at the same moment. */
export async function refuseLastAdmin(db: Transaction, id: string): Promise<void> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const admins = await db.query<{ id: string }>(
    `SELECT id FROM accounts WHERE role = 'admin' AND state = 'active' ORDER BY id${lock}`,
  );
  if (admins.length === 1 && admins[0]!.id === id)
    throw new PublicError("account.last-admin", "This is the last admin; make somebody else an admin first.", 409);
}
