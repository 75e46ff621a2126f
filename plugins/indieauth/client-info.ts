import { PublicError } from "rookery/plugin";
import type { OwnContext } from "./own-context.ts";
import { readClientHtml } from "./client-html.ts";
import { readClientJson } from "./client-json.ts";
import { forgetLater } from "./forget.ts";
import { isOwnMachine } from "./urls.ts";

/** What a client says of itself at its address. `isRead` false: nothing could be read, so only its address is known. */
export type ClientInfo = {
  readonly isRead: boolean;
  readonly name: string;
  readonly uri: string | null;
  /** Where its logo is. Absent in what was kept by older versions. */
  readonly logo?: string | null;
  /** Where it wants people back, as written and as resolved. */
  readonly redirects: readonly string[];
};

/** Nothing but its address is known. */
export const bareClient: ClientInfo = { isRead: false, name: "", uri: null, redirects: [] };

const limits = { html: 256_000, json: 5_120, milliseconds: 5_000 } as const;
const [shortest, longest] = [3_600, 86_400];

type Kept = { readonly info: ClientInfo; readonly until: string };

/**
 * What a client says of itself: a metadata document, or a page with h-app. Fetched at most once an hour, without redirects and never
 * from this machine; `address` is who asks, so that nobody uses us to knock at others. PublicError 429.
 */
export async function clientInfo(context: OwnContext, client: URL, address: string): Promise<ClientInfo> {
  if (isOwnMachine(client)) return bareClient;
  const clients = context.collection<Kept>("clients");
  const id = await hashOf(client.href);
  const now = context.clock.now();
  const kept = await clients.get(id);
  if (kept && Date.parse(kept.until) > now.getTime()) return kept.info;
  await context.limit(`client ${address}`, { times: 30, seconds: 600 });
  const found = await fetchInfo(context, client).catch((error: unknown) => {
    if (error instanceof PublicError) throw error;
    context.log.debug(`nothing is known of the client ${client.href}: ${error instanceof Error ? error.message : "?"}`);
    return null;
  });
  // An error may be over in a minute, so it is not kept.
  if (!found) return bareClient;
  await clients.put(id, { info: found.info, until: new Date(now.getTime() + found.seconds * 1_000).toISOString() });
  await forgetLater(context);
  return found.info;
}

async function fetchInfo(context: OwnContext, client: URL): Promise<{ info: ClientInfo; seconds: number } | null> {
  const response = await context.fetch(client.href, {
    redirect: "manual",
    loopback: false,
    maxBytes: limits.html,
    timeout: limits.milliseconds,
    headers: { accept: "application/json, text/html;q=0.9, application/xhtml+xml;q=0.8" },
  });
  if (response.status !== 200) return null;
  const type = (response.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  const text = await response.text();
  const link = response.headers.get("link") ?? "";
  const info = isJson(type)
    ? Buffer.byteLength(text) > limits.json
      ? null
      : readClientJson(text, client)
    : /^(text\/html|application\/xhtml\+xml)$/.test(type)
      ? await readClientHtml(text, link, client)
      : null;
  return info && { info, seconds: secondsOf(response.headers.get("cache-control") ?? "") };
}

const isJson = (type: string): boolean => /^application\/([\w.-]+\+)?json$/.test(type);

function secondsOf(cacheControl: string): number {
  const asked = Number(/(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(cacheControl)?.[1] ?? 0);
  return Math.min(longest, Math.max(shortest, asked));
}

async function hashOf(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(text))).toString("hex");
}
