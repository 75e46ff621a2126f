import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import test from "ava";
import { cases } from "./indieauth/cases.ts";
import { Site } from "./indieauth/site.ts";
import { wrongServer } from "./indieauth/wrong-server.ts";
import { conformServer } from "./server/conform-server.ts";

const isThere = existsSync(new URL("../../plugins/indieauth/plugin.ts", import.meta.url));
const check = isThere ? test.serial : test.serial.skip;

let site = new Site("about:blank");
const ends: (() => unknown)[] = [];
if (isThere)
  test.before("a server is set up as its operator would, and kim signs in", async () => {
    const made = await conformServer({ teardown: (work) => void ends.unshift(work) }, []);
    site = new Site(made.page);
    await site.signIn("kim", "correct horse battery 9");
  });
else test("apps are let in by IndieAuth (skipped: plugins/indieauth is not there)", (t) => t.pass());
test.after.always("the server is stopped", async () => {
  for (const end of ends) await end();
});

for (const [name, look] of cases)
  check(name, async (t) => {
    await look(site);
    t.pass();
  });

for (const [name, look] of cases)
  test(`a server that is wrong does not pass: ${name}`, async (t) => {
    const wrong = new Site(await wrongServer(t));
    await t.throwsAsync(look(wrong), { any: true });
  });

// What the shipping apps send (client-api.md §1.4), byte for byte.
for (const app of [
  {
    name: "mobile",
    query: (me: string) =>
      `client_id=https%3A%2F%2Fmicro.blog%2F&scope=create&state=4711&response_type=code&redirect_uri=https%3A%2F%2Fmicro.blog%2Findieauth%2Fredirect&me=${me}`,
    body: (code: string) =>
      `client_id=https%3A%2F%2Fmicro.blog%2F&code=${code}&redirect_uri=https%3A%2F%2Fmicro.blog%2Findieauth%2Fredirect&grant_type=authorization_code`,
  },
  {
    name: "Mac",
    query: (me: string) =>
      `me=${me}&redirect_uri=https%3A%2F%2Fmicro.blog%2Fmicropub%2Fredirect&client_id=https%3A%2F%2Fmicro.blog%2F&state=815&scope=create&response_type=code`,
    body: (code: string, me: string) =>
      `grant_type=authorization_code&code=${code}&client_id=https%3A%2F%2Fmicro.blog%2F&redirect_uri=https%3A%2F%2Fmicro.blog%2Fmicropub%2Fredirect&me=${me}&state=815`,
  },
])
  check(
    `the ${app.name} app of Micro.blog signs in to a blog that is none of Micro.blog's: no PKCE, a number as state`,
    async (t) => {
      const me = encodeURIComponent(site.page);
      const page = await (await site.ask(app.query(me))).text();
      t.regex(page, /does not protect the sign-in/);
      t.regex(page, /says nothing of itself/);
      t.notRegex(page, /another site than the app/);
      const to = await site.allow(app.query(me));
      t.is(to.origin, "https://micro.blog");
      t.deepEqual([to.searchParams.get("state"), to.searchParams.get("me")], [app.name === "Mac" ? "815" : "4711", site.page]);
      const answer = await fetch(await site.link("token_endpoint"), {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
        body: app.body(to.searchParams.get("code")!, me),
      });
      const got = (await answer.json()) as Record<string, string>;
      t.regex(got.access_token!, /^[0-9A-F]{20}$/);
      t.like(got, { scope: "create", me: site.page, token_type: "Bearer" });
    },
  );

check("indieauth-helper, unmodified, with and without its own PKCE: discovery, code, token, who one is", async (t) => {
  const IndieAuth = createRequire(import.meta.url)("indieauth-helper");
  for (const codeVerifier of [undefined, "helper-verifier-0123456789-0123456789-0123456789"]) {
    const options = { me: site.page, clientId: "http://127.0.0.1/app", redirectUri: "http://127.0.0.1/back", secret: "secret" };
    const client = new IndieAuth({ ...options, ...(codeVerifier && { codeVerifier }) });
    const asked = new URL(await client.getAuthUrl("code", ["create", "update"]));
    const to = await site.allow(asked.search.slice(1));
    t.truthy(client.validateState(to.searchParams.get("state")));
    t.regex(await client.getToken(to.searchParams.get("code")), /^[0-9A-F]{20}$/);
    if (codeVerifier) continue;
    const again = await site.allow(asked.search.slice(1));
    t.is(await client.verifyCode(again.searchParams.get("code")), site.page);
  }
});
