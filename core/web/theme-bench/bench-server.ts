import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PublicError } from "../../errors.ts";
import { pagePolicy } from "../../render/style/policy.ts";
import type { Themes } from "../../render/themes/themes.ts";
import { ThemeBench } from "./theme-bench.ts";

/** Serves a theme's folder to this machine alone; pages that are open load again when `changed` is called. */
export class BenchServer {
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  #bench: ThemeBench | null = null;

  constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  /** Starts to listen on loopback; gives the address. PublicError when the port is taken. */
  async listen(port: number, folder: string, themes: Themes): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", (cause: NodeJS.ErrnoException) => {
        const sentence = `Port ${port} cannot be used (${cause.code ?? cause.message}): name another with --port.`;
        reject(Object.assign(new PublicError("theme.port", sentence, 409, { port }), { cause }));
      });
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    const url = `http://localhost:${(this.#server.address() as AddressInfo).port}/`;
    this.#bench = new ThemeBench(folder, themes, url);
    return url;
  }

  /** Draws anew from now on, and tells the pages that are open. */
  changed(): void {
    this.#bench?.changed();
    for (const response of this.#open) response.write("event: change\ndata: 1\n\n");
  }

  /** Stops, and ends what is open. */
  async close(): Promise<void> {
    for (const response of this.#open) response.end();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    // A page elsewhere whose name was pointed at this machine must not read along.
    const isHere = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? "");
    if (!isHere) return send(response, { status: 421, type: "text/plain", body: "This is served to localhost only." });
    if (request.method !== "GET" && request.method !== "HEAD")
      return send(response, { status: 405, type: "text/plain", body: "Nothing is kept here." });
    if (request.url === "/_theme/changes") return this.#follow(response);
    try {
      send(response, this.#bench!.reply(request.url ?? "/"));
    } catch (error) {
      // The author is told; the next save may mend it.
      send(response, { status: 500, type: "text/plain; charset=utf-8", body: String((error as Error).message) });
    }
  }

  #follow(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": here\n\n");
    this.#open.add(response);
    response.once("close", () => this.#open.delete(response));
  }
}

function send(response: ServerResponse, { status, type, body }: ReturnType<ThemeBench["reply"]>): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store", "content-security-policy": pagePolicy });
  response.end(body);
}
