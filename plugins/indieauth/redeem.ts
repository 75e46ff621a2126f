import { createHash, timingSafeEqual } from "node:crypto";
import { PublicError } from "rookery/plugin";
import type { OwnContext } from "./own-context.ts";
import { spendCode, type Grant } from "./codes.ts";
import { clientIdOf } from "./urls.ts";

/** A request that lacks a parameter, or says one wrongly (RFC 6749 §5.2). */
export const badRequest = (why: string): PublicError => new PublicError("invalid_request", why, 400);
/** A code or refresh token that is not good, or not this app's. */
export const badGrant = (why: string): PublicError => new PublicError("invalid_grant", why, 400);

/**
 * Turns a code in (IndieAuth §5.3): gives what it stands for. Whatever is wrong with the request, the code is used up by it; one
 * that was used before takes back the token that came of it. PublicError 400 `invalid_request`, `invalid_grant`, `unsupported_grant_type`.
 */
export async function redeem(context: OwnContext, fields: URLSearchParams): Promise<Grant> {
  const code = fields.get("code");
  if (!code) throw badRequest("code is missing");
  const type = fields.get("grant_type");
  if (type !== null && type !== "authorization_code")
    throw new PublicError("unsupported_grant_type", "grant_type must be authorization_code here", 400);
  const spent = await spendCode(context, code);
  if (spent.state === "again" && spent.tokenId !== null)
    await context.identity.revoke({ accountId: spent.accountId, id: spent.tokenId });
  if (spent.state !== "good") throw badGrant("the code is unknown, over, or was used before");
  const { grant } = spent;
  const problem = problemOf(fields, grant);
  if (problem) throw problem;
  return grant;
}

function problemOf(fields: URLSearchParams, grant: Grant): PublicError | null {
  const twice = ["code", "client_id", "redirect_uri", "code_verifier"].find((name) => fields.getAll(name).length > 1);
  if (twice) return badRequest(`${twice} is there more than once`);
  const client = fields.get("client_id");
  if (!client) return badRequest("client_id is missing");
  if (clientIdOf(client)?.href !== grant.clientId) return badGrant("the code was made for another client_id");
  const redirect = fields.get("redirect_uri");
  const verifier = fields.get("code_verifier");
  // Apps from before PKCE leave these out; what a code with a challenge is worth must not hang on their word.
  if (grant.challenge !== null) {
    if (fields.get("grant_type") === null) return badRequest("grant_type is missing");
    if (redirect === null) return badRequest("redirect_uri is missing");
    if (!verifier) return badGrant("code_verifier is missing");
    if (!verifies(verifier, grant.challenge)) return badGrant("code_verifier does not fit the challenge");
  } else if (verifier !== null) return badGrant("the code was made without a challenge, so there is no code_verifier");
  if (redirect !== null && redirect !== grant.redirectUri) return badGrant("the code was made for another redirect_uri");
  return null;
}

// RFC 7636 §4.6. One widely used client library writes the same SHA-256 in hex, which is as hard to guess.
function verifies(verifier: string, challenge: string): boolean {
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const hash = createHash("sha256").update(verifier).digest();
  return [hash.toString("base64url"), hash.toString("hex")].some((wanted) => isSame(wanted, challenge));
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
