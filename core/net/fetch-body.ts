import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { asRefusal, FetchRefused, refusalOf } from "./fetch-refused.ts";

/** Bytes after decompression, how often the body may be larger than what was sent, and the slowest pace taken after a grace time. */
export type BodyLimits = {
  readonly maxBytes: number;
  readonly maxRatio: number;
  readonly bytesPerSecond: number;
  readonly graceMs: number;
};

const DECODERS: Record<string, () => ReturnType<typeof createGunzip>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
// Small texts compress well: the ratio says something only beyond this size.
const RATIO_FROM = 65_536;

/** Gives the decompressed body piece by piece; throws FetchRefused and closes the connection when it breaks a limit. */
export async function* bodyOf(response: IncomingMessage, limits: BodyLimits, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stopPacing = pace(response, limits);
  try {
    if (Number(response.headers["content-length"] ?? 0) > limits.maxBytes) throw new FetchRefused("too-large");
    let size = 0;
    const { stream, bytesIn } = decoded(response);
    for await (const chunk of stream) {
      const bytes: Uint8Array = chunk;
      size += bytes.length;
      const isBomb = size > RATIO_FROM && size > bytesIn() * limits.maxRatio;
      if (size > limits.maxBytes || isBomb) throw new FetchRefused("too-large");
      yield bytes;
    }
  } catch (error) {
    throw signal.aborted ? refusalOf(signal) : asRefusal(error);
  } finally {
    stopPacing();
    response.destroy();
  }
}

function decoded(response: IncomingMessage): { stream: Readable; bytesIn: () => number } {
  const encoding = (response.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return { stream: response, bytesIn: () => Infinity };
  // Two encodings one over the other have no honest use.
  const decoder = DECODERS[encoding]?.();
  if (!decoder) throw new FetchRefused("type");
  // Errors of either end reach the loop over the decoder.
  pipeline(response, decoder, () => undefined);
  return { stream: decoder, bytesIn: () => decoder.bytesWritten };
}

/** A sender that drips bytes to hold a place loses it. */
function pace(response: IncomingMessage, { bytesPerSecond, graceMs }: BodyLimits): () => void {
  const socket = response.socket;
  const before = socket.bytesRead;
  const started = performance.now();
  const timer = setInterval(() => {
    const seconds = (performance.now() - started) / 1_000;
    // Bytes that wait here wait for our reader, not for the sender.
    if (response.readableLength === 0 && socket.bytesRead - before < seconds * bytesPerSecond)
      response.destroy(new FetchRefused("timeout"));
  }, graceMs);
  return () => clearInterval(timer);
}
