import { createHash, randomBytes } from "node:crypto";
import type { Context } from "rookery/plugin";

type Tables = Pick<Context, "tables" | "clock">;

const goodFor = 30 * 60_000;

/** Writes down which request stands on somebody's screen; the word it gives is in the form, and in nobody else's. */
export async function askQuestion({ tables, clock }: Tables, accountId: string, request: string): Promise<string> {
  const word = randomBytes(32).toString("base64url");
  const expires = new Date(clock.now().getTime() + goodFor).toISOString();
  await tables.run("INSERT INTO p_indieauth_questions (question_hash, account_id, request, expires_at) VALUES (?, ?, ?, ?)", [
    hashOf(word),
    accountId,
    request,
    expires,
  ]);
  return word;
}

/** The request that an answer is to, once; null when this person was not asked, answered before, or took half an hour. */
export async function answered({ tables, clock }: Tables, accountId: string, word: string): Promise<string | null> {
  const [row] = await tables.query(
    "SELECT request FROM p_indieauth_questions WHERE question_hash = ? AND account_id = ? AND expires_at > ?",
    [hashOf(word), accountId, clock.now().toISOString()],
  );
  if (!row) return null;
  const won = await tables.run("DELETE FROM p_indieauth_questions WHERE question_hash = ?", [hashOf(word)]);
  return won === 0 ? null : String(row.request);
}

const hashOf = (value: string): string => createHash("sha256").update(value).digest("hex");
