import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * An authorization server that makes every mistake there is a case for: it sends anybody anywhere, fetches any client, takes any code
 * as often as it is shown, and tells everybody about every token. Whatever passes here looks at nothing.
 */
export async function wrongServer(t: { teardown(work: () => unknown): void }): Promise<string> {
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.teardown(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const own = `http://${request.headers.host}`;
  const url = new URL(request.url!, own);
  request.resume();
  const json = (value: object, status = 200) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  if (url.pathname === "/") {
    const links = ["metadata", "auth", "token"].map((name) => `<link rel="${rels[name]}" href="${own}/${name}">`);
    return void response.end(links.join(""));
  }
  if (url.pathname === "/metadata")
    return void json({
      issuer: `${own}/auth`,
      authorization_endpoint: `${own}/auth?x=1`,
      token_endpoint: `${own}/token`,
      introspection_endpoint: `${own}/introspect`,
      revocation_endpoint: `${own}/revoke`,
      userinfo_endpoint: `${own}/userinfo`,
      code_challenge_methods_supported: ["plain"],
    });
  if (url.pathname === "/auth" && request.method === "GET") {
    const client = url.searchParams.get("client_id") ?? "";
    if (URL.canParse(client)) await fetch(client, { signal: AbortSignal.timeout(300) }).catch(() => null);
    const to = URL.parse(url.searchParams.get("redirect_uri") ?? own) ?? new URL(own);
    to.search = new URLSearchParams({
      code: "c0de",
      state: (url.searchParams.get("state") ?? "").toLowerCase().trimEnd() + " ",
    }).toString();
    return void response.writeHead(302, { location: to.href.replace(/[^\x21-\x7e]/g, "") }).end();
  }
  if (url.pathname === "/introspect") return void json({ active: "true" });
  if (url.pathname === "/revoke") return void json({ error: "unknown" }, 400);
  if (url.pathname === "/userinfo") return void json({ name: "Kim" });
  json({ access_token: "t0ken", token_type: "bearer", scope: "create birds", me: own });
}

const rels: Readonly<Record<string, string>> = {
  metadata: "indieauth-metadata",
  auth: "authorization_endpoint",
  token: "token_endpoint",
};
