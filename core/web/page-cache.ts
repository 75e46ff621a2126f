import { hash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** A page as it was made: what to send again until something shown changes. */
export type CachedPage = {
  readonly stamp: string;
  readonly body: Buffer;
  readonly etag: string;
  /** Names and values in turn, as `writeHead` takes them fastest. */
  readonly headers: readonly string[];
  gzip?: Buffer;
  brotli?: Buffer;
};

const smallest = 860; // below this a compressed answer fits no fewer packets
const compressible = /^(text\/|application\/(json|xml|[a-z.+-]*\+(xml|json)))/;

/** Pages in memory, at most `limit` bytes; the oldest go first. Keys are the caller's: host and address. */
export class PageCache {
  readonly #pages = new Map<string, CachedPage>();
  readonly #limit: number;
  #bytes = 0;

  constructor(limit = 24_000_000) {
    this.#limit = limit;
  }

  /** The page kept under a key, if it was made under this stamp. */
  get(key: string, stamp: string): CachedPage | null {
    const page = this.#pages.get(key);
    return page?.stamp === stamp ? page : null;
  }

  /** Keeps a page and gives it back. */
  keep(key: string, page: CachedPage): CachedPage {
    this.#drop(key);
    // One giant page is not worth all the others.
    if (sizeOf(page) > this.#limit / 2) return page;
    this.#pages.set(key, page);
    this.#bytes += sizeOf(page);
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= this.#limit) break;
      this.#drop(oldest);
    }
    return page;
  }

  #drop(key: string): void {
    const page = this.#pages.get(key);
    if (!page) return;
    this.#pages.delete(key);
    this.#bytes -= sizeOf(page);
  }
}

/** Makes a page ready for sending: its validator and its headers, once. */
export function cachedPage(stamp: string, body: Buffer, headers: Readonly<Record<string, string>>): CachedPage {
  const etag = `"${hash("sha1", body, "base64url")}"`;
  const all = {
    ...headers,
    etag,
    "cache-control": headers["cache-control"] ?? "no-cache",
    vary: headers.vary ?? "accept-encoding",
  };
  return { stamp, body, etag, headers: Object.entries(all).flat() };
}

/** Sends a page: 304 when the reader has it, compressed when the reader takes it. */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: CachedPage): void {
  if (hasIt(request.headers["if-none-match"], page.etag)) {
    response.writeHead(304, page.headers as string[]);
    response.end();
    return;
  }
  const { bytes, encoding } = encoded(page, request.headers["accept-encoding"]);
  const length = ["content-length", String(bytes.byteLength)];
  response.writeHead(200, encoding ? [...page.headers, "content-encoding", encoding, ...length] : [...page.headers, ...length]);
  if (request.method === "HEAD") response.end();
  else response.end(bytes);
}

function hasIt(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header === etag || header === "*" || header.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}

function encoded(page: CachedPage, accepted: string | undefined): { bytes: Buffer; encoding?: string } {
  if (accepted === undefined || page.body.byteLength < smallest || !isCompressible(page)) return { bytes: page.body };
  if (takes(accepted, "br")) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: page.body.byteLength };
    page.brotli ??= brotliCompressSync(page.body, { params });
    return { bytes: page.brotli, encoding: "br" };
  }
  if (!takes(accepted, "gzip")) return { bytes: page.body };
  page.gzip ??= gzipSync(page.body, { level: 6 });
  return { bytes: page.gzip, encoding: "gzip" };
}

function takes(accepted: string, encoding: string): boolean {
  if (!accepted.includes(encoding)) return false;
  return accepted.split(",").some((one) => {
    const [name, ...parameters] = one.trim().split(";");
    return name === encoding && !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter));
  });
}

function isCompressible(page: CachedPage): boolean {
  return compressible.test(page.headers[page.headers.indexOf("content-type") + 1] ?? "");
}

// The compressed forms come later; both together are about half of the page again.
function sizeOf(page: CachedPage): number {
  return Math.ceil(page.body.byteLength * 1.5) + 1000;
}
