import { PublicError, type Account, type RouteRequest, type TokenFacts } from "rookery/plugin";
import { keyBehind } from "../account/links.ts";
import type { Own } from "../settings.ts";
import { linesOf } from "./lines.ts";
import type { Need } from "./scopes.ts";

/** Somebody whose app asks. */
export type Caller = { readonly account: Account; readonly token: TokenFacts };

/**
 * Whom the key in the header `Authorization` stands for: `Bearer T`, `Token T` in any letters, or T alone. An empty header is none:
 * one app sends it so when nobody is signed in. PublicError 401 for a wrong key.
 */
export async function callerOf(context: Own, headers: RouteRequest["headers"]): Promise<Caller | null> {
  const header = (headers.authorization ?? "").trim();
  if (header === "" || /^(bearer|token)$/i.test(header)) return null;
  const caller = await callerWith(context, header);
  if (!caller) throw new PublicError("unauthorized", "This token is not valid (any more). Sign in again in the app.", 401);
  return caller;
}

/** Whom a key stands for, wherever it was sent, or the word of a mailed link while that is good; null for a wrong one. */
export async function callerWith(context: Own, key: string): Promise<Caller | null> {
  const token = (await context.identity.tokenOf(key)) ?? (await tokenBehind(context, key));
  return token && { account: token.account, token };
}

async function tokenBehind(context: Own, key: string): Promise<TokenFacts | null> {
  const lasting = await keyBehind(context, key.replace(/^(bearer|token)\s+/i, ""));
  return lasting === null ? null : context.identity.tokenOf(lasting);
}

/** Whoever asks, if the app may. PublicError 401, or 403 `insufficient_scope`. */
export function needCaller(context: Pick<Own, "settings">, caller: Caller | null, what: Need): Caller {
  if (!caller) throw new PublicError("unauthorized", "Sign in first: send the app's token in the header Authorization.", 401);
  if (what === "any" || caller.token.scopes.includes(what) || mayAll(context, caller.token)) return caller;
  throw new PublicError("insufficient_scope", `The app was let in without the scope “${what}”.`, 403, { scope: what });
}

/**
 * Whether a key opens everything. Apps made for Micro.blog ask for `create` and expect that: those that the admin names get it, and so do keys that
 * people make for themselves, which are pasted into such apps.
 */
export function mayAll({ settings }: Pick<Own, "settings">, { clientId, scopes }: TokenFacts): boolean {
  return scopes.includes("create") && (clientId === "" || linesOf(settings.firstParty).includes(clientId));
}
