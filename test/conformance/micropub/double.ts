import { createServer, request as ask, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request on its way to the server; each letter of `body` is a byte. */
export type Sent = { readonly method: string; path: string; headers: IncomingHttpHeaders; body: string; isMarked?: boolean };

/** An answer on its way back. */
export type Answered = { status: number; headers: IncomingHttpHeaders; body: string };

/** One way to be wrong: what becomes of requests, or an answer in the server's place; and what becomes of answers. */
export type Wrong = {
  readonly asks?: (sent: Sent) => Answered | void;
  readonly answers?: (answered: Answered, sent: Sent) => void;
};

/** A server that is right, or wrong in one way at a time. */
export class Double {
  /** How it is wrong from now on; null: not at all. */
  wrong: Wrong | null = null;
  /** What went wrong with the double itself. */
  readonly faults: string[] = [];
  readonly #port: number;

  /** Stands before the server at a port. */
  constructor(port: number) {
    this.#port = port;
  }

  /** Begins to listen; gives the port. */
  async open(t: { teardown(work: () => unknown): void }): Promise<number> {
    const server = createServer((incoming, outgoing) => {
      this.#answer(incoming, outgoing).catch((error: unknown) => {
        this.faults.push(String(error));
        outgoing.destroy();
      });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    t.teardown(() => (server.closeAllConnections(), server.close()));
    return (server.address() as AddressInfo).port;
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const { method = "GET", url = "/", headers } = incoming;
    const sent: Sent = { method, path: url, headers: { ...headers }, body: Buffer.concat(pieces).toString("latin1") };
    const { wrong } = this;
    const answered = wrong?.asks?.(sent) || (await this.#pass(sent));
    wrong?.answers?.(answered, sent);
    const body = Buffer.from(answered.body, "latin1");
    const length = method === "HEAD" || answered.status === 204 ? {} : { "content-length": body.byteLength };
    outgoing.writeHead(answered.status, { ...answered.headers, ...length }).end(body);
  }

  async #pass({ method, path, headers, body }: Sent): Promise<Answered> {
    // What comes back must be text to be changed.
    const { "transfer-encoding": _chunks, "accept-encoding": _packed, connection: _open, ...rest } = headers;
    const bytes = Buffer.from(body, "latin1");
    const passed = { ...rest, ...(method !== "GET" && method !== "HEAD" && { "content-length": String(bytes.byteLength) }) };
    return new Promise((resolve, reject) => {
      const asked = ask({ host: "127.0.0.1", port: this.#port, method, path, headers: passed }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.once("error", reject);
        answer.once("end", () => {
          const { "transfer-encoding": _chunks, connection: _open, "keep-alive": _alive, ...kept } = answer.headers;
          resolve({ status: answer.statusCode ?? 0, headers: kept, body: Buffer.concat(pieces).toString("latin1") });
        });
      });
      asked.once("error", reject);
      asked.end(bytes);
    });
  }
}
