import { PublicError, type Connection, type ConnectionStart, type Json } from "rookery/plugin";
import { CrosspostError, type ServiceLimits } from "../crosspost/api.ts";
import { accountsIn, type Client, type Tokens } from "./accounts.ts";
import { call } from "./call.ts";
import { instanceOf } from "./limits.ts";
import { serverIn, type ServerAddress } from "./server-address.ts";
import type { MastodonContext } from "./settings.ts";

// To read statuses is for one thing: looking whether a copy arrived whose answer did not.
const scope = "read:accounts read:statuses write:statuses write:media";

type Begun = { readonly server: string; readonly client: Client; readonly domain: string; readonly limits: ServiceLimits };

/** Finds the server somebody named and sends them to its page of permission. PublicError 422 in words. */
export async function begin(context: MastodonContext, start: ConnectionStart): Promise<{ url: string; data: Json }> {
  const typed = context.settings.server ?? "";
  const named = serverIn(typed);
  if (!named) throw new PublicError("mastodon.server", context.t(typed === "" ? "connect.name" : "connect.address"), 422);
  return inWords(async () => {
    const server = await homeOf(context, named);
    const instance = await instanceOf(context, server);
    const known = await knownClient(context, server, start);
    const client = known ?? (await register(context, server, start));
    const url = new URL("/oauth/authorize", server);
    const asked = {
      response_type: "code",
      client_id: client.id,
      redirect_uri: start.redirectUri,
      scope,
      code_challenge: start.codeChallenge,
      code_challenge_method: "S256",
      // Who has an account there already may want another one: the server asks which.
      ...(known && { force_login: "true" }),
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return { url: url.href, data: { server, client, ...instance } as unknown as Json };
  });
}

/** Makes the connection of the code the server sent along. */
export async function finish(
  context: MastodonContext,
  query: URLSearchParams,
  { redirectUri, codeVerifier, data }: ConnectionStart & { readonly data: Json },
): Promise<Connection<Json>> {
  const { server, client, domain, limits } = data as unknown as Begun;
  return inWords(async () => {
    const form = new URLSearchParams({
      grant_type: "authorization_code",
      code: query.get("code") ?? "",
      client_id: client.id,
      client_secret: client.secret,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    });
    const access = textIn(
      context,
      server,
      (await call(context, server, { method: "POST", path: "/oauth/token", form })).body,
      "access_token",
    );
    const { body } = await call(context, server, { path: "/api/v1/accounts/verify_credentials", token: access });
    const [id, name] = [textIn(context, server, body, "id"), textIn(context, server, body, "username")];
    if (!/^[\w.-]{1,100}$/.test(name)) throw nonsense(context, server);
    const tokens: Tokens = { server, client, access, id, limits };
    return { account: `@${name}@${domain}`, expiresAt: null, tokens: tokens as unknown as Json };
  });
}

/** Tells the server that the token is not used any more. */
export async function revoke(context: MastodonContext, { tokens }: Connection<Json>): Promise<void> {
  const { server, client, access } = tokens as unknown as Tokens;
  const form = new URLSearchParams({ client_id: client.id, client_secret: client.secret, token: access });
  await call(context, server, { method: "POST", path: "/oauth/revoke", form });
}

// The part after the @ may be another name than the server's own (RFC 7033); where nobody says so, it is the server.
async function homeOf(context: MastodonContext, { origin, user }: ServerAddress): Promise<string> {
  if (user === null) return origin;
  const resource = encodeURIComponent(`acct:${user}@${new URL(origin).host}`);
  const path = `/.well-known/webfinger?resource=${resource}`;
  const found = await call(context, origin, { path }).catch(() => null);
  const links = Array.isArray(found?.body.links) ? (found.body.links as readonly { rel?: unknown; href?: unknown }[]) : [];
  const own = links.find((link) => link?.rel === "self")?.href;
  return (typeof own === "string" ? serverIn(own)?.origin : undefined) ?? origin;
}

// Servers forget apps that nobody uses; one whose token still works is there.
async function knownClient(context: MastodonContext, server: string, start: ConnectionStart): Promise<Client | null> {
  for (const { tokens } of accountsIn(context)) {
    if (tokens.server !== server || tokens.client.redirectUri !== start.redirectUri) continue;
    const asked = { path: "/api/v1/accounts/verify_credentials", token: tokens.access };
    if (await call(context, server, asked).catch(() => null)) return tokens.client;
  }
  return null;
}

async function register(context: MastodonContext, server: string, { redirectUri }: ConnectionStart): Promise<Client> {
  const form = new URLSearchParams({
    client_name: "Rookery",
    redirect_uris: redirectUri,
    scopes: scope,
    website: context.site.url,
  });
  const { body } = await call(context, server, { method: "POST", path: "/api/v1/apps", form });
  const [id, secret] = [textIn(context, server, body, "client_id"), textIn(context, server, body, "client_secret")];
  return { id, secret, redirectUri };
}

function textIn(context: MastodonContext, server: string, body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "" && value.length <= 2000) return value;
  throw nonsense(context, server);
}

const nonsense = (context: MastodonContext, server: string): CrosspostError =>
  new CrosspostError("transient", context.t("error.nonsense", { server: new URL(server).host }));

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CrosspostError)) throw error;
    throw new PublicError("mastodon.said", error.message, 422);
  }
}
