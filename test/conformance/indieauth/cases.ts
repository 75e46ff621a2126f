import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { redemption, request, send, type Site } from "./site.ts";

/** A requirement and how a client sees whether it is kept; throws when it is not. */
export type Case = readonly [name: string, check: (site: Site) => Promise<void>];

const codeOf = (to: URL) => to.searchParams.get("code") ?? "";
const none = { code_challenge: null, code_challenge_method: null } as const;

async function tokenFrom(site: Site, changes: Record<string, string | null> = {}): Promise<Record<string, string>> {
  const got = await send(await site.link("token_endpoint"), redemption(codeOf(await site.allow(request(changes)))));
  assert.equal(got.status, 200, JSON.stringify(got.json));
  return got.json as Record<string, string>;
}

/** IndieAuth (11 July 2024) by section, and the mistakes most often made (indieweb.md §15, 1 to 7). */
export const cases: readonly Case[] = [
  [
    "§4.1 the home page names its endpoints in headers and elements, to HEAD too",
    async (site) => {
      for (const method of ["GET", "HEAD"]) {
        const header = (await fetch(site.page, { method })).headers.get("link") ?? "";
        for (const rel of ["indieauth-metadata", "authorization_endpoint", "token_endpoint"])
          assert.ok(header.includes(`<${await site.link(rel)}>; rel="${rel}"`), `${method} ${rel}`);
      }
    },
  ],
  [
    "§4.1.1 the metadata says all it must, as the links do; the issuer is a prefix of its address (15.2)",
    async (site) => {
      const said = await site.metadata();
      assert.equal(said.authorization_endpoint, await site.link("authorization_endpoint"));
      assert.equal(said.token_endpoint, await site.link("token_endpoint"));
      for (const name of ["introspection_endpoint", "revocation_endpoint", "userinfo_endpoint"])
        assert.ok(URL.canParse(String(said[name])), name);
      assert.deepEqual(said.code_challenge_methods_supported, ["S256"]);
      assert.deepEqual(said.revocation_endpoint_auth_methods_supported, ["none"]);
      assert.equal(said.authorization_response_iss_parameter_supported, true);
      assert.ok((await site.link("indieauth-metadata")).startsWith(String(said.issuer)));
      assert.ok(!/[?#]/.test(String(said.issuer)));
      assert.ok(!String(said.authorization_endpoint).includes("?"), "apps append ?me= without looking");
    },
  ],
  [
    "§5.2.1 iss is byte for byte the issuer, state comes back as it went, the app's own query stays (15.1)",
    async (site) => {
      const to = await site.allow(request({ me: site.page }));
      assert.equal(to.searchParams.get("iss"), (await site.metadata()).issuer);
      assert.ok(to.search.includes("state=%C3%A9%26%3D%2B%2F%3F"), to.search);
      assert.equal(to.searchParams.get("own"), "1");
      assert.equal(to.searchParams.get("me"), site.page);
    },
  ],
  [
    "§5.2 a request with a client_id or redirect_uri that is not to be trusted is answered by a page (15.5)",
    async (site) => {
      const wrong: Record<string, string | null>[] = [
        { client_id: null },
        { client_id: "http://127.0.0.1/app#x" },
        { client_id: "http://kim@127.0.0.1/app" },
        { client_id: "http://10.0.0.1/" },
        { client_id: "http://[::ffff:127.0.0.1]/" },
        { client_id: "http://127.1/" },
        { client_id: "http://127.0.0.1/a/../b" },
        { redirect_uri: null },
        { redirect_uri: "http://127.0.0.1:81/back" },
        { redirect_uri: "https://127.0.0.1/back" },
        { redirect_uri: "http://evil.localhost/back" },
        { redirect_uri: "http://127.0.0.1@evil.localhost/back" },
        { redirect_uri: "http://127.0.0.1\\@evil.localhost/" },
        { redirect_uri: "//127.0.0.1/back" },
        { redirect_uri: "javascript:alert(1)" },
        { redirect_uri: "data:text/html,x" },
        { redirect_uri: "birdland://back" },
        { redirect_uri: "http://127.0.0.1/back#x" },
        { redirect_uri: "http://127.0.0.1/a/%2e%2e/b" },
      ];
      for (const changes of wrong) {
        const answer = await site.ask(request(changes));
        assert.equal(answer.status, 400, JSON.stringify(changes));
        assert.equal(answer.headers.get("location"), null, JSON.stringify(changes));
      }
    },
  ],
  [
    "§5.2 what else is wrong is told to the app, with state and iss; plain is refused (RFC 7636)",
    async (site) => {
      for (const [changes, error] of [
        [{ response_type: "token" }, "unsupported_response_type"],
        [{ code_challenge_method: "plain" }, "invalid_request"],
        [{ state: null }, "invalid_request"],
      ] as const) {
        const to = new URL((await site.ask(request({ ...changes, me: site.page }))).headers.get("location") ?? "about:blank");
        assert.equal(to.searchParams.get("error"), error);
        assert.equal(to.searchParams.get("iss"), (await site.metadata()).issuer);
        assert.equal(to.searchParams.get("state"), "state" in changes ? null : "é&=+/?");
      }
    },
  ],
  [
    "§5.3.2 at the authorization endpoint a code says who somebody is, and gives no token",
    async (site) => {
      const code = codeOf(await site.allow(request({ scope: "profile" })));
      const got = await send(await site.link("authorization_endpoint"), redemption(code));
      assert.equal(got.status, 200);
      assert.equal(got.json?.me, site.page);
      assert.equal((got.json as { profile: { url: string } }).profile.url, site.page);
      assert.equal(got.json?.access_token, undefined);
    },
  ],
  [
    "§5.3.3 at the token endpoint a code gives a token of the kind apps know, for what was allowed",
    async (site) => {
      const got = await tokenFrom(site, { scope: "create profile birds" });
      assert.match(got.access_token!, /^[0-9A-F]{20}$/);
      assert.equal(got.token_type, "Bearer");
      assert.deepEqual(got.scope!.split(" ").toSorted(), ["create", "profile"]);
      assert.equal(got.me, site.page);
      assert.ok(got.refresh_token);
    },
  ],
  [
    "§5.3.3 a code without scope gives no token (15.3)",
    async (site) => {
      const got = await send(await site.link("token_endpoint"), redemption(codeOf(await site.allow(request({ scope: null })))));
      assert.equal(got.status, 400);
      assert.equal(got.json?.access_token, undefined);
    },
  ],
  [
    "§5.3 a challenge wants its verifier, none refuses any, and a failed try uses the code up (15.4)",
    async (site) => {
      const endpoint = await site.link("token_endpoint");
      const wrong: [Record<string, string | null>, Record<string, string | null>][] = [
        [{}, { code_verifier: null }],
        [{}, { code_verifier: "x".repeat(50) }],
        [{}, { client_id: "http://127.0.0.1/other" }],
        [{}, { redirect_uri: "http://127.0.0.1/back" }],
        [none, {}],
      ];
      for (const [asked, sent] of wrong) {
        const code = codeOf(await site.allow(request(asked)));
        const refused = await send(endpoint, redemption(code, sent));
        assert.deepEqual([refused.status, refused.json?.error], [400, "invalid_grant"], JSON.stringify([asked, sent]));
        const right: Record<string, null> = asked === none ? { code_verifier: null } : {};
        assert.equal((await send(endpoint, redemption(code, right))).status, 400, "burnt");
      }
    },
  ],
  [
    "§5.3 a code is good once; shown again it takes its token back (15.4)",
    async (site) => {
      const endpoint = await site.link("token_endpoint");
      const code = codeOf(await site.allow(request()));
      const first = await send(endpoint, redemption(code));
      assert.equal((await send(endpoint, redemption(code))).status, 400);
      const check = await fetch(endpoint, { headers: { authorization: `Bearer ${String(first.json?.access_token)}` } });
      assert.equal(check.status, 401);
    },
  ],
  [
    "§4.2 a client on this machine is never asked about itself (15.6)",
    async (site) => {
      const asked: string[] = [];
      const server = createServer((incoming, answer) => (asked.push(incoming.url!), answer.end("here"))).listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const { port } = server.address() as AddressInfo;
      for (const host of ["127.0.0.1", "localhost", "own.localhost"])
        await site.ask(request({ client_id: `http://${host}:${port}/`, redirect_uri: `http://${host}:${port}/back` }));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      assert.deepEqual(asked, []);
    },
  ],
  [
    "§6.1 introspection is not for everybody; it answers with a boolean and numbers, and of the dead says nothing (15.7)",
    async (site) => {
      const { introspection_endpoint: endpoint } = await site.metadata();
      const { access_token: token } = await tokenFrom(site);
      assert.equal((await send(String(endpoint), { token: token! })).status, 401);
      const { json } = await send(String(endpoint), { token: token! }, token);
      assert.equal(json?.active, true);
      assert.equal(typeof json?.iat, "number");
      assert.deepEqual([json?.me, json?.client_id], [site.page, "http://127.0.0.1/app"]);
      const dead = await send(String(endpoint), { token: "0123456789ABCDEF0123" }, token);
      assert.deepEqual([dead.status, dead.json], [200, { active: false }]);
    },
  ],
  [
    "§7 revocation answers 200 to anything and is over at once, the old way too",
    async (site) => {
      const { revocation_endpoint: endpoint } = await site.metadata();
      const tokens = await site.link("token_endpoint");
      for (const [url, more] of [
        [String(endpoint), {}],
        [tokens, { action: "revoke" }],
      ] as const) {
        const { access_token: token } = await tokenFrom(site);
        assert.equal((await fetch(tokens, { headers: { authorization: `Bearer ${token}` } })).status, 200);
        assert.equal((await send(url, { ...more, token: token! })).status, 200);
        assert.equal((await fetch(tokens, { headers: { authorization: `Bearer ${token}` } })).status, 401);
      }
      assert.equal((await send(String(endpoint), { token: "made-up" })).status, 200);
    },
  ],
  [
    "§5.5 a refresh token renews for the same or less, for its own client only",
    async (site) => {
      const endpoint = await site.link("token_endpoint");
      const got = await tokenFrom(site);
      const renew = (more: Record<string, string> = {}) =>
        send(endpoint, {
          grant_type: "refresh_token",
          refresh_token: got.refresh_token!,
          client_id: "http://127.0.0.1/app",
          ...more,
        });
      assert.equal((await renew({ client_id: "http://127.0.0.1/other" })).json?.error, "invalid_grant");
      assert.equal((await renew({ scope: "create delete" })).json?.error, "invalid_scope");
      const { status, json } = await renew({ scope: "create" });
      assert.deepEqual([status, json?.scope, json?.me], [200, "create", site.page]);
      assert.notEqual(json?.access_token, got.access_token);
    },
  ],
  [
    "§9 the profile is for tokens that may read it",
    async (site) => {
      const endpoint = String((await site.metadata()).userinfo_endpoint);
      const ask = (token?: string) =>
        fetch(endpoint, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
      assert.equal((await ask()).status, 401);
      assert.equal((await ask((await tokenFrom(site, { scope: "create" })).access_token)).status, 403);
      const answer = await ask((await tokenFrom(site)).access_token);
      assert.equal(((await answer.json()) as { url: string }).url, site.page);
    },
  ],
  [
    "a code is not turned in by GET, and is no token",
    async (site) => {
      const endpoint = await site.link("token_endpoint");
      const code = codeOf(await site.allow(request()));
      assert.notEqual((await fetch(`${endpoint}?${new URLSearchParams(redemption(code))}`)).status, 200);
      assert.equal((await fetch(endpoint, { headers: { authorization: `Bearer ${code}` } })).status, 401);
    },
  ],
];
