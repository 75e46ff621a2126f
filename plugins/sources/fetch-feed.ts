import { createHash } from "node:crypto";
import { parseLinkHeader, type HeaderLink } from "rookery/plugin";
import type { Own } from "./rows.ts";

/** Ends of keys of the locales: why a feed could not be read. */
export type Problem = "unreachable" | "missing" | "closed" | "busy" | "server" | "large" | "redirects" | "address" | "nofeed";

/** What came back. `permanent` is where permanent redirects led before anything else did; empty without one. */
export type Answer =
  | {
      readonly kind: "same";
      readonly permanent: string;
      readonly waitMinutes: number;
      /** What its server says now, where it sent the feed again as it was. */
      readonly etag?: string;
      readonly lastModified?: string;
    }
  | { readonly kind: "gone" }
  | { readonly kind: "failed"; readonly problem: Problem; readonly waitMinutes: number }
  | {
      readonly kind: "new";
      readonly bytes: Uint8Array;
      readonly url: string;
      readonly contentType: string;
      readonly links: readonly HeaderLink[];
      readonly etag: string;
      readonly lastModified: string;
      readonly bodyHash: string;
      readonly permanent: string;
      readonly waitMinutes: number;
    };

type Known = { readonly url: string; readonly etag: string; readonly last_modified: string; readonly body_hash: string };

const accept =
  "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html;q=0.5, */*;q=0.1";
const [usualPatience, mostBytes, mostHops, dayMinutes] = [20_000, 8_000_000, 5, 1_440];

/** Asks a feed, with what is known of it as conditions, within `patience` in all. What its server does wrong is a value. */
export async function fetchFeed(context: Pick<Own, "fetch" | "clock">, known: Known, patience = usualPatience): Promise<Answer> {
  let [url, permanent, isPermanent] = [known.url, "", true];
  const end = performance.now() + patience;
  try {
    for (let hop = 0; hop <= mostHops; hop++) {
      const headers: Record<string, string> = { accept };
      // Byte for byte as the server said them; another address may know nothing of them, and ignores them.
      if (known.etag) headers["if-none-match"] = known.etag;
      if (known.last_modified) headers["if-modified-since"] = known.last_modified;
      const response = await context.fetch(url, {
        headers,
        redirect: "manual",
        timeout: Math.max(end - performance.now(), 1),
        maxBytes: mostBytes,
      });
      const to = response.headers.get("location");
      if (![301, 302, 303, 307, 308].includes(response.status) || !to)
        return await read(context, response, { url, permanent, known, isHere: isPermanent });
      isPermanent &&= response.status === 301 || response.status === 308;
      const next = URL.parse(to, url);
      if (!next || !/^https?:$/.test(next.protocol)) return failed("address");
      url = next.href;
      if (isPermanent) permanent = url;
    }
    return failed("redirects");
  } catch (error) {
    const reason = (error as { reason?: string }).reason ?? "";
    if (reason === "too-large") return failed("large");
    if (reason === "redirects") return failed("redirects");
    return failed(["scheme", "address", "port"].includes(reason) ? "address" : "unreachable");
  }
}

async function read(
  { clock }: Pick<Own, "clock">,
  response: Response,
  { url, permanent, known, isHere }: { url: string; permanent: string; known: Known; isHere: boolean },
): Promise<Answer> {
  const { status, headers } = response;
  const waitMinutes = freshMinutes(headers, clock.now());
  // Nothing can be as it was for whoever has nothing of it.
  if (status === 304) return known.etag || known.last_modified ? { kind: "same", permanent, waitMinutes } : failed("server");
  // Where it only stands for now, it may be gone without the feed being so.
  if (status === 410) return isHere ? { kind: "gone" } : failed("missing");
  if (status === 401 || status === 403) return failed("closed");
  if (status === 404) return failed("missing");
  if (status === 429 || status === 503) return failed("busy", retryMinutes(headers.get("retry-after"), clock.now()));
  if (status < 200 || status > 299) return failed("server");
  const bytes = new Uint8Array(await response.arrayBuffer());
  const bodyHash = createHash("sha256").update(bytes).digest("hex");
  const etag = (headers.get("etag") ?? "").slice(0, 1_000);
  const lastModified = (headers.get("last-modified") ?? "").slice(0, 200);
  // Many servers know no conditions.
  if (bodyHash === known.body_hash) return { kind: "same", permanent, waitMinutes, etag, lastModified };
  return {
    kind: "new",
    bytes,
    url,
    contentType: headers.get("content-type") ?? "",
    links: parseLinkHeader(headers.get("link") ?? "", url),
    etag,
    lastModified,
    bodyHash,
    permanent,
    waitMinutes,
  };
}

const failed = (problem: Problem, waitMinutes = 0): Answer => ({ kind: "failed", problem, waitMinutes });

function freshMinutes(headers: Headers, now: Date): number {
  const age = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(headers.get("cache-control") ?? "")?.[1];
  const seconds = age === undefined ? (Date.parse(headers.get("expires") ?? "") - now.getTime()) / 1_000 : Number(age);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds / 60, 0), dayMinutes) : 0;
}

function retryMinutes(written: string | null, now: Date): number {
  const text = (written ?? "").trim();
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1_000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds / 60, 0), dayMinutes) : 0;
}
