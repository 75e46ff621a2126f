import test from "ava";
import { PlainBrowser } from "../../testing.ts";
import { growOld } from "../signin/people.testing.ts";
import { openKitchen } from "./kitchen.testing.ts";

const at = "/admin/plugins/kitchen";
const form = { "s-line": "stew", "s-size": "small", "s-clientId": "rookery", "s-site": "https://birds.example/" };
const addressIn = (text: string) => new URL(/<a class="button primary" href="([^"]+)"/.exec(text)![1]!.replaceAll("&amp;", "&"));

async function connection({ house }: Awaited<ReturnType<typeof openKitchen>>, key: string) {
  const { plugin } = await house.host.find("kitchen");
  return (await house.host.contexts.settings(plugin, null))[key] as { account: string; tokens: unknown } | undefined;
}

test("a service of two addresses is connected with PKCE; its tokens lie sealed", async (t) => {
  const parts = await openKitchen(t);
  const { browser, network, house, url } = parts;
  network.on("POST https://service.example/token", { json: { access_token: "t0ken", expires_in: 3600 } });
  network.on("GET https://service.example/me", { json: { name: "kim-there" } });
  await browser.get(at);

  const left = await browser.post(`${at}/connect/service`, form);
  const to = addressIn(left.text);
  t.is(to.origin, "https://service.example");
  t.is(to.searchParams.get("client_id"), "rookery");
  t.is(to.searchParams.get("code_challenge_method"), "S256");
  t.is(to.searchParams.get("redirect_uri"), `${url}/admin/oauth/callback`);
  const back = await browser.get(`/admin/oauth/callback?code=abc&state=${to.searchParams.get("state")}`);

  t.is(back.location, at);
  const page = await browser.get(at);
  t.regex(page.text, /Connected with kim-there/);
  t.false(page.text.includes("t0ken"));
  const [asked] = network.sent("POST https://service.example/token") as Record<string, string>[];
  t.is(asked!.code, "abc");
  t.regex(asked!.code_verifier!, /^[\w-]{43}$/);
  t.like(await connection(parts, "service"), { account: "kim-there", tokens: { access_token: "t0ken" } });
  for (const table of ["plugin_settings", "secrets", "one_time_links"])
    t.false(JSON.stringify(await house.storage.query(`SELECT * FROM ${table}`)).includes("t0ken"), table);

  t.is((await browser.post(`${at}/disconnect/service`, {})).location, at);
  t.is(await connection(parts, "service"), undefined);
});

test("a server somebody names is asked by the plugin itself; what it registered lies sealed meanwhile", async (t) => {
  const parts = await openKitchen(t);
  const { browser, house } = parts;
  await browser.get(at);

  const unnamed = await browser.post(`${at}/connect/server`, { ...form, "s-site": "" });
  t.is(unnamed.status, 422);
  t.regex(unnamed.text, /Name the server first\./);
  const to = addressIn((await browser.post(`${at}/connect/server`, form)).text);
  t.is(to.host, "birds.example");
  t.false(JSON.stringify(await house.storage.query("SELECT * FROM one_time_links")).includes("hush"));
  await browser.get(`/admin/oauth/callback?code=c0de&state=${to.searchParams.get("state")}`);

  t.like(await connection(parts, "server"), { account: "@kim@registered", tokens: { token: "c0de" } });
});

test("several accounts are connected one after the other; each is disconnected by itself, and its service is told", async (t) => {
  const parts = await openKitchen(t);
  const { browser, network, house } = parts;
  await browser.get(at);
  const come = async (name: string) => {
    const state = addressIn((await browser.post(`${at}/connect/flock`, form)).text).searchParams.get("state");
    t.is((await browser.get(`/admin/oauth/callback?code=${name}&state=${state}`)).location, at);
  };
  const accounts = async () => ((await connection(parts, "flock")) as unknown as { account: string }[]).map((one) => one.account);
  t.regex((await browser.get(at)).text, /Connect birds/);
  for (const name of ["kim", "lee", "kim"]) await come(name);

  const page = (await browser.get(at)).text;
  t.regex(page, /Connect another account/);
  for (const name of ["kim", "lee"]) t.is(page.split(`name="connection" value="@${name}@birds.example"`).length, 2, name);
  t.false(JSON.stringify(await house.storage.query("SELECT * FROM plugin_settings")).includes("token"));

  network.on("POST https://service.example/revoke?token=kim", { status: 200 });
  t.is((await browser.post(`${at}/disconnect/flock`, { ...form, connection: "@kim@birds.example" })).location, at);
  t.deepEqual(await accounts(), ["@lee@birds.example"]);
  t.regex((await browser.get(at)).text, /The connection is taken away\./);
  t.is(network.sent("POST https://service.example/revoke?token=kim").length, 1);

  network.on("POST https://service.example/revoke?token=lee", { status: 500 });
  await browser.post(`${at}/disconnect/flock`, { ...form, connection: "@lee@birds.example" });
  t.deepEqual(await accounts(), []);
  t.regex((await browser.get(at)).text, /The service could not be told/);
});

test("an answer counts once, in the browser that asked, for ten minutes; a no is said in words", async (t) => {
  const parts = await openKitchen(t);
  const { browser, url } = parts;
  await browser.get(at);
  const state = async () => addressIn((await browser.post(`${at}/connect/server`, form)).text).searchParams.get("state");
  const stranger = new PlainBrowser(url);
  await stranger.get("/signin");
  await stranger.post("/signin", { name: "kim", password: "seven herons in the reeds", next: "/" });

  const stolen = await state();
  t.is((await stranger.get(`/admin/oauth/callback?code=x&state=${stolen}`)).status, 403);
  t.is((await browser.get(`/admin/oauth/callback?code=x&state=${stolen}`)).status, 403);
  const once = await state();
  t.is((await browser.get(`/admin/oauth/callback?code=x&state=${once}`)).status, 303);
  t.is((await browser.get(`/admin/oauth/callback?code=x&state=${once}`)).status, 403);
  for (const made of ["", "?state=", "?code=x&state=made-up"])
    t.is((await browser.get(`/admin/oauth/callback${made}`)).status, 403);

  const denied = await browser.get(
    `/admin/oauth/callback?error=access_denied&error_description=%3Cb%3ENo%3C/b%3E&state=${await state()}`,
  );
  t.is(denied.status, 422);
  t.regex(denied.text, /The service said no: bNo/);
});

test("a service that fails, or gives no token, is said at the field and connects nothing", async (t) => {
  const parts = await openKitchen(t);
  const { browser, network } = parts;
  await browser.get(at);
  const state = async () => addressIn((await browser.post(`${at}/connect/service`, form)).text).searchParams.get("state");

  network.on("POST https://service.example/token", { status: 500 });
  t.regex(
    (await browser.get(`/admin/oauth/callback?code=a&state=${await state()}`)).text,
    /service\.example gave no access \(500\)/,
  );
  network.on("POST https://service.example/token", { json: { access_token: 7 } });
  t.is((await browser.get(`/admin/oauth/callback?code=a&state=${await state()}`)).status, 422);
  t.is(await connection(parts, "service"), undefined);
  t.is((await browser.post(`${at}/connect/line`, form)).status, 404);
});

test("connecting asks who it is once the last proof is old", async (t) => {
  const { browser, house } = await openKitchen(t);
  await browser.get(at);
  await growOld(house);

  t.is((await browser.post(`${at}/connect/server`, form)).status, 403);
});
