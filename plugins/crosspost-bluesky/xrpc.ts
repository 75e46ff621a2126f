import { ask, refusal, type Answer, type Asked, type Asking, type Dialect } from "../crosspost/kit.ts";

/** One call: a query goes into the address, JSON or bytes make it a procedure. */
export type Call = Pick<Asked, "token" | "json" | "bytes" | "isMaking"> & {
  readonly method: string;
  readonly query?: Readonly<Record<string, string>>;
};

const signedOut =
  /^(ExpiredToken|InvalidToken|AuthMissing|AuthenticationRequired|AuthFactorTokenRequired|AccountTakedown|AccountSuspended|AccountDeactivated)$/;

const dialect: Dialect = {
  said: ({ message, error }) => (typeof message === "string" ? message : error),
  kindOf({ status, body }) {
    const error = errorIn({ body });
    if (error === "ConcurrentWrites" || error === "InvalidSwap") return "transient";
    return status === 403 || (status < 429 && signedOut.test(error)) ? "auth" : undefined;
  },
};

/** Calls a server of the protocol (XRPC) and gives its answer, whatever it says. CrosspostError when none came. */
export function xrpc(context: Asking, server: string, { method, query, ...asked }: Call): Promise<Answer> {
  const url = `${server}/xrpc/${method}${query ? `?${new URLSearchParams(query)}` : ""}`;
  return ask(context, { ...asked, url, method: query ? "GET" : "POST" });
}

/** The protocol's name of an error (`ExpiredToken`); empty for none. */
export const errorIn = ({ body }: Pick<Answer, "body">): string => (typeof body.error === "string" ? body.error : "");

/** An answer that is no success as an error of the class that decides what happens next, in the server's own words. */
export const errorOf = (context: Pick<Asking, "clock" | "t">, answer: Answer) => refusal(context, answer, dialect);
