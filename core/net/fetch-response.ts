import type { IncomingMessage } from "node:http";
import type { Outgoing } from "./fetch-hop.ts";
import { looksLikeMedia } from "./fetch-purpose.ts";
import { FetchRefused } from "./fetch-refused.ts";

/** Ends the clock with the body, and looks at the first bytes of media before handing any on. */
export async function* watchedBody(
  body: AsyncIterable<Uint8Array>,
  isMedia: boolean,
  done: () => void,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = isMedia ? new Uint8Array() : null;
  try {
    for await (const chunk of body) {
      if (head === null) yield chunk;
      else if ((head = Buffer.concat([head, chunk])).length >= 16) {
        if (!looksLikeMedia(head)) throw new FetchRefused("type");
        yield head;
        head = null;
      }
    }
    if (head !== null) throw new FetchRefused("type");
  } finally {
    done();
  }
}

/** Gives the answer with its address; cookies and the headers of the transport are left out. */
export function responseOf(
  body: ReadableStream | Uint8Array<ArrayBuffer> | null,
  message: IncomingMessage,
  outgoing: Outgoing,
): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    const name = message.rawHeaders[at]?.toLowerCase() ?? "";
    // The body is handed on decoded, and no cookie is ever kept.
    if (!["content-encoding", "content-length", "transfer-encoding", "set-cookie"].includes(name))
      headers.append(name, message.rawHeaders[at + 1] ?? "");
  }
  const response = new Response(body, { status: message.statusCode ?? 502, headers });
  // A constructed Response has no address, but relative links of a page need the one it came from.
  return Object.defineProperties(response, { url: { value: outgoing.url }, redirected: { value: outgoing.isRedirected } });
}

/** Gives a body that is read as it is wanted; cancelling it closes the connection. */
export function streamOf(body: AsyncGenerator<Uint8Array>): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await body.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await body.return(undefined);
    },
  });
}
