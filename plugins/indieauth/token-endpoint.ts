import { PublicError, type Json, type Reply, type RouteRequest } from "rookery/plugin";
import type { OwnContext } from "./own-context.ts";
import { noteToken } from "./codes.ts";
import { blogFor } from "./me.ts";
import { onBlog } from "./own-blogs.ts";
import { profileOf } from "./profile.ts";
import { badGrant, badRequest, redeem } from "./redeem.ts";
import { secondsOf, type settings } from "./settings.ts";
import { clientIdOf } from "./urls.ts";

// A refresh token that nobody uses for so long is over.
const refreshSeconds = 180 * 86_400;
const noStore = { "cache-control": "no-store", pragma: "no-cache" } as const;

/** What apps get tokens by: codes and refresh tokens, and the old way to give one back. */
export async function tokenEndpoint({ context, fields }: RouteRequest<typeof settings>): Promise<Reply> {
  const sent = await fields();
  if (sent.get("action") === "revoke") return revoke(context, sent.get("token"));
  const type = sent.get("grant_type") ?? (sent.has("code") ? "authorization_code" : null);
  if (type === null) throw badRequest("grant_type is missing");
  if (type === "authorization_code") return byCode(context, sent);
  if (type === "refresh_token") return byRefreshToken(context, sent);
  throw new PublicError("unsupported_grant_type", "grant_type must be authorization_code or refresh_token", 400);
}

/** The revocation endpoint (RFC 7009): 200 whichever token was sent, so that nobody learns which there are. */
export async function revocationEndpoint({ context, fields }: RouteRequest<typeof settings>): Promise<Reply> {
  return revoke(context, (await fields()).get("token"));
}

/** Turns a code in at the authorization endpoint: it says who somebody is, and opens nothing. */
export async function identityEndpoint({ context, fields }: RouteRequest<typeof settings>): Promise<Reply> {
  const grant = await redeem(context, await fields());
  const found = await blogFor(context, grant.accountId, grant.blogId);
  // Whoever only writes on a blog is not who it stands for.
  if (!found?.isOwner) throw badGrant("the blog is not this person's any more");
  const me = found.blog.url;
  const profile = await profileOf(context, { accountId: grant.accountId, me, scopes: grant.scopes });
  return { json: { me, ...(profile && { profile }) }, headers: noStore };
}

async function byCode(context: OwnContext, fields: URLSearchParams): Promise<Reply> {
  const grant = await redeem(context, fields);
  const { accountId, blogId, clientId, clientName, scopes } = grant;
  if (scopes.length === 0)
    throw badGrant("nothing was allowed, so there is no token: turn the code in at the authorization endpoint");
  const found = await blogFor(context, accountId, blogId);
  const there = found && (await onBlog(context, found.blog));
  if (!there) throw badGrant("the person does not write on the blog any more");
  const seconds = secondsOf(there.settings.lifetime);
  const wanted = {
    accountId,
    blogId,
    scopes,
    clientId,
    name: clientName,
    refreshSeconds,
    ...(seconds !== undefined && { seconds }),
  };
  const issued = await context.identity.issue(wanted);
  if (!(await noteToken(context, fields.get("code")!, issued.id))) {
    await context.identity.revoke({ accountId, id: issued.id });
    throw badGrant("the code was used twice");
  }
  const me = found.blog.url;
  const profile = await profileOf(context, { accountId, me, scopes });
  return tokenReply({ token: issued.token, refreshToken: issued.refreshToken, scopes, me, seconds }, profile);
}

async function byRefreshToken(context: OwnContext, fields: URLSearchParams): Promise<Reply> {
  const refreshToken = fields.get("refresh_token");
  const client = clientIdOf(fields.get("client_id") ?? "");
  if (!refreshToken) throw badRequest("refresh_token is missing");
  if (!client) throw badRequest("client_id is missing, or is none");
  const scope = fields.get("scope");
  const scopes = scope
    ?.split(" ")
    .filter(Boolean)
    .map((one) => (one === "post" ? "create" : one));
  const renewed = await context.identity.refresh({ refreshToken, clientId: client.href, ...(scopes && { scopes }) });
  if (!renewed.ok) {
    if (renewed.why === "scope") throw new PublicError("invalid_scope", "more is asked for than was granted", 400);
    throw badGrant("the refresh token is unknown, over, another app's, or was used before");
  }
  const found = await blogFor(context, renewed.accountId, renewed.blogId);
  if (!found) {
    await context.identity.revoke({ accountId: renewed.accountId, id: renewed.id });
    throw badGrant("the person does not write on the blog any more");
  }
  const me = found.blog.url;
  const profile = await profileOf(context, { accountId: renewed.accountId, me, scopes: renewed.scopes });
  const { token, scopes: granted, expiresAt } = renewed;
  const left = expiresAt === null ? undefined : Math.round((Date.parse(expiresAt) - context.clock.now().getTime()) / 1000);
  return tokenReply({ token, refreshToken: renewed.refreshToken, scopes: granted, me, seconds: left }, profile);
}

type Made = {
  readonly token: string;
  readonly refreshToken: string | undefined;
  readonly scopes: readonly string[];
  readonly me: string;
  readonly seconds: number | undefined;
};

function tokenReply({ token, refreshToken, scopes, me, seconds }: Made, profile: Record<string, Json> | null): Reply {
  const json = {
    access_token: token,
    token_type: "Bearer",
    scope: scopes.join(" "),
    me,
    ...(seconds !== undefined && { expires_in: seconds }),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(profile && { profile }),
  };
  return { json, headers: noStore };
}

async function revoke(context: OwnContext, token: string | null): Promise<Reply> {
  if (!token) throw badRequest("token is missing");
  await context.identity.revoke(token);
  return { json: {}, headers: noStore };
}
