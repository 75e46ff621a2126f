import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A server that says yes to everything and does nothing: posts are “created” at a page that shows none, queries get an empty
 * object. Whatever passes here looks at nothing.
 */
export async function wrongServer(t: { teardown(work: () => unknown): void }): Promise<string> {
  const server = createServer((request, response) => {
    const url = `http://${request.headers.host}`;
    request.resume();
    request.once("end", () => {
      if (request.method === "POST") return response.writeHead(201, { location: `${url}/post` }).end();
      if (request.url!.includes("q=config")) return response.end(JSON.stringify({ "media-endpoint": `${url}/media`, q: [] }));
      if (request.url!.startsWith("/micropub")) return response.end("{}");
      const link = `<${url}/micropub>; rel="micropub"`;
      response.setHeader("link", link);
      return response.end(`<link rel="micropub" href="${url}/micropub"><div class="h-entry"></div>`);
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.teardown(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
