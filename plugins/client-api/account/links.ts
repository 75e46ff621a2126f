import type { Own } from "../settings.ts";
import { everything } from "../wire/scopes.ts";
import { hashOf, newWord, seal, unseal } from "./words.ts";

/** Minutes a mailed link is good for. */
export const linkMinutes = 20;

/** A link that was mailed and is still good. */
export type Link = {
  readonly accountId: string;
  readonly appName: string;
  readonly redirectUrl: string;
  /** False while its person has to show more than that they read the mail. */
  readonly isOpen: boolean;
};
type Row = Record<string, string | number | null>;
type Wish = { readonly accountId: string; readonly appName: string; readonly redirectUrl: string };

/** Writes a link down and gives the word for the mail. `asksMore`: its person must sign in here besides, by all steps. */
export async function makeLink({ tables, clock }: Own, wish: Wish, asksMore: boolean): Promise<string> {
  const word = newWord();
  const until = new Date(clock.now().getTime() + linkMinutes * 60_000).toISOString();
  await tables.run(
    `INSERT INTO p_client_api_links (link_hash, app_hash, blog_id, account_id, app_name, redirect_url, expires_at, is_open)
     VALUES (?, ?, '', ?, ?, ?, ?, ?)`,
    [
      hashOf(word),
      asksMore ? "" : hashOf(word),
      wish.accountId,
      wish.appName.slice(0, 100),
      wish.redirectUrl,
      until,
      asksMore ? 0 : 1,
    ],
  );
  return word;
}

/** The link of a mailed word; null when it is unknown or over. Looking uses nothing up: mail scanners look, too. */
export async function linkBy({ tables, clock }: Own, word: string): Promise<Link | null> {
  const [row] = await tables.query<Row>(
    "SELECT account_id, app_name, redirect_url, is_open FROM p_client_api_links WHERE link_hash = ? AND expires_at > ?",
    [hashOf(word), clock.now().toISOString()],
  );
  if (!row) return null;
  const { account_id: accountId, app_name: appName, redirect_url: redirectUrl } = row;
  return { accountId: String(accountId), appName: String(appName), redirectUrl: String(redirectUrl), isOpen: row.is_open === 1 };
}

/** The app's word for a link whose person has signed in by all steps; the mailed one opens nothing. Each time it is another. */
export async function openLink({ tables }: Own, word: string): Promise<string> {
  const appWord = newWord();
  await tables.run("UPDATE p_client_api_links SET app_hash = ?, is_open = 1, sealed = NULL WHERE link_hash = ?", [
    hashOf(appWord),
    hashOf(word),
  ]);
  return appWord;
}

/**
 * The lasting key that an app's word stands for, made at the first asking; the same for as long as the word is good, because one app
 * goes on with the word it sent. Null for a word that is none, or over.
 */
export async function keyBehind(context: Own, word: string): Promise<string | null> {
  const { tables, clock, identity } = context;
  if (!/^[0-9A-F]{20}$/.test(word)) return null;
  const hash = hashOf(word);
  const read = async () =>
    (
      await tables.query<Row>(
        "SELECT account_id, app_name, sealed FROM p_client_api_links WHERE app_hash = ? AND is_open = 1 AND expires_at > ?",
        [hash, clock.now().toISOString()],
      )
    )[0];
  const row = await read();
  if (!row) return null;
  if (row.sealed) return unseal(word, String(row.sealed));
  const accountId = String(row.account_id);
  const made = await identity.issue({ accountId, scopes: everything, name: String(row.app_name), clientId: "" });
  const won = await tables.run("UPDATE p_client_api_links SET token_id = ?, sealed = ? WHERE app_hash = ? AND sealed IS NULL", [
    made.id,
    seal(word, made.token),
    hash,
  ]);
  if (won > 0) return made.token;
  // Two asked at once: both get the key of the first.
  await identity.revoke({ accountId, id: made.id });
  const first = await read();
  return first?.sealed ? unseal(word, String(first.sealed)) : null;
}

/** Takes away what is over. */
export async function sweepLinks({ tables, clock }: Own): Promise<void> {
  await tables.run("DELETE FROM p_client_api_links WHERE expires_at <= ?", [clock.now().toISOString()]);
}
