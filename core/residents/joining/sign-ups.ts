import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import type { Blog } from "../../hooks/values.ts";
import { ulid } from "../../ids.ts";
import { insert, remove } from "../../storage/rows.ts";
import type { Row, Storage, Transaction } from "../../storage/storage.ts";
import type { Person } from "../../people/person.ts";
import { letIn, type Arrival, type Newcomer } from "./newcomer.ts";

/** Somebody who waits for an admin's answer. */
export type SignUp = {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly title: string | null;
  readonly language: string;
  readonly createdAt: string;
};

/** Puts somebody among those who wait. PublicError 409 when the name or e-mail address waits already. */
export async function waitForAnswer(db: Transaction, wanted: Newcomer, now: Date): Promise<string> {
  const { username, email, invitationId } = wanted;
  const id = ulid(now.getTime());
  const row = {
    id,
    username,
    email,
    data: JSON.stringify(wanted),
    invitation_id: invitationId,
    created_at: stamp(now),
  };
  if ((await insert(db, "sign_ups", [row], { ignore: true })) === 0)
    throw new PublicError("sign-up.waits", "Somebody with this name or e-mail address is waiting for an answer already.", 409);
  return id;
}

/** Those who wait, who came first first; `after` is the id of the last one seen. */
export async function waitingSignUps(
  storage: Pick<Storage, "query">,
  page: { after?: string; limit?: number } = {},
): Promise<readonly SignUp[]> {
  const limit = Math.min(page.limit ?? 30, 100);
  const sql = `SELECT id, username, email, data, created_at FROM sign_ups WHERE id > ? ORDER BY id LIMIT ${limit}`;
  return (await storage.query(sql, [page.after ?? ""])).map((row) => signUpFrom(row));
}

/** Lets somebody in who waited. PublicError 409 when another admin was quicker, or the name was taken meanwhile. */
export async function approve(db: Transaction, id: string, arrival: Arrival): Promise<{ person: Person; blog: Blog | null }> {
  const { newcomer } = await takeOut(db, id);
  return letIn(db, newcomer, arrival);
}

/** Sends somebody away who waited; gives who it was. PublicError 409 when another admin was quicker. */
export async function refuse(db: Transaction, id: string): Promise<SignUp> {
  return (await takeOut(db, id)).signUp;
}

/** Forgets those whom nobody answered in 90 days. */
export async function sweepSignUps(db: Transaction, now: Date): Promise<number> {
  return db.run("DELETE FROM sign_ups WHERE created_at < ?", [stamp(new Date(now.getTime() - 90 * 86_400_000))]);
}

// Of two who decide at the same moment, the one whose DELETE takes the row away has decided.
async function takeOut(db: Transaction, id: string): Promise<{ signUp: SignUp; newcomer: Newcomer }> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const [row] = await db.query(`SELECT id, username, email, data, created_at FROM sign_ups WHERE id = ?${lock}`, [id]);
  if (!row || (await remove(db, "sign_ups", { id })) === 0)
    throw new PublicError("sign-up.decided", "This was decided already, by you in another tab or by another admin.", 409);
  return { signUp: signUpFrom(row), newcomer: JSON.parse(String(row.data)) as Newcomer };
}

function signUpFrom(row: Row): SignUp {
  const { name, title, language } = JSON.parse(String(row.data)) as Newcomer;
  return {
    id: String(row.id),
    username: String(row.username),
    name,
    email: row.email === null ? null : String(row.email),
    title,
    language,
    createdAt: String(row.created_at),
  };
}
