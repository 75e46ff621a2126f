import { PublicError, type Connection, type Context, type Fields, type Json, type TypedValues } from "rookery/plugin";
import { nonsense, originOf, toPerson } from "../crosspost/kit.ts";
import { findServer, handleIn } from "./find-server.ts";
import { logIn, tokensIn } from "./session.ts";
import { errorIn, errorOf } from "./xrpc.ts";

/** What people type to connect. */
export const typed = {
  handle: { type: "text", label: "Handle", help: "For example kim.bsky.social, or your own domain.", required: true },
  password: {
    type: "secret",
    label: "App password",
    help: "Make one at Bluesky under Settings → Privacy and security → App passwords. Never the password of your account.",
    required: true,
  },
  server: {
    type: "url",
    label: "Server",
    help: "Only if your account lives on a server that cannot be found by its handle. Leave it empty for Bluesky.",
  },
} as const satisfies Fields;

const appPassword = /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/i;

/** Finds the account's server and starts a session there. PublicError at the field that is wrong, in words. */
export async function connectAccount(context: Context, values: TypedValues): Promise<Connection<Json>> {
  const wrong = (key: string, field: keyof typeof typed, told = {}) =>
    new PublicError(`bluesky.${key}`, context.t(`connect.${key}`, told), 422, { field });
  const handle = handleIn(String(values.handle ?? ""));
  if (handle === null) throw wrong("handle", "handle");
  const [password, address] = [String(values.password ?? "").trim(), values.server || undefined];
  // The account's own password opens everything, so it does not even leave the house.
  if (address === undefined && !appPassword.test(password)) throw wrong("account-password", "password");
  const named = address === undefined ? undefined : originOf(address);
  if (named === null) throw wrong("server", "server");
  const field = named === undefined ? "handle" : "server";
  return toPerson(async () => {
    // Whoever names a server wants nobody else asked about the handle.
    const found = named === undefined ? await findServer(context, handle) : null;
    const server = named ?? found?.server;
    if (server === undefined) throw wrong("not-found", "handle", { handle });

    const answer = await logIn(context, server, handle, password);
    if (errorIn(answer) === "AuthFactorTokenRequired") throw wrong("account-password", "password");
    if (answer.status === 401) throw wrong("refused", "password");
    const tokens = tokensIn(answer, { server, password }, context.clock.now());
    if (!tokens) throw answer.isOk ? nonsense(context, answer.server) : errorOf(context, answer);
    if (found && tokens.did !== found.did) throw wrong("other", "handle");
    if (isOfAccount(tokens.access)) throw wrong("account-password", "password");
    return { account: tokens.handle, expiresAt: null, tokens };
  }, field);
}

// Servers say in the token what it was made with (`scope`); one made with the account's password may do everything.
function isOfAccount(token: string): boolean {
  try {
    const { scope } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { scope?: unknown };
    return scope === "com.atproto.access";
  } catch {
    return false;
  }
}
