import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A blog with a hub that accepts everything, asks nobody whether they want it, and sends something else to everybody at once. */
export async function wrongHub(t: { teardown(work: () => unknown): void }): Promise<string> {
  const server = createServer((request, response) => {
    const url = `http://${request.headers.host}`;
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.once("end", () => {
      if (request.method === "POST") {
        const callback = new URLSearchParams(Buffer.concat(pieces).toString()).get("hub.callback");
        if (callback && URL.canParse(callback)) void fetch(callback, { method: "POST", body: "News" }).catch(() => undefined);
        return response.writeHead(202).end();
      }
      if (request.url !== "/") response.setHeader("link", `<${url}/hub>; rel="hub", <${url}/feed>; rel="self"`);
      // Its HEAD forgets the hub.
      if (request.method === "HEAD") response.removeHeader("link");
      const links = ["rss+xml", "atom+xml", "feed+json"].map(
        (type) => `<link rel="alternate" type="application/${type}" href="/feed">`,
      );
      return response.end(request.url === "/" ? links.join("") : "{}");
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.teardown(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
