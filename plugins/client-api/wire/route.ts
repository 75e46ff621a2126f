import type { Reply, Route, RouteRequest } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { callerOf, needCaller, type Caller } from "./caller.ts";
import type { Need } from "./scopes.ts";

/** A request of an app: who asks, and what it carries, wherever the app put it. */
export type Call = {
  readonly request: RouteRequest;
  readonly context: Own;
  readonly params: Readonly<Record<string, string>>;
  /** Parameters of the address and of the body, whatever it is written in; the body's count. */
  readonly input: URLSearchParams;
  /** Null for whoever sends no key. */
  readonly caller: Caller | null;
  /** Whoever asks; PublicError 401 for nobody, 403 for an app that was not let in for this. */
  need(what: Need): Caller;
};

/** `asksKey: false` leaves the key in the header alone: what counts is in the body. */
type More = Partial<Route> & { readonly asksKey?: boolean };
type Run = (call: Call) => Reply | Promise<Reply>;

/**
 * An address of the API on the hub: open to pages elsewhere, refusals as JSON, never kept by anybody on the way. A wrong key is
 * refused also where none is needed.
 */
export function route(method: Route["method"], path: string, run: Run, { asksKey = true, ...more }: More = {}): Route {
  return {
    on: "hub",
    access: "public",
    cors: true,
    errors: "json",
    ...more,
    method,
    path,
    async run(request) {
      const context = request.context as unknown as Own;
      const caller = asksKey ? await callerOf(context, request.headers) : null;
      const input = method === "GET" ? request.query : await request.fields();
      const need = (what: Need) => needCaller(context, caller, what);
      const reply = await run({ request, context, params: request.params, input, caller, need });
      return { ...reply, headers: { "cache-control": "private, no-store", ...reply.headers } };
    },
  };
}
