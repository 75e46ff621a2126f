import { PublicError, type ConnectionStart } from "rookery/plugin";
import { CrosspostError } from "../crosspost-error.ts";

/** An app as a service knows it. */
export type Client = { readonly id: string; readonly secret: string };

/** The page where somebody lets the app in (RFC 6749 §4.1.1 with PKCE); `more` is what the service asks besides. */
export function permissionPage(page: string, start: ConnectionStart, more: Readonly<Record<string, string>>): string {
  const url = new URL(page);
  const asked = {
    response_type: "code",
    redirect_uri: start.redirectUri,
    code_challenge: start.codeChallenge,
    code_challenge_method: "S256",
    ...more,
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url.href;
}

/** What the token address wants for the code that came back (RFC 6749 §4.1.3). */
export function codeForm(
  query: URLSearchParams,
  { redirectUri, codeVerifier }: ConnectionStart,
  client: Client,
): URLSearchParams {
  return new URLSearchParams({
    grant_type: "authorization_code",
    code: query.get("code") ?? "",
    client_id: client.id,
    client_secret: client.secret,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  });
}

/** Work for somebody who waits at a form: what a service says goes to them, at the form's field `field` if one is named. */
export async function toPerson<T>(work: () => Promise<T>, field?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CrosspostError)) throw error;
    throw new PublicError("crosspost.service-said", error.message, 422, field === undefined ? undefined : { field });
  }
}
