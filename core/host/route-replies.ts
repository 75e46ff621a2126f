import { PublicError } from "../errors.ts";
import type { Reply } from "../hooks/values.ts";
import type { Route } from "./manifest.ts";

/** What pages of other origins may read and send: everything but cookies (Fetch §3.2). */
const shared = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Location, Link, Retry-After, WWW-Authenticate",
} as const;

/** An answer of a route, readable from other origins when the route says so. */
export function withCors(route: Route, reply: Reply): Reply {
  return route.cors ? { ...reply, headers: { ...shared, ...reply.headers } } : reply;
}

/** The answer to a browser that asks whether a page elsewhere may send such a request; `routes` are those of the address. */
export function preflight(routes: readonly Route[], asked: string | undefined): Reply | null {
  const open = routes.filter(({ cors }) => cors);
  if (open.length === 0) return null;
  const headers = (asked ?? "").split(",").map((name) => name.trim());
  const known = headers.filter((name) => /^[a-z0-9-]{1,60}$/i.test(name) && !/^cookie$/i.test(name)).slice(0, 20);
  return {
    status: 204,
    headers: {
      ...shared,
      "access-control-allow-methods": allowOf(open),
      "access-control-allow-headers": [...new Set(["Authorization", "Content-Type", "Accept", ...known])].join(", "),
      "access-control-max-age": "86400",
    },
  };
}

/** The methods of routes, for the header Allow. */
export function allowOf(routes: readonly Pick<Route, "method">[]): string {
  const methods = routes.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return [...new Set(methods)].join(", ");
}

/** How a refusal is answered: a sentence, or for `errors: "json"` an object as OAuth and Micropub shape it, with the headers they ask for. */
export function refusalReply(route: Route, error: PublicError): Reply {
  const headers: Record<string, string> = { "cache-control": "no-store" };
  if (typeof error.values.wait === "number") headers["retry-after"] = String(error.values.wait);
  if (route.errors !== "json") return { status: error.status, text: error.message, headers };
  const code = codeOf(error);
  if (error.status === 401) headers["www-authenticate"] = code === "invalid_token" ? `Bearer error="${code}"` : "Bearer";
  if (code === "insufficient_scope") {
    const scope = String(error.values.scope ?? "").replace(/[^\w. :/-]/g, "");
    headers["www-authenticate"] = `Bearer error="insufficient_scope"${scope && `, scope="${scope}"`}`;
  }
  const more = error.values.scope === undefined ? {} : { scope: String(error.values.scope) };
  return { status: error.status, json: { error: code, error_description: error.message, ...more }, headers };
}

/** The answer when the plugin failed. */
export function failureReply(route: Route, requestId: string): Reply {
  const text = `This part failed; the owner can see why. (${requestId})`;
  const headers = { "cache-control": "no-store" };
  return route.errors === "json"
    ? { status: 500, json: { error: "server_error", error_description: text }, headers }
    : { status: 500, text, headers };
}

const byStatus: Readonly<Record<number, string>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
};

// A key may end in the protocol's own word: `micropub.insufficient_scope`.
function codeOf({ key, status }: PublicError): string {
  if (key === "right.scope") return "insufficient_scope";
  const last = key.slice(key.lastIndexOf(".") + 1);
  return /^[a-z]+(_[a-z]+)+$/.test(last) ? last : (byStatus[status] ?? "invalid_request");
}
