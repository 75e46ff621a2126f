import { PublicError, type AuthMethod, type Json } from "rookery/plugin";
import type { OwnContext } from "../own-context.ts";
import { profileUrlOf } from "../urls.ts";
import { clientAddress } from "./client.ts";
import { discover, type Discovered } from "./discover.ts";

/** Signing in by proving that a site is one's own (IndieAuth as a client, §4 and §5). */
export function ownSite(context: () => OwnContext): AuthMethod {
  return {
    id: "own-site",
    label: "Use my own site",
    field: { label: "Address of your site", type: "url", placeholder: "https://kim.example/" },
    async begin(value, { redirectUri, state, codeChallenge }) {
      const found = await discover(context(), value);
      const url = new URL(found.authorization);
      for (const [name, said] of Object.entries({
        response_type: "code",
        client_id: clientAddress(context().site),
        redirect_uri: redirectUri,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: "S256",
        me: found.me,
      }))
        url.searchParams.set(name, said);
      return { url: url.href, data: found as unknown as Json };
    },
    async finish(query, { redirectUri, codeVerifier, data }) {
      const found = data as unknown as Discovered;
      const iss = query.get("iss");
      // Compared as text: an answer of another server is no answer to our question (RFC 9207).
      if (found.issuer !== null && (iss !== null || found.saysIssuer) && iss !== found.issuer) throw notProved();
      if (query.has("error")) throw new PublicError("site.denied", "Your site did not confirm that it is you.", 422);
      const code = query.get("code");
      if (!code) throw notProved();
      const body = new URLSearchParams({
        grant_type: "authorization_code",
        code,
        client_id: clientAddress(context().site),
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      });
      return { identity: await confirmed(context(), found, await redeemed(context(), found.authorization, body)) };
    },
  };
}

async function redeemed(context: OwnContext, endpoint: string, body: URLSearchParams): Promise<URL> {
  const options = { method: "POST", body, redirect: "manual", timeout: 8_000, maxBytes: 100_000 } as const;
  const response = await context.fetch(endpoint, { ...options, headers: { accept: "application/json" } }).catch(() => null);
  const said = response?.ok ? ((await response.json().catch(() => null)) as { me?: unknown } | null) : null;
  const me = typeof said?.me === "string" ? profileUrlOf(said.me) : null;
  if (!me || !/^https?:/i.test(String(said!.me))) throw notProved();
  return me;
}

// A server that says somebody is at another address than was typed must be the one which that address names too.
async function confirmed(context: OwnContext, found: Discovered, me: URL): Promise<string> {
  if (found.seen.includes(me.href)) return me.href;
  const there = await discover(context, me.href);
  if (there.authorization !== found.authorization || there.issuer !== found.issuer || there.me !== me.href) throw notProved();
  return me.href;
}

const notProved = () => new PublicError("site.not-proved", "Your site did not prove that it is yours. Try again.", 422);
