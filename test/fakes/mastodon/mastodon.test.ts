import test from "ava";
import { listen } from "../fake-server.ts";
import { Client, picture } from "./client.ts";
import type { MastodonOptions } from "./holdings.ts";
import { FakeMastodon } from "./mastodon.ts";

function served(options: MastodonOptions = {}) {
  let now = new Date("2026-05-01T12:00:00.000Z");
  const server = new FakeMastodon({ now: () => now, ...options });
  const wait = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000));
  return { server, client: new Client(server), wait };
}

test("a client is let in step by step; each step that is wrong is refused", async (t) => {
  const { client, wait } = served();
  const sound = await client.permission();
  t.is((await client.send("POST", "/oauth/token", { form: { ...sound, client_secret: "guessed" } })).status, 401);
  const spoilt: readonly Record<string, string>[] = [
    { code_verifier: "w".repeat(43) },
    { redirect_uri: "https://evil.example/" },
    { code: "made-up" },
  ];
  for (const wrong of spoilt) {
    const form = { ...(await client.permission()), ...wrong };
    t.like(await client.send("POST", "/oauth/token", { form }), { status: 400, json: { error: "invalid_grant" } });
  }
  t.is((await client.send("POST", "/oauth/token", { form: sound })).status, 200);
  t.is((await client.send("POST", "/oauth/token", { form: sound })).status, 400, "a code counts once");
  const late = await client.permission();
  wait(601);
  t.is((await client.send("POST", "/oauth/token", { form: late })).status, 400);

  t.is(
    (await client.send("POST", "/api/v1/apps", { form: { client_name: "", redirect_uris: "https://x.example/" } })).status,
    422,
  );
  t.is((await client.send("POST", "/api/v1/apps", { form: { client_name: "R", redirect_uris: "nowhere" } })).status, 422);
  const asked = { response_type: "code", client_id: sound.client_id!, redirect_uri: sound.redirect_uri!, scope: "read:accounts" };
  for (const wrong of [
    { client_id: "x" },
    { redirect_uri: "https://evil.example/" },
    { scope: "admin" },
    { response_type: "token" },
  ]) {
    const { status, reply } = await client.send("GET", `/oauth/authorize?${new URLSearchParams({ ...asked, ...wrong })}`);
    t.true(status >= 400 && reply.headers?.location === undefined);
  }
});

test("the page of permission can be pressed by a person, who may say no", async (t) => {
  const { client, server } = served();
  const sound = await client.permission();
  server.change({ isApproving: false });
  const asked = { response_type: "code", client_id: sound.client_id!, redirect_uri: sound.redirect_uri!, scope: "read:accounts" };
  const page = await client.send("GET", `/oauth/authorize?${new URLSearchParams({ ...asked, state: "s" })}`);
  t.regex(page.reply.html!, /Authorize<\/button>/);
  const press = async (answer: string) =>
    new URL((await client.send("POST", "/oauth/authorize", { form: { ...asked, state: "s", answer } })).reply.headers!.location!);
  t.is((await press("yes")).searchParams.get("state"), "s");
  t.is((await press("no")).searchParams.get("error"), "access_denied");
});

test("tokens: none, one for something else, one that is over", async (t) => {
  const { client } = served();
  const reading = await client.token("read:accounts");
  const form = { status: "Hello" };
  t.is((await client.send("POST", "/api/v1/statuses", { form })).status, 401);
  t.is((await client.send("POST", "/api/v1/statuses", { form, token: reading })).status, 403);
  t.is((await client.send("POST", "/api/v1/statuses", { form, token: "made-up" })).status, 401);
  t.is((await client.send("GET", "/api/v1/accounts/verify_credentials", { token: reading })).json.acct, "kim");

  const permission = await client.permission();
  const { json } = await client.send("POST", "/oauth/token", { form: permission });
  const token = String(json.access_token);
  const end = { client_id: permission.client_id!, client_secret: permission.client_secret!, token };
  t.is((await client.send("POST", "/oauth/revoke", { form: { ...end, client_secret: "x" } })).status, 403);
  t.is((await client.send("POST", "/api/v1/statuses", { form, token })).status, 200);
  t.is((await client.send("POST", "/oauth/revoke", { form: end })).status, 200);
  t.is((await client.send("POST", "/api/v1/statuses", { form, token })).status, 401);
});

