import { PublicError, type Reply } from "rookery/plugin";
import type { OwnContext } from "./own-context.ts";
import { hubIssuer } from "./addresses.ts";
import { backTo } from "./answer.ts";
import { clientInfo, type ClientInfo } from "./client-info.ts";
import { clientIdOf, redirectOf } from "./urls.ts";

/** An app's request, checked: where it may be answered, and what it asks for. */
export type Asked = {
  readonly client: URL;
  readonly redirectUri: string;
  readonly state: string;
  /** Of method S256; null for an app that does not protect the sign-in. */
  readonly challenge: string | null;
  readonly scope: string;
  /** Whose site it is, as the app says; nobody checked that. */
  readonly me: string | null;
  /** By which metadata the app found its way here. */
  readonly issuer: string;
};

/** A request that can be put to somebody, or the answer to one that cannot. */
export type Checked = { readonly asked: Asked; readonly info: () => Promise<ClientInfo> } | { readonly answer: Reply };

/**
 * Checks an authorization request (IndieAuth §5.2) in the order that keeps people from being sent where the app never was: until the
 * address of the answer is trusted, what is wrong is thrown as PublicError 400 and shown here; after that the app is told.
 */
export async function checkRequest(context: OwnContext, query: URLSearchParams, address: string): Promise<Checked> {
  const client = clientIdOf(one(query, "client_id"));
  if (!client)
    throw new PublicError(
      "client-id",
      "The app does not say in a way that can be read which app it is (client_id). Nothing was done.",
      400,
    );
  const redirect = redirectOf(one(query, "redirect_uri"));
  if (!redirect)
    throw new PublicError(
      "redirect",
      "The app does not say, or not properly, where to go back to (redirect_uri). Nothing was done.",
      400,
    );
  let read: Promise<ClientInfo> | undefined;
  const info = () => (read ??= clientInfo(context, client, address));
  if (redirect.origin !== client.origin && !(await info()).redirects.includes(redirect.written))
    throw new PublicError(
      "redirect-foreign",
      `The app at ${client.host} wants you back at an address that is not its own, so nothing was done.`,
      400,
      { client: client.host },
    );
  const me = query.get("me");
  const blog = me === null ? null : await ownBlog(context, me);
  const issuer = blog?.url ?? hubIssuer(context.site);
  const state = query.get("state");
  const refuse = (error: string, description: string): Checked => ({
    answer: backTo(redirect.written, { error, error_description: description, state, iss: issuer }),
  });
  const problem = problemOf(query);
  if (problem) return refuse(...problem);
  const asked = {
    client,
    redirectUri: redirect.written,
    state: state ?? "",
    challenge: query.get("code_challenge") || null,
    scope: query.get("scope") ?? "",
    me,
    issuer,
  };
  return { asked, info };
}

/** The request as an address can carry it: through the sign-in and back. */
export const sameRequest = (query: URLSearchParams): string =>
  [...query].map((pair) => pair.map(encodeURIComponent).join("=")).join("&");

const single = ["response_type", "state", "scope", "code_challenge", "code_challenge_method", "me"] as const;

function problemOf(query: URLSearchParams): [error: string, description: string] | null {
  const twice = single.find((name) => query.getAll(name).length > 1);
  if (twice) return ["invalid_request", `${twice} is there more than once`];
  const type = query.get("response_type");
  if (!type) return ["invalid_request", "response_type is missing"];
  if (type !== "code") return ["unsupported_response_type", "only response_type=code is served"];
  if (!query.get("state")) return ["invalid_request", "state is missing"];
  const challenge = query.get("code_challenge");
  const method = query.get("code_challenge_method");
  // Without a method RFC 7636 means “plain”.
  if ((challenge && method !== "S256") || (method && method !== "S256"))
    return ["invalid_request", "code_challenge_method must be S256"];
  if (challenge && !/^[\w.~-]{43,128}$/.test(challenge)) return ["invalid_request", "code_challenge is malformed"];
  if (!/^[\x21\x23-\x5b\x5d-\x7e ]*$/.test(query.get("scope") ?? "")) return ["invalid_scope", "scope is malformed"];
  return null;
}

// A name that is there twice is no name: one half of the way might look at the first, the other at the last.
function one(query: URLSearchParams, name: string): string {
  const [value = "", ...more] = query.getAll(name);
  return more.length === 0 ? value : "";
}

// An app that asks for nobody's site says the bare host or any of its addresses.
async function ownBlog(context: OwnContext, me: string) {
  const url = /^https?:\/\//i.test(me) ? me : `https://${me}`;
  return URL.canParse(url) ? context.blogAt(url) : null;
}
