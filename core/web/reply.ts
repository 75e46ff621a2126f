import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Readable } from "node:stream";
import type { Reply } from "../hooks/values.ts";
import { everywhere } from "./headers.ts";

/** An answer that is read from somewhere while it is sent. */
export type StreamReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: Readable;
};

/** An answer's bytes and type: text, JSON and HTML are UTF-8. */
export function bodyOf(reply: Reply): { body: Buffer; type: string | null } {
  if (reply.bytes !== undefined)
    return {
      body: Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.bytes.byteLength),
      type: "application/octet-stream",
    };
  if (reply.html !== undefined) return { body: Buffer.from(reply.html), type: "text/html; charset=utf-8" };
  if (reply.json !== undefined) return { body: Buffer.from(JSON.stringify(reply.json)), type: "application/json; charset=utf-8" };
  return { body: Buffer.from(reply.text ?? ""), type: reply.text === undefined ? null : "text/plain; charset=utf-8" };
}

/** The headers of an answer, lower-cased, with those of every answer; values that could break out of a header line are dropped. */
export function headersOf(reply: Reply | StreamReply): Record<string, string> {
  const headers: Record<string, string> = { ...everywhere };
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    if (/^[A-Za-z0-9-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) headers[name.toLowerCase()] = value;
  }
  if ("redirect" in reply && reply.redirect !== undefined) headers.location = asHeader(reply.redirect);
  return headers;
}

/** Sends an answer that is not kept. */
export async function sendReply(response: ServerResponse, reply: Reply | StreamReply, isHead: boolean): Promise<void> {
  const headers = headersOf(reply);
  if ("stream" in reply) {
    response.writeHead(reply.status, headers);
    if (isHead) {
      reply.stream.destroy();
      response.end();
    } else await pipeline(reply.stream, response).catch((error: NodeJS.ErrnoException) => ignoreGoneReader(error));
    return;
  }
  const { body, type } = bodyOf(reply);
  const status = reply.status ?? (reply.redirect === undefined ? 200 : 303);
  if (type !== null) headers["content-type"] ??= type;
  if (status !== 204 && status !== 304) headers["content-length"] = String(body.byteLength);
  response.writeHead(status, headers);
  response.end(isHead || status === 204 ? undefined : body);
}

// A reader who closes the connection in the middle of a film is no error of ours.
function ignoreGoneReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "ERR_STREAM_PREMATURE_CLOSE" && error.code !== "ECONNRESET" && error.code !== "EPIPE") throw error;
}

// What is encoded stays as it is; only what may not stand in a header line is encoded.
function asHeader(url: string): string {
  return url.toWellFormed().replace(/[^\x21-\x7e]/gu, (letter) => encodeURIComponent(letter));
}