test("texts are counted as the service counts them, up to what the server allows", async (t) => {
  const { client, server } = served();
  const token = await client.token();
  const post = async (status: string, more: Record<string, string> = {}) =>
    (await client.send("POST", "/api/v1/statuses", { token, form: { status, ...more } })).status;
  const address = `https://lee.example/${"a".repeat(300)}`;
  t.is(await post("👨‍👩‍👧‍👦".repeat(500)), 200);
  t.is(await post("é".repeat(501)), 422);
  t.is(await post(`${"a".repeat(476)} ${address}`), 200);
  t.is(await post(`${"a".repeat(477)} ${address}`), 422);
  t.is(await post(`@kim@birds.example${"a".repeat(0)} ${"b".repeat(495)}`), 200);
  t.is(await post("a".repeat(490), { spoiler_text: "b".repeat(11) }), 422);
  t.is(await post("  "), 422);
  server.change({ text: 5000 });
  t.is(await post("a".repeat(5000)), 200);
});

test("parameters that are spelled wrong, or come as something else, are refused", async (t) => {
  const { client } = served();
  const token = await client.token();
  const at = "/api/v1/statuses";
  t.is((await client.send("POST", at, { token, form: { status: "x", scheduled_for: "now" } })).status, 422);
  t.is((await client.send("POST", at, { token, form: { status: "x", media_ids: "1" } })).status, 422);
  t.is((await client.send("POST", at, { token, form: { status: "x", visibility: "friends" } })).status, 422);
  t.is((await client.send("POST", at, { token, form: { status: "x", language: "english" } })).status, 422);
  t.is((await client.send("POST", at, { token, json: { status: "x" }, headers: { "content-type": "text/plain" } })).status, 422);
  t.is((await client.send("POST", at, { token, json: { status: "x", visibility: "unlisted", language: "pt-BR" } })).status, 200);
  t.is((await client.send("PATCH", at, { token })).status, 404);
});

test("pictures are processed first, and only then belong to a status, to one", async (t) => {
  const { client, server } = served({ processing: 2, descriptions: 20, imageBytes: 100 });
  const token = await client.token();
  const upload = (form: FormData) => client.send("POST", "/api/v2/media", { token, form });
  t.is((await upload(picture("a".repeat(21)))).status, 422);
  t.is((await upload(picture("", "image/jpeg"))).status, 422, "the type must be that of the bytes");
  t.is((await client.send("POST", "/api/v2/media", { token, form: { file: "x" } })).status, 422);
  const big = new FormData();
  big.append("file", new Blob([Buffer.from("89504e470d0a1a0a", "hex"), new Uint8Array(100)], { type: "image/png" }), "a.png");
  t.is((await upload(big)).status, 422);

  const media = await upload(picture("A heron"));
  t.like(media, { status: 202, json: { url: null } });
  const id = String(media.json.id);
  const post = (ids: readonly string[]) =>
    client.send("POST", "/api/v1/statuses", { token, json: { status: "See", media_ids: ids } });
  t.regex(String((await post([id])).json.error), /not finished processing/);
  t.is((await client.send("GET", `/api/v1/media/${id}`, { token })).status, 206);
  t.is((await client.send("GET", `/api/v1/media/${id}`, { token })).status, 200);
  t.is((await post([id])).status, 200);
  t.regex(String((await post([id])).json.error), /already attached/);
  t.is((await post(["1", "2", "3", "4", "5"])).status, 422);

  const broken = String((await upload(picture())).json.id);
  server.forced.add("break-media");
  t.is((await client.send("GET", `/api/v1/media/${broken}`, { token })).status, 206);
  t.is((await client.send("GET", `/api/v1/media/${broken}`, { token })).status, 422);
});

