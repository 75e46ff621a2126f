import type { Own } from "./settings.ts";

/** A page as it was fetched: where it really was, and at most the first megabyte of it. */
export type FetchedPage = {
  readonly url: string;
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Headers;
};

// We stop reading by ourselves; what announces more is read as far as we want.
const [mostBytes, patience, passedOver] = [1_000_000, 10_000, Number.MAX_SAFE_INTEGER];
const accept = "text/html, application/xhtml+xml, application/json;q=0.9, text/plain;q=0.8, */*;q=0.1";

/**
 * Fetches a page once, in ten seconds, and reads one megabyte of it at most, whatever its size. Throws what the guarded fetch
 * throws: a private address, too many redirects, nobody there.
 */
export async function fetchPage(context: Own, url: string): Promise<FetchedPage> {
  const response = await context.fetch(url, {
    headers: { accept },
    timeout: patience,
    stream: true,
    maxBytes: passedOver,
    product: "Webmention",
  });
  const type = (response.headers.get("content-type") ?? "").toLowerCase();
  const bytes = isReadable(type) ? await beginningOf(response) : (await response.body?.cancel(), new Uint8Array());
  const { status, headers } = response;
  return { url: response.url || url, status, type, text: decoded(bytes, type), headers };
}

/** Whether a content type is one that can hold a link we can read. */
export function isReadable(type: string): boolean {
  return /^(?:text\/|application\/(?:xhtml\+xml|xml|json|[\w.-]+\+json)\s*(?:;|$))/.test(type);
}

async function beginningOf(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  while (size < mostBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value as Uint8Array);
    size += value.byteLength;
  }
  await reader.cancel();
  return new Uint8Array(Buffer.concat(pieces).subarray(0, mostBytes));
}

function decoded(bytes: Uint8Array, type: string): string {
  const charset =
    /charset\s*=\s*"?([\w.:-]+)/.exec(type)?.[1] ?? /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(head(bytes))?.[1];
  try {
    return new TextDecoder(charset ?? "utf-8").decode(bytes);
  } catch {
    // A name that no decoder has.
    return new TextDecoder().decode(bytes);
  }
}

const head = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 2000)).toString("latin1");
