import test, { type ExecutionContext } from "ava";
import { PublicError } from "../../../core/errors.ts";
import { definePlugin } from "../../../core/host/define-plugin.ts";
import type { Person } from "../../../core/people/person.ts";
import { createTestHost } from "../../../core/testing/test-host.ts";
import { giveSecondFactor } from "./people.testing.ts";

const plugin = definePlugin({
  id: "sites",
  name: "Sites",
  description: "Signs in by sites.",
  version: "1.0.0",
  api: 1,
  services: {
    "auth.method": () => ({
      id: "site",
      label: "Use my own site",
      field: { label: "Address of your site", type: "url" },
      async begin(value, { state, redirectUri }) {
        if (value === "bad") throw new PublicError("sites.bad", "That is no site.", 422);
        if (value === "broken") throw new Error("boom");
        return { url: `https://far.example/auth?state=${state}&to=${encodeURIComponent(redirectUri)}`, data: { value } };
      },
      async finish(query, { data }) {
        if (query.get("error")) throw new PublicError("sites.no", "The site said no.", 422);
        return { identity: (data as { value: string }).value };
      },
    }),
  },
});

async function open(t: ExecutionContext) {
  const host = await createTestHost(t, { plugins: [plugin], dashboard: true, now: new Date().toISOString() });
  const hub = `hub.example:${host.port}`;
  const jar = new Map<string, string>();
  const ask = async (path: string, form?: Record<string, string>) => {
    const answer = await host.request({
      path,
      host: "hub.example",
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(form && { origin: `http://${hub}` }),
      },
      ...(form && { form }),
    });
    for (const line of [answer.headers["set-cookie"] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      jar.set(name!, value!);
    }
    return answer;
  };
  return { host, ask, jar };
}
const wordOf = (html: string) => /name="csrf" value="([^"]+)"/.exec(html)![1]!;
const stateOf = (headers: Readonly<Record<string, string | string[] | undefined>>) =>
  new URL(String(headers.refresh).replace(/^0; url=/, "")).searchParams.get("state")!;

test("a site that was connected in the account signs in, and nobody else's does", async (t) => {
  const { host, ask } = await open(t);
  const kim = await host.as("kim");
  const sent = await kim.post("/account/identities/with/sites", { "with-sites": "https://kim.example/" });
  t.is(sent.status, 200, sent.text);
  t.regex(sent.text, /href="https:\/\/far\.example\/auth\?state=[^"]+"/);
  const state = stateOf(sent.headers);
  t.is((await ask(`/signin/with/callback?state=${state}`)).status, 403, "another browser");
  const again = await kim.post("/account/identities/with/sites", { "with-sites": "https://kim.example/" });
  const back = await kim.get(`/signin/with/callback?state=${stateOf(again.headers)}`);
  t.deepEqual([back.status, back.headers.location], [303, "/account#identities"]);
  t.is((await kim.get(`/signin/with/callback?state=${stateOf(again.headers)}`)).status, 403, "once only");
  t.regex((await kim.get("/account")).text, /<bdi>https:\/\/kim\.example\/<\/bdi>/);
  const [row] = await host.house.storage.query("SELECT action FROM audit_log WHERE action = 'identity.connected'");
  t.truthy(row);

  const page = await ask("/signin?next=/compose");
  t.regex(page.text, /action="\/signin\/with\/sites"[^]*Address of your site[^]*Use my own site/);
  const csrf = wordOf(page.text);
  t.is((await ask("/signin/with/sites", { csrf, "with-sites": "bad" })).status, 422);
  t.is((await ask("/signin/with/sites", { csrf, "with-sites": "broken" })).status, 502);
  t.is((await ask("/signin/with/nobody", { csrf })).status, 404);
  const go = async (site: string) => {
    const word = wordOf((await ask("/signin")).text);
    return stateOf((await ask("/signin/with/sites", { csrf: word, next: "/compose", "with-sites": site })).headers);
  };
  const unknown = await ask(`/signin/with/callback?state=${await go("https://lee.example/")}`);
  t.is(unknown.status, 422);
  t.regex(unknown.text, /https:\/\/lee\.example\/ opens no account here\. Sign in another way/);
  t.is((await ask(`/signin/with/callback?error=access_denied&state=${await go("https://kim.example/")}`)).status, 422);
  const entered = await ask(`/signin/with/callback?state=${await go("https://kim.example/")}`);
  t.deepEqual([entered.status, entered.headers.location], [303, "/compose"]);
  t.is((await ask("/account")).status, 200);
});

test("the second step is asked for, the suspended stay out, and what is taken away signs nobody in", async (t) => {
  const { host, ask, jar } = await open(t);
  const { storage } = host.house;
  const lee = await host.person("lee");
  const visitor = await host.as("lee");
  const connect = await visitor.post("/account/identities/with/sites", { "with-sites": "https://lee.example/" });
  await visitor.get(`/signin/with/callback?state=${stateOf(connect.headers)}`);
  const kim = await host.as("kim");
  const taken = await kim.post("/account/identities/with/sites", { "with-sites": "https://lee.example/" });
  const refused = await kim.get(`/signin/with/callback?state=${stateOf(taken.headers)}`);
  t.is(refused.status, 409);
  t.regex(refused.text, /signs somebody else in here already/);
  const arrive = async () => {
    jar.clear();
    const csrf = wordOf((await ask("/signin")).text);
    const sent = await ask("/signin/with/sites", { csrf, "with-sites": "https://lee.example/" });
    return ask(`/signin/with/callback?state=${stateOf(sent.headers)}`);
  };
  await giveSecondFactor(host.house, lee as Person);
  t.is((await arrive()).headers.location, "/signin/code?next=%2F");
  await storage.write((db) => db.run("UPDATE accounts SET state = 'suspended' WHERE id = ?", [lee.id]));
  const closed = await arrive();
  t.is(closed.status, 403);
  t.regex(closed.text, /is suspended/);
  await storage.write((db) => db.run("UPDATE accounts SET state = 'active' WHERE id = ?", [lee.id]));
  const id = /identities\/(\w{26})\/remove/.exec((await visitor.get("/account")).text)![1]!;
  t.is((await kim.post(`/account/identities/${id}/remove`, {})).status, 404, "nobody else takes it away");
  t.is((await visitor.post(`/account/identities/${id}/remove`, {})).status, 303);
  t.regex((await arrive()).text, /opens no account here/);
  await host.house.host.disable("sites");
  t.notRegex((await ask("/signin")).text, /signin\/with/);
});
