import { PublicError, type Connection, type ConnectionStart, type Json } from "rookery/plugin";
import type { ServiceLimits } from "../crosspost/api.ts";
import { codeForm, nonsense, permissionPage, textIn, toPerson } from "../crosspost/kit.ts";
import { accountsIn, type Client, type Tokens } from "./accounts.ts";
import { call } from "./call.ts";
import { instanceOf } from "./limits.ts";
import { serverIn, type ServerAddress } from "./server-address.ts";
import type { MastodonContext } from "./settings.ts";

// To read statuses is for one thing: looking whether a copy arrived whose answer did not.
const scope = "read:accounts read:statuses write:statuses write:media";
const me = "/api/v1/accounts/verify_credentials";

type Begun = { readonly server: string; readonly client: Client; readonly domain: string; readonly limits: ServiceLimits };

/** Finds the server somebody named and sends them to its page of permission. PublicError 422 in words. */
export async function begin(context: MastodonContext, start: ConnectionStart): Promise<{ url: string; data: Json }> {
  const typed = context.settings.server ?? "";
  const named = serverIn(typed);
  if (!named) throw new PublicError("mastodon.server", context.t(typed === "" ? "connect.name" : "connect.address"), 422);
  return toPerson(async () => {
    const server = await homeOf(context, named);
    const instance = await instanceOf(context, server);
    const known = await knownClient(context, server, start);
    const client = known ?? (await register(context, server, start));
    // Who has an account there already may want another one: the server asks which.
    const more = { client_id: client.id, scope, ...(known && { force_login: "true" }) };
    const url = permissionPage(`${server}/oauth/authorize`, start, more);
    return { url, data: { server, client, ...instance } as unknown as Json };
  });
}

/** Makes the connection of the code the server sent along. */
export async function finish(
  context: MastodonContext,
  query: URLSearchParams,
  start: ConnectionStart & { readonly data: Json },
): Promise<Connection<Json>> {
  const { server, client, domain, limits } = start.data as unknown as Begun;
  return toPerson(async () => {
    const granted = await call(context, server, { method: "POST", path: "/oauth/token", form: codeForm(query, start, client) });
    const access = textIn(context, granted, "access_token");
    const found = await call(context, server, { path: me, token: access });
    const [id, name] = [textIn(context, found, "id"), textIn(context, found, "username")];
    if (!/^[\w.-]{1,100}$/.test(name)) throw nonsense(context, found.server);
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
    if (await call(context, server, { path: me, token: tokens.access }).catch(() => null)) return tokens.client;
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
  const app = await call(context, server, { method: "POST", path: "/api/v1/apps", form });
  return { id: textIn(context, app, "client_id"), secret: textIn(context, app, "client_secret"), redirectUri };
}
