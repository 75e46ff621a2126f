import { CrosspostError, mayHaveArrived } from "../crosspost/api.ts";
import type { Context, Json } from "rookery/plugin";

/** What an answer of the protocol says; of errors the name (`ExpiredToken`) and the server's sentence. */
export type Answer = {
  readonly status: number;
  readonly body: Record<string, Json>;
  readonly error: string;
  readonly retryAt: string;
};

/** One call: a query goes into the address, JSON or bytes make it a procedure. */
export type Call = {
  readonly method: string;
  readonly token?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: Json;
  readonly bytes?: Uint8Array;
  readonly type?: string;
  /** The call makes something: without an answer nobody knows whether it did. */
  readonly isMaking?: boolean;
};

/** Calls a server of the protocol (XRPC). Whatever kept an answer away is a CrosspostError `transient`, or `unknown` where the call makes something. */
export async function xrpc(context: Pick<Context, "fetch" | "clock" | "t">, server: string, call: Call): Promise<Answer> {
  const { method, token, query, json, bytes, type } = call;
  const url = `${server}/xrpc/${method}${query ? `?${new URLSearchParams(query)}` : ""}`;
  const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json));
  const headers = {
    accept: "application/json",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { "content-type": type ?? "application/json" }),
  };
  const isProcedure = body !== undefined || query === undefined;
  const init = { method: isProcedure ? "POST" : "GET", headers, redirect: "error", maxBytes: 500_000, timeout: 20_000 } as const;
  let response: Response;
  let text: string;
  try {
    response = await context.fetch(url, { ...init, ...(body !== undefined && { body: body as BodyInit }) });
    text = await response.text();
  } catch (error) {
    const kind = call.isMaking && mayHaveArrived(error) ? "unknown" : "transient";
    throw new CrosspostError(kind, context.t("error.unreachable", { host: new URL(server).host }));
  }
  const found = recordIn(text);
  const error = typeof found.error === "string" ? found.error : "";
  return { status: response.status, body: found, error, retryAt: retryAt(response.headers, context.clock.now()) };
}

const signedOut =
  /^(ExpiredToken|InvalidToken|AuthMissing|AuthenticationRequired|AuthFactorTokenRequired|AccountTakedown|AccountSuspended|AccountDeactivated)$/;

/** An answer that is no success as an error of the class that decides what happens next, in the server's own words. */
export function errorOf(context: Pick<Context, "t">, { status, error, body, retryAt: at }: Answer): CrosspostError {
  const said =
    (typeof body.message === "string" ? body.message : error).replace(/\s+/g, " ").trim().slice(0, 300) || String(status);
  const sentence = context.t("error.said", { said });
  if (status === 429) return new CrosspostError("rate", context.t("error.rate"), at);
  if (status >= 500 || error === "ConcurrentWrites" || error === "InvalidSwap") return new CrosspostError("transient", sentence);
  if (status === 401 || status === 403 || signedOut.test(error)) return new CrosspostError("auth", sentence);
  return new CrosspostError("permanent", sentence);
}

// `ratelimit-reset` is in seconds since 1970; a server that says no such thing is left alone for five minutes, at most a day.
function retryAt(headers: Headers, now: Date): string {
  const [reset, after] = [Number(headers.get("ratelimit-reset")), Number(headers.get("retry-after"))];
  const wait = reset > 0 ? reset * 1000 - now.getTime() : after > 0 ? after * 1000 : 300_000;
  return new Date(now.getTime() + Math.min(Math.max(wait, 1_000), 86_400_000)).toISOString();
}

function recordIn(text: string): Record<string, Json> {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
  } catch {
    return {};
  }
}
