import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true });

/** An answer: its head as the server wrote it, and its bytes. */
export type Answer = { readonly status: number; readonly headers: readonly string[]; readonly body: Buffer };

/** Asks a server on this machine for an address of a host, over a connection that stays open. */
export function get(where: { port: number; host: string; path: string }, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port, host, path } = where;
    const asking = request({ agent, host: "127.0.0.1", port, path, headers: { host, ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode!, headers: response.rawHeaders, body: Buffer.concat(parts) }),
      );
    });
    asking.once("error", reject).end();
  });
}

/** Lets go of the open connections. */
export function hangUp(): void {
  agent.destroy();
}
