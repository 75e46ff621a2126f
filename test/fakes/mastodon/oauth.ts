import { createHash, randomBytes } from "node:crypto";
import type { FakeReply } from "../fake-server.ts";
import type { Call, Route } from "./call.ts";
import { listOf, paramsOf, textOf } from "./params.ts";
import { invalid, Refused } from "./refused.ts";

const secret = (): string => randomBytes(24).toString("base64url");
const words = (text: string): readonly string[] => text.split(/[\s+]+/).filter(Boolean);

/** Registration of apps, permission, tokens and their end (OAuth 2 as Doorkeeper speaks it, PKCE as since version 4.3). */
export const oauthRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/apps", run: register },
  { method: "GET", path: "/oauth/authorize", run: askPerson },
  { method: "POST", path: "/oauth/authorize", run: hearPerson },
  { method: "POST", path: "/oauth/token", run: giveToken },
  { method: "POST", path: "/oauth/revoke", run: revoke },
];

async function register({ request, held }: Call): Promise<FakeReply> {
  const params = await paramsOf(request, ["client_name", "redirect_uris", "scopes", "website"]);
  const name = textOf(params, "client_name");
  const given = Array.isArray(params.redirect_uris) ? listOf(params, "redirect_uris") : words(textOf(params, "redirect_uris"));
  if (name === "") throw invalid("Application name can't be blank");
  if (given.length === 0 || !given.every((one) => URL.canParse(one))) throw invalid("Redirect URI must be an absolute URI.");
  const website = textOf(params, "website");
  if (website !== "" && !/^https?:\/\//.test(website)) throw invalid("Website must be a valid URL");
  const scopes = words(textOf(params, "scopes") || "read");
  const app = { id: held.nextId(), name, clientId: secret(), clientSecret: secret(), redirectUris: given, scopes };
  held.apps.push(app);
  const { id, clientId, clientSecret } = app;
  const said = { id, name, website: website || null, scopes, redirect_uris: given, redirect_uri: given.join("\n") };
  return { json: { ...said, client_id: clientId, client_secret: clientSecret } };
}

type Asked = {
  readonly redirectUri: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
};

function askedFor({ held }: Call, query: URLSearchParams): Asked {
  const app = held.apps.find((one) => one.clientId === query.get("client_id"));
  if (!app) throw new Refused(401, "Client authentication failed due to unknown client.");
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!app.redirectUris.includes(redirectUri)) throw new Refused(400, "The redirect uri included is not valid.");
  if (query.get("response_type") !== "code")
    throw new Refused(400, "The authorization server does not support this response type.");
  const scopes = words(query.get("scope") ?? "read");
  if (!scopes.every((one) => app.scopes.includes(one) || app.scopes.includes(one.split(":")[0]!)))
    throw new Refused(400, "The requested scope is invalid, unknown, or malformed.");
  const challenge = query.get("code_challenge");
  if (challenge !== null && query.get("code_challenge_method") !== "S256")
    throw new Refused(400, "The code_challenge_method must be S256.");
  return { redirectUri, clientId: app.clientId, scopes, challenge };
}

function askPerson(call: Call): FakeReply {
  const { query } = call.request;
  const asked = askedFor(call, query);
  if (call.rules.isApproving) return allowed(call, asked, query.get("state"));
  const app = call.held.apps.find((one) => one.clientId === asked.clientId)!;
  const kept = [...query].map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value.replaceAll('"', "&quot;")}">`,
  );
  const buttons = `<button name="answer" value="yes">Authorize</button> <button name="answer" value="no">Deny</button>`;
  const html = `<!doctype html><html lang="en"><title>Authorization</title><link rel="icon" href="data:,"><h1>${app.name} asks for access to ${call.visitor}</h1><form method="post" action="/oauth/authorize">${kept.join("")}${buttons}</form></html>`;
  return { html };
}

function hearPerson(call: Call): FakeReply {
  const form = new URLSearchParams(new TextDecoder().decode(call.request.bytes));
  const asked = askedFor(call, form);
  if (form.get("answer") === "yes") return allowed(call, asked, form.get("state"));
  const why = "The resource owner or authorization server denied the request.";
  return back(asked.redirectUri, { error: "access_denied", error_description: why, state: form.get("state") });
}

function allowed({ held, rules, visitor }: Call, asked: Asked, state: string | null): FakeReply {
  const account = held.accounts.find(({ username }) => username === visitor)!;
  const code = secret();
  held.grants.push({ ...asked, code, accountId: account.id, expiresAt: rules.now().getTime() + 600_000 });
  return back(asked.redirectUri, { code, state });
}

function back(redirectUri: string, values: Readonly<Record<string, string | null>>): FakeReply {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(values)) if (value !== null) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href } };
}

const noGrant = () =>
  new Refused(400, "invalid_grant", {
    error_description:
      "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.",
  });

async function giveToken({ request, held, rules }: Call): Promise<FakeReply> {
  const known = ["grant_type", "code", "client_id", "client_secret", "redirect_uri", "code_verifier", "scope"];
  const params = await paramsOf(request, known);
  const of = (name: string) => textOf(params, name);
  const app = held.apps.find((one) => one.clientId === of("client_id") && one.clientSecret === of("client_secret"));
  if (!app) throw new Refused(401, "invalid_client", { error_description: "Client authentication failed." });
  if (of("grant_type") !== "authorization_code") throw new Refused(400, "unsupported_grant_type");
  const at = held.grants.findIndex(({ code }) => code === of("code"));
  // A code counts once, whatever comes of it.
  const grant = at < 0 ? undefined : held.grants.splice(at, 1)[0];
  const isSound =
    grant?.clientId === app.clientId && grant.redirectUri === of("redirect_uri") && grant.expiresAt > rules.now().getTime();
  if (!grant || !isSound || !provesItself(grant.challenge, of("code_verifier"))) throw noGrant();
  const { accountId, scopes } = grant;
  const token = { token: secret(), clientId: app.clientId, scopes, accountId, isOver: false };
  held.tokens.push(token);
  const created = Math.floor(rules.now().getTime() / 1000);
  return { json: { access_token: token.token, token_type: "Bearer", scope: scopes.join(" "), created_at: created } };
}

const provesItself = (challenge: string | null, verifier: string): boolean =>
  challenge === null || createHash("sha256").update(verifier).digest("base64url") === challenge;

async function revoke({ request, held }: Call): Promise<FakeReply> {
  const params = await paramsOf(request, ["client_id", "client_secret", "token"]);
  const of = (name: string) => textOf(params, name);
  const app = held.apps.find((one) => one.clientId === of("client_id") && one.clientSecret === of("client_secret"));
  const token = held.tokens.find((one) => one.token === of("token"));
  if (!app || (token && token.clientId !== app.clientId))
    throw new Refused(403, "unauthorized_client", { error_description: "You are not authorized to revoke this token" });
  if (token) token.isOver = true;
  return { json: {} };
}
