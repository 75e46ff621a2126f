import { PublicError, type Account, type Context, type RouteRequest, type TokenFacts } from "rookery/plugin";
import type { Own } from "../settings.ts";

/** Somebody whose app asks. */
export type Caller = { readonly account: Account; readonly token: TokenFacts };

/** What an app must have been let in for; `any` is whatever it was. */
export type Need = "any" | "read" | "create" | "update" | "delete" | "follow" | "mute" | "block";

/** What an app is let in for when somebody signs in to it by mail: everything but an admin's metrics. */
export const everything = "create draft update delete undelete media profile email read follow mute block channels".split(" ");

/**
 * Whom the key in the header `Authorization` stands for: `Bearer T`, `Token T` in any letters, or T alone. An empty header is none:
 * one app sends it so when nobody is signed in. PublicError 401 for a wrong key.
 */
export async function callerOf({ headers, context }: Pick<RouteRequest, "headers" | "context">): Promise<Caller | null> {
  const header = (headers.authorization ?? "").trim();
  if (header === "" || /^(bearer|token)$/i.test(header)) return null;
  const caller = await callerWith(context, header);
  if (!caller) throw new PublicError("invalid_token", "This token is not valid (any more). Sign in again in the app.", 401);
  return caller;
}

/** Whom a key stands for, wherever it was sent; null for a wrong one. */
export async function callerWith({ identity }: Pick<Context, "identity">, key: string): Promise<Caller | null> {
  const token = await identity.tokenOf(key);
  return token && { account: token.account, token };
}

/** Whoever asks, if the app may. PublicError 401, or 403 `insufficient_scope`. */
export function needCaller(context: Pick<Own, "settings">, caller: Caller | null, what: Need): Caller {
  if (!caller) throw new PublicError("unauthorized", "Sign in first: send the app's token in the header Authorization.", 401);
  if (what === "any" || caller.token.scopes.includes(what) || mayAll(context, caller.token)) return caller;
  throw new PublicError("insufficient_scope", `The app was let in without the scope “${what}”.`, 403, { scope: what });
}

// Apps made for Micro.blog ask for `create` and expect a key for everything; only those the admin names get it.
function mayAll({ settings }: Pick<Own, "settings">, { clientId, scopes }: TokenFacts): boolean {
  return scopes.includes("create") && clientId !== "" && linesOf(settings.firstParty).includes(clientId);
}

/** The lines of a setting, without empty ones. */
export const linesOf = (text: string | undefined): string[] =>
  (text ?? "").split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
