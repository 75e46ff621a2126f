import { timingSafeEqual, createHash } from "node:crypto";
import { PublicError, type Reply, type RouteRequest, type TokenFacts } from "rookery/plugin";
import { blogFor } from "./me.ts";
import { profileOf } from "./profile.ts";
import type { settings } from "./settings.ts";

type Request = RouteRequest<typeof settings>;

const noStore = { "cache-control": "no-store" } as const;

/**
 * Whether a token is good, for servers (RFC 7662). Whoever asks shows the installation's secret, or a token: that is for tokens of the
 * same person, and those of others are as if there were none (§2.2).
 */
export async function introspectionEndpoint({ context, fields, headers }: Request): Promise<Reply> {
  const mayAsk = await asker(context, headers.authorization);
  if (!mayAsk) throw new PublicError("unauthorized", "show a token, or the installation's secret, as Bearer", 401);
  const token = (await fields()).get("token");
  if (!token) throw new PublicError("invalid_request", "token is missing", 400);
  const facts = await factsOf(context, token);
  if (!facts || !mayAsk(facts.accountId)) return { json: { active: false }, headers: noStore };
  const seconds = (moment: string) => Math.floor(Date.parse(moment) / 1000);
  const json = {
    active: true,
    me: facts.me,
    client_id: facts.clientId,
    scope: facts.scopes.join(" "),
    iat: seconds(facts.createdAt),
    ...(facts.expiresAt !== null && { exp: seconds(facts.expiresAt) }),
  };
  return { json, headers: noStore };
}

/** The old way for a server to check a token: it shows it. */
export async function legacyCheck({ context, headers }: Request): Promise<Reply> {
  const facts = await shown(context, headers.authorization);
  return { json: { me: facts.me, client_id: facts.clientId, scope: facts.scopes.join(" ") }, headers: noStore };
}

/** Whose a token is, as far as `profile` and `email` go (IndieAuth §9). */
export async function userinfoEndpoint({ context, headers }: Request): Promise<Reply> {
  const { accountId, account, me, scopes } = await shown(context, headers.authorization);
  const profile = await profileOf(context, { accountId, account, me, scopes });
  if (!profile)
    throw new PublicError("insufficient_scope", "the token does not allow reading the profile", 403, { scope: "profile" });
  return { json: profile, headers: noStore };
}

async function shown(context: Request["context"], authorization: string | undefined) {
  if (!authorization?.trim()) throw new PublicError("unauthorized", "show a token as Bearer", 401);
  const facts = await factsOf(context, authorization);
  if (!facts) throw new PublicError("invalid_token", "the token is unknown, over, or was taken back", 401);
  return facts;
}

// A token whose person left the blog it is for opens nothing any more.
async function factsOf(context: Request["context"], token: string): Promise<(TokenFacts & { me: string }) | null> {
  const facts = await context.identity.tokenOf(token);
  const found = facts && (await blogFor(context, facts.accountId, facts.blogId));
  return facts && found ? { ...facts, me: found.blog.url } : null;
}

// Of whose tokens somebody may ask; null for nobody's.
async function asker(context: Request["context"], authorization: string | undefined) {
  if (!authorization?.trim()) return null;
  const secret = (context.settings as { readonly introspectionSecret?: string }).introspectionSecret;
  const value = authorization.trim().replace(/^bearer\s+/i, "");
  if (secret && isSame(value, secret)) return () => true;
  const facts = await factsOf(context, authorization);
  return facts && ((accountId: string) => accountId === facts.accountId);
}

function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
