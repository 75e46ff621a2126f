import type { IncomingMessage } from "node:http";
import { PublicError } from "../errors.ts";
import type { Reply } from "../hooks/values.ts";
import type { Generation } from "../host/generation.ts";
import type { Route } from "../host/manifest.ts";
import { allowOf, preflight, refusalReply, withCors } from "../host/route-replies.ts";
import { runRoute, type RouteCall } from "../host/run-route.ts";
import type { RouteMatch } from "../host/route-table.ts";
import { cookieNames, ownCookies, readCookies } from "./cookies.ts";
import { hubHeaders, hubPolicy } from "./headers.ts";
import { isOwnOrigin, type HubParts } from "./hub-site.ts";
import { withShownOrigins } from "./shown-origins.ts";

type Visit = { readonly address: string; readonly requestId: string };

/**
 * Answers a plugin's route on the hub, or in the dashboard under `/admin/x/<plugin>/`; null when no active plugin has one.
 * Routes that are not public know the signed-in account, and take changes only from the hub's own pages.
 */
export async function pluginHubReply(
  parts: HubParts,
  request: IncomingMessage,
  asked: RouteCall,
  visit: Visit,
): Promise<Reply | null> {
  const nobody = parts.scope({ account: null, ...visit });
  const match = matchOf(nobody.taps as Generation, asked);
  if (!match) return otherMethod(parts, nobody.taps as Generation, asked);
  // The session stays between the browser and the hub.
  const { cookie, ...headers } = asked.headers;
  const own = ownCookies(cookie, match.plugin.id);
  const call = { ...asked, headers: own === "" ? headers : { ...headers, cookie: own } };
  if (match.route.access === "public" && !call.path.startsWith("/admin/x/"))
    return guarded(parts, await runRoute(nobody, nobody.taps as Generation, match, call));

  const key = readCookies(request.headers.cookie).get(cookieNames(parts.url.startsWith("https:")).session);
  const found = key ? await parts.session(key, new Date()) : null;
  if (!found && call.method === "GET") return { redirect: `/signin?next=${encodeURIComponent(request.url!)}`, status: 303 };
  if (!found) throw new PublicError("request.signed-out", "You are signed out.", 401);
  if (call.method !== "GET" && call.method !== "HEAD" && !isOwnOrigin(parts, request))
    throw new PublicError("request.origin", "This form was not sent from this site, so nothing was changed.", 403);
  const scope = parts.scope({ account: found.account, ...visit });
  const reply = await runRoute(scope, scope.taps as Generation, match, { ...call, accountId: found.account.id });
  return guarded(parts, reply, { "cache-control": "no-store" });
}

/** The plugin's route that would answer a request to the hub. */
export function hubRouteOf(parts: HubParts, call: RouteCall): Route | undefined {
  return matchOf(parts.scope({ account: null, address: "", requestId: "" }).taps as Generation, call)?.route;
}

/**
 * Whether a plugin's route is meant rather than a screen at the same address that leaves so many of its words open: one that
 * leaves fewer open does, also when it takes other methods.
 */
export function isRouteNearer(parts: HubParts, call: RouteCall, open: number): boolean {
  const generation = parts.scope({ account: null, address: "", requestId: "" }).taps as Generation;
  const routes = [matchOf(generation, call)?.route, ...openAt(generation, call.path)];
  return routes.some((route) => route !== undefined && openWordsIn(route.path) < open);
}

const openWordsIn = (path: string): number => path.split("/").filter((word) => /^[:*]/.test(word)).length;

// Only what is open to everybody says that it is there.
const openAt = (generation: Generation, path: string): readonly Route[] =>
  generation.routes.at("hub", path, (plugin) => generation.isActive(plugin.id, null)).filter(({ access }) => access === "public");

function otherMethod(parts: HubParts, generation: Generation, { method, path, headers }: RouteCall): Reply | null {
  const routes = openAt(generation, path);
  if (routes.length === 0) return null;
  const open = method === "OPTIONS" ? preflight(routes, headers["access-control-request-headers"]) : null;
  const allow = allowOf(routes);
  if (open) return open;
  // Apps read JSON wherever they ask.
  const spoken = routes.find(({ errors }) => errors === "json") ?? routes[0]!;
  const refusal = new PublicError("request.method_not_allowed", `This address takes ${allow} only.`, 405, { allow });
  const refused = refusalReply(spoken, refusal);
  return guarded(parts, withCors(spoken, { ...refused, headers: { ...refused.headers, allow } }));
}

// What a plugin shows stands where the dashboard stands, so it is under the same rules unless it names others.
function guarded({ own }: HubParts, reply: Reply, always: Reply["headers"] = {}): Reply {
  const policy = withShownOrigins(reply.headers?.["content-security-policy"] ?? hubPolicy(), reply.html, own);
  return { ...reply, headers: { ...hubHeaders, ...reply.headers, "content-security-policy": policy, ...always } };
}

function matchOf(generation: Generation, { method, path }: RouteCall): RouteMatch | null {
  const inDashboard = /^\/admin\/x\/([a-z][a-z0-9-]{1,39})(\/.*)?$/.exec(path);
  const isActive = (plugin: { id: string }) =>
    generation.isActive(plugin.id, null) && (!inDashboard || plugin.id === inDashboard[1]);
  return inDashboard
    ? generation.routes.match("admin", method, inDashboard[2] ?? "/", isActive)
    : generation.routes.match("hub", method, path, isActive);
}
