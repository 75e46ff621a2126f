import { PublicError, sentenceOf } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Json, Reply } from "../hooks/values.ts";
import { isStorageAway } from "../storage/storage-trouble.ts";
import { parseJson, JsonRefused } from "../net/json.ts";
import type { Generation } from "./generation.ts";
import type { RouteRequest } from "./manifest.ts";
import type { RouteMatch } from "./route-table.ts";
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
};

const limits = { bytes: 1_000_000, milliseconds: 10_000 } as const;

/** Runs a plugin's route, guarded. A refusal the plugin throws as PublicError is answered as such; anything else is a 500 with the request's id. */
export async function runRoute(scope: Scope, generation: Generation, match: RouteMatch, call: RouteCall): Promise<Reply> {
  const { plugin, route, params } = match;
  const denied = denial(scope, match);
  if (denied) return denied;
  const { read, waited } = bodyOf(call, route.limit ?? limits.bytes);
  const result = await generation.run(scope, plugin, {
    name: `route ${route.method} ${route.path}`,
    limit: limits.milliseconds,
    waited,
    work: async (context): Promise<Reply> => {
      const request: RouteRequest = {
        method: call.method,
        path: call.path,
        params,
        query: call.query,
        headers: call.headers,
        accountId: call.accountId,
        form: async () => new URLSearchParams(Buffer.from(await read()).toString("utf8")),
        json: async () => jsonOf(await read()),
        raw: read,
        context,
      };
      try {
        return soundReply(await route.run(request as never));
      } catch (error) {
        // What the visitor did wrong is no failure of the plugin.
        if (error instanceof PublicError) return { status: error.status, text: error.message };
        throw error;
      }
    },
  });
  if (result.ok) return result.value;
  // Not the plugin's doing: the server says that the database is away, and when to come back.
  if (isStorageAway(result.error)) throw result.error;
  return {
    status: 500,
    text: `This part failed; the owner can see why. (${scope.requestId})`,
    headers: { "cache-control": "no-store" },
  };
}

// Whoever sends slowly, or breaks off, must not pass for a plugin that hangs or throws: enough of that would pause it.
function bodyOf(call: RouteCall, limit: number): { read: () => Promise<Uint8Array>; waited: () => number } {
  let total = 0;
  let since: number | null = null;
  const read = async () => {
    since = performance.now();
    try {
      return await call.body(limit);
    } catch (error) {
      if (error instanceof PublicError) throw error;
      throw new PublicError("request.cut-off", "The request broke off before all of it had come.", 400);
    } finally {
      total += performance.now() - since;
      since = null;
    }
  };
  return { read, waited: () => total + (since === null ? 0 : performance.now() - since) };
}

function denial(scope: Scope, { route }: RouteMatch): Reply | null {
  if (route.access === "public") return null;
  if (scope.principal.accountId === null) return { status: 401, text: "Sign in first." };
  if (route.access === "admin" && scope.principal.role !== "admin") return { status: 404, text: "There is no such page." };
  return null;
}

function jsonOf(bytes: Uint8Array): Json {
  try {
    return parseJson(Buffer.from(bytes).toString("utf8"), { maxBytes: 50_000_000 }) as Json;
  } catch (error) {
    if (error instanceof JsonRefused) throw new PublicError("request.json", sentenceOf(error), 400);
    throw error;
  }
}