test("the same key gives the same status for an hour", async (t) => {
  const { client, server, wait } = served();
  const token = await client.token();
  const post = async (key: string) =>
    (await client.send("POST", "/api/v1/statuses", { token, form: { status: "Hi" }, headers: { "idempotency-key": key } })).json
      .id;
  const first = await post("a");
  t.is(await post("a"), first);
  t.not(await post("b"), first);
  wait(3601);
  t.not(await post("a"), first);
  t.is(server.held.statuses.length, 3);
});

test("a status is changed with its pictures' words, listed and removed by whom it belongs to", async (t) => {
  const { client, server } = served();
  const token = await client.token();
  const id = String((await client.send("POST", "/api/v2/media", { token, form: picture("A heron") })).json.id);
  const made = await client.send("POST", "/api/v1/statuses", {
    token,
    json: { status: "See https://lee.example/", media_ids: [id] },
  });
  const at = `/api/v1/statuses/${String(made.json.id)}`;
  t.regex(String(made.json.content), /<a href="https:\/\/lee\.example\/"/);

  const form = new URLSearchParams([
    ["status", "Look"],
    ["media_ids[]", id],
    ["media_attributes[][id]", id],
    ["media_attributes[][description]", "Two herons"],
  ]);
  t.is((await client.send("PUT", at, { token, form })).status, 200);
  t.like(server.held.media[0], { description: "Two herons" });
  t.is(
    (await client.send("PUT", at, { token, json: { status: "Look", media_ids: [id], media_attributes: [{ id: "7" }] } })).status,
    422,
  );
  t.is((await client.send("PUT", at, { token, json: { status: "" } })).status, 422);

  server.visitor = "lee";
  const lee = await client.token();
  t.is((await client.send("DELETE", at, { token: lee })).status, 404);
  t.is((await client.send("GET", `/api/v1/accounts/108000/statuses?limit=1`, { token })).status, 200);
  t.like(await client.send("DELETE", at, { token }), { status: 200, json: { text: "Look" } });
  t.is((await client.send("DELETE", at, { token })).status, 404);
  t.is((await client.send("GET", at, { token })).status, 404);
});

test("whoever asks too often waits; what tests force comes once, for the request it is meant for", async (t) => {
  const { client, server, wait } = served();
  const token = await client.token();
  for (let times = 0; times < 30; times++) await client.send("POST", "/api/v2/media", { token, form: picture() });
  const over = await client.send("POST", "/api/v2/media", { token, form: picture() });
  t.is(over.status, 429);
  t.is(over.reply.headers!["x-ratelimit-reset"], "2026-05-01T12:30:00.000Z");
  wait(1801);
  t.is((await client.send("POST", "/api/v2/media", { token, form: picture() })).status, 200);

  const form = { status: "Hi" };
  server.forced.add("429-seconds", "POST /api/v1/statuses");
  t.is((await client.send("GET", "/api/v2/instance")).status, 200);
  t.is((await client.send("POST", "/api/v1/statuses", { token, form })).reply.headers!["retry-after"], "600");
  server.forced.add("timeout-after-create");
  t.true((await client.send("POST", "/api/v1/statuses", { token, form })).reply.isCut);
  t.is(server.held.statuses.length, 1);
  server.forced.add("expire-token");
  t.is((await client.send("POST", "/api/v1/statuses", { token, form })).status, 401);
});

test("over HTTP it tells other processes what it holds, and takes from them what to answer", async (t) => {
  const { server, client } = served();
  const { url, close } = await listen(server);
  t.teardown(close);
  const token = await client.token();
  const post = () =>
    fetch(`${url}/api/v1/statuses`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams({ status: "Hi" }),
    });
  await fetch(`${url}/__fail?next=503,timeout-after-create&on=POST /api/v1/statuses`);
  t.is((await post()).status, 503);
  await t.throwsAsync(post);
  const made = (await (await post()).json()) as { url: string };
  t.true(made.url.startsWith(`${url}/@kim/`));
  const state = (await (await fetch(`${url}/__state`)).json()) as { statuses: unknown[] };
  t.is(state.statuses.length, 2);
});
