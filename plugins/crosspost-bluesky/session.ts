import type { Connection, Context } from "rookery/plugin";
import { CrosspostError, nonsense, RenewedTokens, type Answer } from "../crosspost/kit.ts";
import { errorIn, errorOf, xrpc, type Call } from "./xrpc.ts";

/** What a connected account works with; all of it lies sealed. */
export type Tokens = {
  readonly did: string;
  readonly handle: string;
  readonly server: string;
  /** The app password: for a new session when the old one cannot be renewed any more. */
  readonly password: string;
  readonly access: string;
  readonly refresh: string;
  /** When they were made, in milliseconds: the newer set counts. */
  readonly at: number;
};

const renewed = new RenewedTokens<Tokens>();

/** The connected accounts of the blog at hand; one that was connected again under another handle is there once, as it was last. */
export function accountsOf({ settings }: Pick<Context, "settings">): readonly Tokens[] {
  const { accounts } = settings as { accounts?: Connection | readonly Connection[] };
  const all = [accounts ?? []].flat().map(({ tokens }) => tokens as Tokens);
  return [...new Map(all.map((one) => [one.did, one])).values()];
}

/** Starts a session (few a day are allowed). The answer is checked by the caller. */
export function logIn(context: Pick<Context, "fetch" | "clock" | "t">, server: string, identifier: string, password: string) {
  return xrpc(context, server, { method: "com.atproto.server.createSession", json: { identifier, password } });
}

/** Tokens out of the answer that began or renewed a session; null when it is none. */
export function tokensIn({ status, body }: Answer, known: Pick<Tokens, "server" | "password">, now: Date): Tokens | null {
  const { did, handle, accessJwt, refreshJwt } = body;
  const isWhole = [did, handle, accessJwt, refreshJwt].every((one) => typeof one === "string" && one !== "");
  if (status !== 200 || !isWhole) return null;
  const { server, password } = known;
  const texts = { did: String(did), handle: String(handle), access: String(accessJwt), refresh: String(refreshJwt) };
  return { ...texts, server, password, at: now.getTime() };
}

/**
 * Calls the account's server as that account; a session that is over is renewed once. CrosspostError for everything but success, and
 * what `isFine` takes besides.
 */
export async function callAs(
  context: Context,
  did: string,
  call: Omit<Call, "token">,
  isFine: (answer: Answer) => boolean = () => false,
): Promise<Answer> {
  const answer = await renewed.use(context, did, {
    stored: () => storedOf(context, did),
    work: ({ server, access }) => xrpc(context, server, { ...call, token: access }),
    isOver,
    renew: (stale) => renew(context, stale),
    save: (tokens) => context.renewConnection("accounts", { account: tokens.handle, expiresAt: null, tokens }),
  });
  if (answer.isOk || isFine(answer)) return answer;
  throw errorOf(context, answer);
}

const isOver = (answer: Answer) => answer.status === 401 || /^(Expired|Invalid)Token$/.test(errorIn(answer));

function storedOf(context: Context, did: string): Tokens {
  const stored = accountsOf(context).find((one) => one.did === did);
  if (!stored) throw new CrosspostError("auth", context.t("service.disconnected"));
  return stored;
}

async function renew(context: Context, { did, server, handle, password, refresh }: Tokens): Promise<Tokens> {
  const again = await xrpc(context, server, { method: "com.atproto.server.refreshSession", token: refresh });
  if (again.status === 429 || again.status >= 500) throw errorOf(context, again);
  const session = again.status === 200 ? again : await logIn(context, server, did, password);
  const tokens = tokensIn(session, { server, password }, context.clock.now());
  if (tokens?.did !== did) throw session.isOk ? nonsense(context, session.server) : errorOf(context, session);
  // The connection is known by the handle it was made with.
  return { ...tokens, handle };
}
