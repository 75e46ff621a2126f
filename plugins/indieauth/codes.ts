import { createHash, randomBytes } from "node:crypto";
import type { Context } from "rookery/plugin";

/** What a code stands for: who allowed which app what on which blog, and how the app has to turn it in. */
export type Grant = {
  readonly blogId: string;
  readonly accountId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly scopes: readonly string[];
};

type Tables = Pick<Context, "tables" | "clock">;

const goodFor = 5 * 60_000;
// Long enough that a code shown twice is noticed.
const keptFor = 24 * 3_600_000;

/** Makes a code for an app, good once within five minutes. */
export async function issueCode({ tables, clock }: Tables, grant: Grant): Promise<string> {
  const code = randomBytes(32).toString("base64url");
  const now = clock.now();
  const { blogId, accountId, clientId, clientName, redirectUri, challenge, scopes } = grant;
  await tables.run(
    `INSERT INTO p_indieauth_codes (code_hash, blog_id, account_id, client_id, client_name, redirect_uri, challenge, scope, created_at, expires_at, is_reused)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    [
      hashOf(code),
      blogId,
      accountId,
      clientId,
      clientName,
      redirectUri,
      challenge,
      scopes.join(" "),
      now.toISOString(),
      later(now, goodFor),
    ],
  );
  return code;
}

/** What came of showing a code: it is spent now and stands for this, it was spent before (by whom a token came of it), or there is none. */
export type Spent =
  | { readonly state: "good"; readonly grant: Grant }
  | { readonly state: "again"; readonly accountId: string; readonly tokenId: string | null }
  | { readonly state: "unknown" };

/** Uses a code up, whatever comes of it: of two that show it, one gets what it stands for. */
export async function spendCode({ tables, clock }: Tables, code: string): Promise<Spent> {
  const [hash, now] = [hashOf(code), clock.now().toISOString()];
  const won = await tables.run(
    "UPDATE p_indieauth_codes SET spent_at = ? WHERE code_hash = ? AND spent_at IS NULL AND expires_at > ?",
    [now, hash, now],
  );
  if (won === 0)
    await tables.run("UPDATE p_indieauth_codes SET is_reused = 1 WHERE code_hash = ? AND spent_at IS NOT NULL", [hash]);
  const [row] = await tables.query(
    `SELECT blog_id, account_id, client_id, client_name, redirect_uri, challenge, scope, spent_at, token_id
     FROM p_indieauth_codes WHERE code_hash = ?`,
    [hash],
  );
  if (!row || (won === 0 && row.spent_at === null)) return { state: "unknown" };
  const accountId = String(row.account_id);
  if (won === 0) return { state: "again", accountId, tokenId: row.token_id === null ? null : String(row.token_id) };
  return {
    state: "good",
    grant: {
      blogId: String(row.blog_id),
      accountId,
      clientId: String(row.client_id),
      clientName: String(row.client_name),
      redirectUri: String(row.redirect_uri),
      challenge: row.challenge === null ? null : String(row.challenge),
      scopes: String(row.scope).split(" ").filter(Boolean),
    },
  };
}

/** Writes down which token came of a code; false when the code was shown again meanwhile, so that the token must go. */
export async function noteToken({ tables }: Tables, code: string, tokenId: string): Promise<boolean> {
  const hash = hashOf(code);
  await tables.run("UPDATE p_indieauth_codes SET token_id = ? WHERE code_hash = ?", [tokenId, hash]);
  const [row] = await tables.query("SELECT is_reused FROM p_indieauth_codes WHERE code_hash = ?", [hash]);
  return Number(row?.is_reused) === 0;
}

/** Forgets codes and questions whose time is over. */
export async function sweep({ tables, clock }: Tables): Promise<void> {
  const now = clock.now();
  await tables.run("DELETE FROM p_indieauth_codes WHERE expires_at < ?", [later(now, -keptFor)]);
  await tables.run("DELETE FROM p_indieauth_questions WHERE expires_at < ?", [now.toISOString()]);
}

/** Forgets those of somebody who left for good. */
export async function eraseAccount({ tables }: Pick<Tables, "tables">, accountId: string): Promise<void> {
  for (const table of ["codes", "questions"])
    await tables.run(`DELETE FROM p_indieauth_${table} WHERE account_id = ?`, [accountId]);
}

const hashOf = (value: string): string => createHash("sha256").update(value).digest("hex");
const later = (now: Date, milliseconds: number): string => new Date(now.getTime() + milliseconds).toISOString();
