import { request, type IncomingHttpHeaders } from "node:http";
import type { RunningServer } from "./server.ts";
import { blogHost } from "./person.ts";

/** What a server answered. */
export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
};

/** Asks a server without a browser, by default for Kim's blog; names under localhost are not looked up. */
export function get(server: RunningServer, path: string, host = blogHost(server)): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: server.port, path, headers: { host } }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => {
        const bytes = Buffer.concat(pieces);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString("utf8") });
      });
    });
    asked.once("error", reject).end();
  });
}
