import type { IncomingMessage } from "node:http";
import { PublicError } from "../errors.ts";

/** Reads a request's body, at most `limit` bytes; PublicError 413 beyond, 415 for a compressed one. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (request.headers["content-encoding"])
    throw new PublicError("request.encoding", "A compressed request body is not taken here.", 415);
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge(limit);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.byteLength;
    if (bytes > limit) throw tooLarge(limit);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooLarge(limit: number): PublicError {
  return new PublicError(
    "request.too-large",
    `The request is larger than ${Math.round(limit / 1000).toLocaleString("en")} KB, the limit here.`,
    413,
    { kilobytes: Math.round(limit / 1000) },
  );
}
