import { PublicError } from "../../errors.ts";
import type { Json } from "../../hooks/values.ts";
import { parseJson } from "../../net/json.ts";
import type { Context } from "../context.types.ts";
import type { ConnectionByFields, ConnectionEndpoints, ConnectionSteps, ConnectionWay, OAuthTokens } from "./connection.types.ts";

/** The steps of a connection: the plugin's own, or those of plain OAuth 2 between the addresses it names. */
export function stepsOf(way: Exclude<ConnectionWay, ConnectionByFields>): ConnectionSteps {
  return "begin" in way ? way : standardSteps(way);
}

function standardSteps(way: ConnectionEndpoints): ConnectionSteps {
  return {
    async begin(context, { redirectUri, codeChallenge }) {
      const url = new URL(way.authorizeUrl);
      const asked = {
        response_type: "code",
        client_id: settingOf(context, way.clientId),
        redirect_uri: redirectUri,
        code_challenge: codeChallenge,
        code_challenge_method: "S256",
        ...(way.scope && { scope: way.scope }),
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return { url: url.href };
    },
    async finish(context, query, { redirectUri, codeVerifier }) {
      const body = new URLSearchParams({
        grant_type: "authorization_code",
        code: query.get("code") ?? "",
        redirect_uri: redirectUri,
        client_id: settingOf(context, way.clientId),
        code_verifier: codeVerifier,
        ...(way.clientSecret && { client_secret: settingOf(context, way.clientSecret) }),
      });
      const tokens = await askForTokens(context, way.tokenUrl, body);
      const seconds = Number(tokens.expires_in);
      const expiresAt = seconds > 0 ? new Date(context.clock.now().getTime() + seconds * 1000).toISOString() : null;
      return { account: await way.account(context, tokens), expiresAt, tokens: tokens as Json };
    },
  };
}

async function askForTokens(context: Context, address: string, body: URLSearchParams): Promise<OAuthTokens> {
  const answer = await context.fetch(address, {
    method: "POST",
    body,
    headers: { accept: "application/json" },
    maxBytes: 100_000,
  });
  const found = answer.ok ? (parseJson(await answer.text(), { maxBytes: 100_000 }) as OAuthTokens | null) : null;
  if (typeof found?.access_token === "string") return found;
  const host = new URL(address).host;
  throw new PublicError("connection.refused", `${host} gave no access (${answer.status}). Connect again.`, 422, {
    host,
    status: answer.status,
  });
}

function settingOf(context: Context, name: string): string {
  const value = (context.settings as Readonly<Record<string, unknown>>)[name];
  if (typeof value === "string" && value !== "") return value;
  throw new PublicError("connection.client", `Fill in “${name}” first: the service asks for it.`, 422, { name });
}
