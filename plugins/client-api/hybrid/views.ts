import { createHash, randomBytes } from "node:crypto";
import { insertRow } from "../numbered.ts";
import type { Own } from "../settings.ts";
import { callerWith, type Caller } from "../wire/caller.ts";
import type { Look } from "./look.ts";

/** Whoever looks at a page, and how it is to look; a visitor has no caller. */
export type View = { readonly caller: Caller | null; readonly look: Look };

const [days, mostViews] = [90, 20];
const day = 86_400_000;

/** Opens a view for an app's key and gives the line of its cookie: for these pages alone, out of reach of scripts. */
export async function openView(context: Own, caller: Caller, key: string, look: Look): Promise<string> {
  const word = randomBytes(32).toString("base64url");
  const id = hashOf(word);
  const until = new Date(context.clock.now().getTime() + days * day).toISOString();
  // The key first: a view without one would be of no use, a key without a view goes with the next upkeep of secrets.
  await context.secrets.keep(secretOf(id), key);
  await insertRow(context, "views", { id, account_id: caller.account.id, looks: JSON.stringify(look), expires_at: until });
  await closeOld(context, caller.account.id);
  const isSecure = context.site.url.startsWith("https:");
  return `${nameOf(isSecure)}=${word}; Path=/hybrid; HttpOnly; SameSite=Lax; Max-Age=${(days * day) / 1000}${isSecure ? "; Secure" : ""}`;
}

/** The view a browser's cookie names. Its key is asked every time, so that a revoked one shows nothing any more. */
export async function viewOf(context: Own, cookies: string | undefined): Promise<View> {
  const nobody: View = { caller: null, look: {} };
  const name = nameOf(context.site.url.startsWith("https:"));
  const word = (cookies ?? "")
    .split("; ")
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  if (!word || !/^[\w-]{43}$/.test(word)) return nobody;
  const id = hashOf(word);
  const sql = "SELECT looks FROM p_client_api_views WHERE id = ? AND expires_at > ?";
  const [row] = await context.tables.query<{ looks: string }>(sql, [id, context.clock.now().toISOString()]);
  const key = row && (await context.secrets.read(secretOf(id)));
  const caller = key ? await callerWith(context, key) : null;
  if (!row || !caller) return nobody;
  return { caller, look: JSON.parse(row.looks) as Look };
}

/** Closes views whose time is over. */
export async function closeOver(context: Own): Promise<void> {
  const sql = "SELECT id FROM p_client_api_views WHERE expires_at <= ? ORDER BY expires_at LIMIT 1000";
  await close(context, await context.tables.query<{ id: string }>(sql, [context.clock.now().toISOString()]));
}

/** Closes somebody's views, all of them or (`keep`) all but the newest so many. */
export async function closeViews(context: Own, accountId: string, keep = 0): Promise<void> {
  const sql = "SELECT id FROM p_client_api_views WHERE account_id = ? ORDER BY expires_at DESC LIMIT 200";
  await close(context, (await context.tables.query<{ id: string }>(sql, [accountId])).slice(keep));
}

const closeOld = (context: Own, accountId: string): Promise<void> => closeViews(context, accountId, mostViews);

async function close({ tables, secrets }: Own, views: readonly { readonly id: string }[]): Promise<void> {
  for (const { id } of views) {
    await tables.run("DELETE FROM p_client_api_views WHERE id = ?", [id]);
    await secrets.forget(secretOf(id));
  }
}

const nameOf = (isSecure: boolean): string => `${isSecure ? "__Secure-" : ""}x.client-api.view`;
const hashOf = (word: string): string => createHash("sha256").update(word).digest("hex");
const secretOf = (id: string): string => `view.${id}`;
