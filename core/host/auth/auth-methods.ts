import { createHash, randomBytes } from "node:crypto";
import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Json } from "../../hooks/values.ts";
import { consumeLink, createLink } from "../../people/one-time-links.ts";
import type { SecretBox } from "../../people/secret-box.ts";
import { secretToken } from "../../people/token-hash.ts";
import { askService } from "../ask-service.ts";
import type { Generation } from "../generation.ts";
import type { AuthMethod, AuthStart } from "../services.types.ts";

/** Where every way of signing in sends people back to. */
export const authCallbackPath = "/signin/with/callback";

const [goneSeconds, stepLimit] = [600, 20_000];

/** A way to sign in that an active plugin offers, as it says itself. */
export type OfferedMethod = Pick<AuthMethod, "id" | "label" | "field"> & { readonly pluginId: string };

/** The ways to sign in that active plugins offer, by plugin and name. One that fails is left out. */
export function offeredMethods(scope: Scope): readonly OfferedMethod[] {
  return (scope.taps as Generation).services({ ...scope, blog: null }, "auth.method").map(({ pluginId, service }) => {
    const { id, label, field } = service;
    return { pluginId, id, label, ...(field && { field }) };
  });
}

/** Under which name identities of a way are kept. */
export const methodName = ({ pluginId, id }: Pick<OfferedMethod, "pluginId" | "id">): string => `${pluginId}/${id}`;

/** What somebody goes away for: to sign in, or to connect an identity with the account that is signed in. */
export type AuthErrand =
  { readonly kind: "sign-in"; readonly next: string } | { readonly kind: "connect"; readonly accountId: string };

type Kept = { readonly pluginId: string; readonly start: AuthStart; readonly data: Json; readonly errand: AuthErrand };
type Wanted = { readonly pluginId: string; readonly value: string; readonly binding: string; readonly errand: AuthErrand };

/** Where to send somebody; `binding` is a word that only this browser has. PublicError 404 when nobody offers it, else what the plugin says. */
export async function beginAuth(scope: Scope, secrets: SecretBox, wanted: Wanted): Promise<string> {
  const { pluginId, value, binding, errand } = wanted;
  const codeVerifier = randomBytes(32).toString("base64url");
  // It is in the address that the plugin makes, so it is there before the link that it opens.
  const state = secretToken();
  const start = {
    redirectUri: new URL(authCallbackPath, scope.site.url).href,
    state,
    codeVerifier,
    codeChallenge: createHash("sha256").update(codeVerifier).digest("base64url"),
  };
  const begun = await ask(scope, pluginId, (method) => method.begin(value.trim().slice(0, 2_000), start));
  const url = URL.parse(begun.url);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new PublicError("identity.address", "There is no web address to go to.", 502);
  const kept: Kept = { pluginId, start, data: begun.data ?? null, errand };
  const data = secrets.seal(`identity/${binding}`, JSON.stringify(kept));
  const link = { purpose: "identity", subject: binding, data, seconds: goneSeconds } as const;
  await scope.storage.write((db) => createLink(db, { ...link, token: state }, scope.clock.now()));
  return url.href;
}

/** Who came back, and what for. */
export type AuthReturn = { readonly errand: AuthErrand; readonly pluginId: string } & (
  | { readonly ok: true; readonly method: string; readonly identity: string }
  | { readonly ok: false; readonly refusal: PublicError }
);

/** Takes what somebody comes back with; null when nobody went away from this browser within ten minutes, or came back before. */
export async function finishAuth(
  scope: Scope,
  secrets: SecretBox,
  { binding, query }: { readonly binding: string; readonly query: URLSearchParams },
): Promise<AuthReturn | null> {
  const state = query.get("state") ?? "";
  const link = await scope.storage.write((db) => consumeLink(db, "identity", state, scope.clock.now()));
  if (!link || link.subject !== binding) return null;
  const { pluginId, start, data, errand } = JSON.parse(secrets.open(`identity/${binding}`, String(link.data))) as Kept;
  try {
    const { id, identity } = await ask(scope, pluginId, async (method) => {
      const proved = await method.finish(query, { ...start, data });
      return { id: method.id, identity: proved.identity };
    });
    if (typeof identity !== "string" || identity === "" || identity.length > 2_000)
      throw new PublicError("identity.none", "The other site did not say who you are.", 502);
    return { errand, pluginId, ok: true, method: methodName({ pluginId, id }), identity };
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return { errand, pluginId, ok: false, refusal: error };
  }
}

// What the plugin refuses in words for the person is no failure of the plugin's.
async function ask<T>(scope: Scope, pluginId: string, question: (method: AuthMethod) => Promise<T>): Promise<T> {
  const hub = { ...scope, blog: null };
  if (!offeredMethods(hub).some((one) => one.pluginId === pluginId))
    throw new PublicError("identity.unknown-way", "This way of signing in is switched off.", 404);
  const said = await askService(hub, {
    name: "auth.method",
    pluginId,
    limit: stepLimit,
    question: async (method) => {
      try {
        return { value: await question(method) };
      } catch (error) {
        if (error instanceof PublicError) return { refusal: error };
        throw error;
      }
    },
  }).catch(() => ({ refusal: new PublicError("identity.failed", "This did not work; try again, or take another way.", 502) }));
  if ("refusal" in said) throw said.refusal;
  return said.value;
}
