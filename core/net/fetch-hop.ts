import { FetchRefused } from "./fetch-refused.ts";

/** A request as it goes out in one hop: headers in lower case, the body as bytes. */
export type Outgoing = {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  readonly isRedirected: boolean;
};

type Asked = { method?: string; headers?: RequestInit["headers"]; body?: RequestInit["body"] };

// Decided by us or by the connection; callers cannot smuggle a second request or a forwarded address with them.
const OURS =
  /^(?:host|connection|content-length|transfer-encoding|te|trailer|upgrade|expect|keep-alive|cookie|accept-encoding|user-agent|forwarded|via|x-forwarded-.*|x-real-ip|proxy-.*)$/;
// They prove who asks, to the origin they were made for and to nobody else.
const CREDENTIALS = new Set(["authorization", "signature", "signature-input", "digest", "content-digest", "date"]);

/** Gives the first request of a fetch; throws FetchRefused "scheme" for what no request can be made of. */
export async function outgoingFrom(
  address: string,
  asked: Asked,
  defaults: { userAgent: string; accept: string },
): Promise<Outgoing> {
  const url = URL.parse(address);
  if (!url) throw new FetchRefused("scheme");
  url.hash = "";
  const method = (asked.method ?? "GET").toUpperCase();
  // The platform's Request knows how to write forms, files and text as bytes with their content type.
  const request = new Request("https://body.invalid/", {
    method,
    headers: asked.headers,
    body: asked.body,
    duplex: "half",
  } as RequestInit);
  const body = asked.body === undefined || asked.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  const headers: Record<string, string> = { accept: defaults.accept };
  for (const [name, value] of request.headers) if (!OURS.test(name)) headers[name] = value;
  headers["user-agent"] = defaults.userAgent;
  headers["accept-encoding"] = "gzip, br, deflate";
  return { url: url.href, method, headers, body, isRedirected: false };
}

/** Gives the request a redirect asks for, or null when the answer is none; throws FetchRefused for a step to less safety. */
export function nextHop(from: Outgoing, status: number, location: string | undefined): Outgoing | null {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null;
  const url = URL.parse(location, from.url);
  const before = new URL(from.url);
  if (!url) throw new FetchRefused("redirects");
  if (before.protocol === "https:" && url.protocol !== "https:") throw new FetchRefused("redirects");
  url.hash = "";
  const becomesGet = (status === 303 && from.method !== "HEAD") || (status < 303 && from.method === "POST");
  const isDropped = (name: string) =>
    (url.origin !== before.origin && CREDENTIALS.has(name)) || (becomesGet && name.startsWith("content-"));
  const headers = Object.fromEntries(Object.entries(from.headers).filter(([name]) => !isDropped(name)));
  return {
    url: url.href,
    method: becomesGet ? "GET" : from.method,
    headers,
    body: becomesGet ? undefined : from.body,
    isRedirected: true,
  };
}
