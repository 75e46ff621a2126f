import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Reply } from "../hooks/values.ts";
import { isStorageAway } from "../storage/storage-trouble.ts";
import type { Generation } from "./generation.ts";
import type { Multipart, RouteRequest } from "./manifest.ts";
import { bodyOfRoute } from "./route-body.ts";
import { failureReply, refusalReply, withCors } from "./route-replies.ts";
import type { RouteMatch } from "./route-table.ts";
import { withTopicHubs } from "./topic-hubs.ts";
import { soundReply } from "./sound-reply.ts";

/** A request on its way to a plugin's route. */
export type RouteCall = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly accountId: string | null;
  /** The body, at most `limit` bytes; throws PublicError 413 beyond. */
  readonly body: (limit: number) => Promise<Uint8Array>;
  /** The whole address as the client asked for it. */
  readonly url: string;
  /** A multipart body, each file at most `bytes`, at most so many; throws PublicError 400 or 413. */
  readonly multipart: (limits: {
    readonly bytes: number;
    readonly files: number;
  }) => Promise<Multipart & { cleanUp(): Promise<void> }>;
};

const limits = { bytes: 1_000_000, milliseconds: 10_000, besideFiles: 4_000_000 } as const;

// What is not on disk but in memory stays small, however large the files may be that a route takes.
function limitsOf({ limit = limits.bytes, body }: RouteMatch["route"]) {
  return { file: limit, body: body === "multipart" ? Math.min(limit, limits.besideFiles) : limit };
}

/** Runs a plugin's route, guarded. A refusal the plugin throws as PublicError is answered as such; anything else is a 500 with the request's id. */
export async function runRoute(scope: Scope, generation: Generation, match: RouteMatch, call: RouteCall): Promise<Reply> {
  const { plugin, route, params } = match;
  const denied = denial(scope, match);
  if (denied) return denied;
  const { cleanUp, waited, ...body } = bodyOfRoute(call, limitsOf(route));
  const { cookie: _none, ...withoutCookies } = call.headers;
  const { method, path, query, accountId, url } = call;
  const headers = route.cors ? withoutCookies : call.headers;
  const known = { method, path, params, query, headers, accountId, url, address: scope.address };
  const result = await generation.run(scope, plugin, {
    name: `route ${route.method} ${route.path}`,
    limit: route.timeout ? Temporal.Duration.from(route.timeout).total("milliseconds") : limits.milliseconds,
    waited,
    work: async (context): Promise<Reply> => {
      const request: RouteRequest = { ...known, ...body, context };
      try {
        return soundReply(await route.run(request as never));
      } catch (error) {
        // What the visitor did wrong is no failure of the plugin.
        if (error instanceof PublicError) return refusalReply(route, error);
        throw error;
      }
    },
  });
  await cleanUp();
  if (result.ok) return withCors(route, await withTopicHubs(scope, result.value));
  // Not the plugin's doing: the server says that the database is away, and when to come back.
  if (isStorageAway(result.error)) throw result.error;
  return withCors(route, failureReply(route, scope.requestId));
}

function denial(scope: Scope, { route }: RouteMatch): Reply | null {
  if (route.access === "public") return null;
  if (scope.principal.accountId === null) return { status: 401, text: "Sign in first." };
  if (route.access === "admin" && scope.principal.role !== "admin") return { status: 404, text: "There is no such page." };
  return null;
}
