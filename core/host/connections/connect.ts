import { createHash, randomBytes } from "node:crypto";
import { PublicError, sentenceOf } from "../../errors.ts";
import type { Connection } from "../../hooks/fields.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Blog, Json } from "../../hooks/values.ts";
import { createLink, consumeLink } from "../../people/one-time-links.ts";
import type { SecretBox } from "../../people/secret-box.ts";
import type { Context } from "../context.types.ts";
import type { PluginHost } from "../plugin-host.ts";
import type { ConnectionStart, ConnectionWay } from "./connection.types.ts";
import { stepsOf } from "./standard-steps.ts";
import { tryOut } from "./try-out.ts";

/** The address every service sends people back to. */
export const callbackPath = "/admin/oauth/callback";

const [stateSeconds, stepLimit] = [600, 20_000];

/** Which setting is connected, for which blog or (null) the installation, from which signed-in browser. */
export type Connecting = {
  readonly pluginId: string;
  readonly setting: string;
  readonly blog: Blog | null;
  /** Hash of the session: the answer counts only in the browser that asked. */
  readonly session: string;
};

type Kept = {
  readonly pluginId: string;
  readonly setting: string;
  readonly blogId: string | null;
  readonly start: ConnectionStart;
  readonly data: Json;
};

/** What connecting works with. */
export type Parts = { readonly host: PluginHost; readonly secrets: SecretBox };

/** Where to send somebody who connects a setting. PublicError 404 for no such setting, 422 with what the plugin says is missing. */
export async function beginConnection(
  parts: Parts,
  scope: Scope,
  wanted: Connecting,
  values: Readonly<Record<string, Json>>,
): Promise<string> {
  const { pluginId, setting, blog, session } = wanted;
  const codeVerifier = randomBytes(32).toString("base64url");
  const start = {
    redirectUri: new URL(callbackPath, scope.site.url).href,
    codeVerifier,
    codeChallenge: createHash("sha256").update(codeVerifier).digest("base64url"),
  };
  const steps = stepsOf(leading(await wayOf(parts, wanted)));
  const begun = await run(parts, { scope, pluginId, blog, values }, "begin", (context) => steps.begin(context, start));
  if (!URL.canParse(begun.url) || !/^https?:$/.test(new URL(begun.url).protocol))
    throw new PublicError("connection.address", "The plugin named no web address to go to.", 502);
  const kept: Kept = { pluginId, setting, blogId: blog?.id ?? null, start, data: begun.data ?? null };
  // What a plugin registered for this (a client's secret) must not lie open in the table.
  const data = parts.secrets.seal(`connection/${session}`, JSON.stringify(kept));
  const state = await scope.storage.write((db) =>
    createLink(db, { purpose: "connection", subject: session, data, seconds: stateSeconds }, scope.clock.now()),
  );
  const url = new URL(begun.url);
  url.searchParams.set("state", state);
  return url.href;
}

/** What a service's answer was about: the setting that is connected now, or the sentence why it is not. */
export type Connected = {
  readonly pluginId: string;
  readonly setting: string;
  readonly blogId: string | null;
  readonly outcome: { readonly ok: true; readonly account: string } | { readonly ok: false; readonly refusal: PublicError };
};

/** Takes a service's answer; `placeOf` gives the blog and throws for who may not set it. PublicError 403 when nobody in this browser asked for it within ten minutes, or it came before. */
export async function finishConnection(
  parts: Parts,
  scope: Scope,
  { session, query }: { readonly session: string; readonly query: URLSearchParams },
  placeOf: (blogId: string | null) => Promise<Blog | null>,
): Promise<Connected> {
  const state = query.get("state") ?? "";
  const link = await scope.storage.write((db) => consumeLink(db, "connection", state, scope.clock.now()));
  if (!link || link.subject !== session)
    throw new PublicError(
      "connection.state",
      "This answer belongs to nothing that was begun here within the last ten minutes. Press Connect again.",
      403,
    );
  const kept = JSON.parse(parts.secrets.open(`connection/${session}`, String(link.data))) as Kept;
  const { pluginId, setting, blogId } = kept;
  const about = { pluginId, setting, blogId };
  const blog = await placeOf(blogId);
  try {
    refuseNo(query);
    const steps = stepsOf(leading(await wayOf(parts, { pluginId, setting })));
    const made = await run(parts, { scope, pluginId, blog, values: {} }, "finish", (context) =>
      steps.finish(context, query, { ...kept.start, data: kept.data }),
    );
    const connection = soundConnection(made);
    await parts.host.connect(pluginId, setting, connection, { ...(blog && { blog }), accountId: scope.principal.accountId });
    return { ...about, outcome: { ok: true, account: connection.account } };
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return { ...about, outcome: { ok: false, refusal: error } };
  }
}

function refuseNo(query: URLSearchParams): void {
  const error = query.get("error");
  if (error === null) return;
  const why = (query.get("error_description") ?? error).replace(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, "").slice(0, 200);
  throw new PublicError("connection.denied", `The service said no: ${why}`, 422, { why });
}

/** A connection as a plugin made it, in sound parts. PublicError 502 when it is none. */
export function soundConnection(made: Connection<Json>): Connection<Json> {
  const { account, expiresAt, tokens } = made;
  const isMoment = expiresAt === null || !Number.isNaN(Date.parse(expiresAt));
  if (typeof account !== "string" || !isMoment || tokens === undefined)
    throw new PublicError("connection.broken", "The plugin made no connection of the service's answer.", 502);
  return { account: account.slice(0, 200), expiresAt, tokens };
}

/** How a setting is connected. PublicError 404 when it cannot be. */
export async function wayOf({ host }: Pick<Parts, "host">, { pluginId, setting }: Pick<Connecting, "pluginId" | "setting">) {
  const { plugin } = await host.find(pluginId);
  const way = Object.hasOwn(plugin.connections ?? {}, setting) ? plugin.connections![setting] : undefined;
  if (!way) throw unknown();
  return way;
}

// What is connected by typing leads nowhere.
function leading(way: ConnectionWay) {
  if ("fields" in way) throw unknown();
  return way;
}

const unknown = () => new PublicError("connection.unknown", "There is nothing to connect here.", 404);

type Step = {
  readonly scope: Scope;
  readonly pluginId: string;
  readonly blog: Blog | null;
  readonly values: Readonly<Record<string, Json>>;
};

/** Runs a step of the plugin: its sentences for the person go on; whatever else went wrong is said as PublicError 502. */
export async function run<T>(
  { host }: Pick<Parts, "host">,
  step: Step,
  name: string,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const { scope, pluginId, blog, values } = step;
  const result = await tryOut(host, { ...scope, blog }, { pluginId, values, name: `connection ${name}`, limit: stepLimit, work });
  if (result.ok) return result.value;
  if (result.error instanceof PublicError) throw result.error;
  const why = sentenceOf(result.error).slice(0, 300);
  throw new PublicError("connection.failed", `The connection could not be made: ${why}`, 502, { why });
}
