import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a hub sent to a subscriber. */
export type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

/** What was waited for did not come. */
export class NothingCame extends Error {}

/** A subscriber with callbacks of its own, each under a path; it confirms what it is asked unless told otherwise. */
export class Subscriber {
  readonly received: Received[] = [];
  /** How callbacks answer when they are asked to confirm, by path. */
  readonly confirms = new Map<string, (response: ServerResponse, challenge: string) => void>();
  /** Which status callbacks answer to news with, by path. */
  readonly statuses = new Map<string, number>();
  /** How long it waits for what a hub sends, in milliseconds. */
  patience = 8_000;
  #port = 0;

  static async start(t: { teardown(work: () => unknown): void }): Promise<Subscriber> {
    const one = new Subscriber();
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.once("end", () => {
        const { pathname: path, searchParams: query } = new URL(request.url!, "http://x");
        one.received.push({ method: request.method!, path, query, headers: request.headers, body: Buffer.concat(pieces) });
        if (request.method === "POST") return response.writeHead(one.statuses.get(path) ?? 200).end();
        const challenge = query.get("hub.challenge") ?? "";
        const confirm = one.confirms.get(path);
        return confirm ? confirm(response, challenge) : response.end(challenge);
      });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    one.#port = (server.address() as AddressInfo).port;
    t.teardown(() => (server.closeAllConnections(), server.close()));
    return one;
  }

  callback(path: string, query = ""): string {
    return `http://127.0.0.1:${this.#port}${path}${query}`;
  }

  /** The first such request from the one numbered `from` on; throws when none comes while it waits. */
  async next(method: string, path: string, from = 0): Promise<Received> {
    for (let looks = 0; looks <= this.patience / 50; looks++) {
      const found = this.received.slice(from).find((one) => one.method === method && one.path === path);
      if (found) return found;
      if (this.patience > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new NothingCame(`no ${method} came to ${path}`);
  }

  count(method: string, path: string): number {
    return this.received.filter((one) => one.method === method && one.path === path).length;
  }
}
