import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const answer = "<methodResponse><params><param><value><boolean>1</boolean></value></param></params></methodResponse>";

/** A server that is found by its RSD and says “true” to every call. What passes here looks at nothing. */
export async function wrongServer(t: { teardown(work: () => unknown): void }): Promise<string> {
  const server = createServer((request, response) => {
    const url = `http://${request.headers.host}`;
    request.resume();
    request.once("end", () => {
      if (request.method === "POST") return response.setHeader("content-type", "text/xml").end(answer);
      const apis = ["Micro.blog", "MetaWeblog", "Blogger"].map(
        (name) => `<api name="${name}" blogID="7" preferred="true" apiLink="${url}/x"/>`,
      );
      if (request.url === "/rsd.xml") return response.end(`<rsd><service><apis>${apis.join("")}</apis></service></rsd>`);
      return response.end(`<link rel="EditURI" type="application/rsd+xml" href="${url}/rsd.xml">`);
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.teardown(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
