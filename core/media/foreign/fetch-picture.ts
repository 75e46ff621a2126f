import { FetchRefused } from "../../net/fetch-refused.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { headBytes, pictureTypeOf } from "./picture-type.ts";

/** The way out, as far as pictures need it. */
export type FetchPicture = (url: string, init: Parameters<GuardedFetch>[1]) => Promise<Response>;

/** A picture that could not be had; `isLasting`: asking soon again would give the same. */
export class NoPicture extends Error {
  readonly isLasting: boolean;

  constructor(why: string, isLasting: boolean, options?: ErrorOptions) {
    super(why, options);
    this.name = "NoPicture";
    this.isLasting = isLasting;
  }
}

const [mostBytes, patience] = [10_000_000, 15_000] as const;
const accept = "image/avif, image/webp, image/jpeg, image/png, image/gif;q=0.9, image/*;q=0.5";
const lastingReasons: readonly string[] = ["scheme", "address", "port", "too-large", "redirects", "type"];

/** Fetches a picture by the guarded fetch, 10 MB in 15 seconds at most; what is none by its first bytes is not read on. Throws NoPicture. */
export async function fetchPicture(guarded: FetchPicture, url: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    const wish = { stream: true, maxBytes: mostBytes, timeout: patience, headers: { accept }, signal } as const;
    const response = await guarded(url, wish);
    if (response.ok && response.body) return await pictureIn(response.body);
    await response.body?.cancel();
    throw new NoPicture(`The answer was ${response.status}`, response.status < 500 && response.status !== 429);
  } catch (error) {
    if (error instanceof NoPicture) throw error;
    const isLasting = error instanceof FetchRefused && lastingReasons.includes(error.reason);
    throw new NoPicture("It could not be fetched", isLasting, { cause: error });
  }
}

async function pictureIn(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let isKnown = false;
  // Leaving the loop early closes the connection.
  for await (const piece of body) {
    pieces.push(piece);
    size += piece.byteLength;
    if (isKnown || size < headBytes) continue;
    if (pictureTypeOf(Buffer.concat(pieces)) === null) break;
    isKnown = true;
  }
  if (!isKnown) throw new NoPicture("It is no picture", true);
  return Buffer.concat(pieces);
}
