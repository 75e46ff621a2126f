import test from "ava";
import { listen } from "../fake-server.ts";
import { FakeBluesky, type FakeOptions } from "./fake-bluesky.ts";

const collection = "app.bsky.feed.post";
const did = "did:plc:kimtestaaaaaaaaaaaaaaaaa";
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(60)]);
// Answers are looked into here without asking what they are.
// oxlint-disable-next-line no-explicit-any
type Told = Record<string, any>;
const key = (at: number) => `3kabcdefghij${"234567"[at]}`;

/** A fake with kim.test, and a client as simple as can be. */
function open(options: FakeOptions = {}) {
  const clock = { now: Date.parse("2026-05-01T12:00:00.000Z") };
  const fake = new FakeBluesky({
    origin: "https://pds.example",
    now: () => new Date(clock.now),
    accounts: ["kim.test"],
    ...options,
  });
  const call = (method: string, body?: object | Uint8Array, token?: string, headers: Record<string, string> = {}) => {
    const [name, query = ""] = method.split("?");
    const isRaw = body instanceof Uint8Array;
    const bytes = isRaw ? body : new TextEncoder().encode(body ? JSON.stringify(body) : "");
    const own = {
      ...(body && !isRaw && { "content-type": "application/json" }),
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const isGet = /get|list|resolve/.test(name!);
    const request = {
      method: isGet ? "GET" : "POST",
      path: `/xrpc/com.atproto.${name}`,
      query: new URLSearchParams(query),
      headers: { ...own, ...headers },
      bytes,
    };
    const { status = 200, json, headers: told, isCut } = fake.answer(request);
    return { status, body: json as Told, headers: told ?? {}, isCut: isCut === true };
  };
  const signIn = (password = "abcd-efgh-ijkl-mnop") => call("server.createSession", { identifier: "kim.test", password });
  const token = signIn().body.accessJwt as string;
  const post = (record: object, rkey?: string) =>
    call(
      "repo.createRecord",
      { repo: did, collection, record: { $type: collection, text: "Hi", createdAt: "2026-05-01T12:00:00Z", ...record }, rkey },
      token,
    );
  const upload = (bytes: Uint8Array, type = "image/jpeg") => call("repo.uploadBlob", bytes, token, { "content-type": type });
  return { fake, clock, call, signIn, token, post, upload };
}

test("a post is made, found, listed and removed; removing it again is fine", (t) => {
  const { call, post, token, fake } = open();

  const made = post({ text: "Hello" }, key(0));
  t.is(made.status, 200);
  t.is(made.body.uri, `at://${did}/${collection}/${key(0)}`);
  t.regex(made.body.cid, /^bafyrei[a-z2-7]{52}$/);
  const query = `repo=kim.test&collection=${collection}`;
  t.is(call(`repo.getRecord?${query}&rkey=${key(0)}`).body.value.text, "Hello");
  t.like(call(`repo.getRecord?${query}&rkey=${key(1)}`), { status: 400, body: { error: "RecordNotFound" } });
  post({ text: "Two" }, key(1));
  const page = call(`repo.listRecords?${query}&limit=1`).body;
  t.is(page.records[0].value.text, "Two");
  t.is(call(`repo.listRecords?${query}&cursor=${page.cursor}`).body.records.length, 1);

  const remove = () => call("repo.deleteRecord", { repo: did, collection, rkey: key(0) }, token).status;
  t.deepEqual([remove(), remove(), fake.posts.length], [200, 200, 1]);
});

test("the same key twice is an error of the service's own kind; put changes the record", (t) => {
  const { call, post, token, fake } = open();
  post({}, key(0));

  t.like(post({ text: "Again" }, key(0)), { status: 500, body: { error: "InternalServerError" } });
  t.like(post({}, "my-own-key"), { status: 400, body: { error: "InvalidRecordKey" } });
  const record = { $type: collection, text: "Changed", createdAt: "2026-05-01T12:00:00Z" };
  t.is(call("repo.putRecord", { repo: did, collection, rkey: key(0), record }, token).status, 200);
  t.deepEqual(
    fake.posts.map(({ value }) => (value as { text: string }).text),
    ["Changed"],
  );
});

test("texts are 300 graphemes and 3000 bytes at most", (t) => {
  const { post } = open();
  const family = "👩‍👩‍👧‍👦";

  t.is(post({ text: family.repeat(120) }).status, 200);
  t.regex(post({ text: "a".repeat(301) }).body.message, /longer than 300 graphemes/);
  t.regex(post({ text: family.repeat(121) }).body.message, /longer than 3000 characters/);
});

const link = (byteStart: number, byteEnd: number, uri = "https://lee.example/") => ({
  index: { byteStart, byteEnd },
  features: [{ $type: "app.bsky.richtext.facet#link", uri }],
});

test("facets lie within the text, in bytes, and cut no character", (t) => {
  const { post } = open();
  const status = (text: string, ...facets: object[]) => post({ text, facets }).status;

  t.is(status("héé x", link(0, 5), link(6, 7)), 200);
  for (const wrong of [link(2, 5), link(0, 2), link(0, 8), link(3, 3), link(-1, 1), link(0, 5, "no uri")])
    t.is(status("héé x", wrong), 400, JSON.stringify(wrong));
  t.is(status("x", { index: { byteStart: 0, byteEnd: 1 } }), 400);
});

test("records lack nothing and say nothing the lexicon does not know", (t) => {
  const { post } = open();

  for (const wrong of [
    { createdAt: "yesterday" },
    { createdAt: undefined },
    { text: undefined },
    { langs: ["en", "de", "fr", "es"] },
    { langs: ["not a tag"] },
    { embed: { $type: "app.bsky.embed.poem" } },
    { embed: { $type: "app.bsky.embed.external", external: { uri: "https://lee.example/", title: "x" } } },
    { embed: { $type: "app.bsky.embed.images", images: [], external: {} } },
    { colour: "red" },
    { $type: "app.bsky.feed.like" },
  ])
    t.is(post(wrong).status, 400, JSON.stringify(wrong));
  t.is(post({ langs: ["en", "pt-BR", "de"] }).status, 200);
});

test("pictures are what they say, uploaded before, described, at most four and not too large", (t) => {
  const { post, upload } = open({ uploadBytes: 2_000, imageBytes: 1_000 });
  const { blob } = upload(jpeg).body;
  const images = (...all: object[]) => post({ embed: { $type: "app.bsky.embed.images", images: all } });

  t.is(images({ alt: "", image: blob, aspectRatio: { width: 4, height: 3 } }).status, 200);
  t.is(images({ image: blob }).status, 400);
  t.is(images({ alt: "x", image: blob, aspectRatio: { width: 0.5, height: 1 } }).status, 400);
  t.is(images(...Array.from({ length: 5 }, () => ({ alt: "", image: blob }))).status, 400);
  t.is(images({ alt: "", image: { ...blob, size: String(blob.size) } }).status, 400);
  t.is(images({ alt: "", image: { ...blob, ref: { $link: "bafkreinothing" } } }).body.error, "BlobNotFound");
  const large = upload(Buffer.concat([jpeg, Buffer.alloc(1_000)])).body.blob;
  t.is(images({ alt: "", image: large }).body.error, "BlobTooLarge");

  t.is(upload(Buffer.concat([jpeg, Buffer.alloc(2_000)])).body.error, "BlobTooLarge");
  t.is(upload(jpeg, "image/png").body.error, "InvalidMimeType");
  t.is(upload(jpeg, "").status, 400);
  t.is(upload(new Uint8Array()).status, 400);
});

test("a session is begun 30 times in five minutes and 300 times a day, wrong passwords counted", (t) => {
  const { signIn, clock } = open();
  t.is(signIn("wrong").body.error, "AuthenticationRequired");
  for (let n = 2; n < 30; n++) t.is(signIn().status, 200);

  const refused = signIn();
  t.is(refused.status, 429);
  t.is(refused.body.error, "RateLimitExceeded");
  t.is(Number(refused.headers["ratelimit-reset"]), clock.now / 1000 + 300);
  let begun = 30;
  for (let round = 0; round < 10; round++) {
    clock.now += 300_000;
    for (let n = 0; n < 30; n++) if (signIn().status === 200) begun++;
  }
  t.is(begun, 300);
  clock.now += 86_400_000;
  t.is(signIn().status, 200);
});

test("tokens end after two hours, used refresh tokens are dead, neither is good for the other", (t) => {
  const { call, signIn, clock } = open();
  const { accessJwt, refreshJwt } = signIn().body;
  const who = (token?: string) => call("server.getSession", undefined, token);

  t.is(who(accessJwt).body.handle, "kim.test");
  t.like(who(), { status: 401, body: { error: "AuthMissing" } });
  t.is(who(refreshJwt).body.error, "InvalidToken");
  clock.now += 7_200_000;
  t.like(who(accessJwt), { status: 400, body: { error: "ExpiredToken" } });
  t.is(call("server.refreshSession", undefined, accessJwt).status, 400);
  t.is(call("server.refreshSession", {}, refreshJwt).status, 400);
  const next = call("server.refreshSession", undefined, refreshJwt).body;
  t.is(who(next.accessJwt).status, 200);
  t.is(call("server.refreshSession", undefined, refreshJwt).body.error, "ExpiredToken");
});

test("the account's own password opens a session of another scope, or asks for the second factor", (t) => {
  const { call, fake } = open();
  fake.addAccount({ handle: "lee.test", password: "pine needles", hasSecondFactor: true });
  const scope = (token: string) => JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()).scope;

  const kim = call("server.createSession", { identifier: "kim.test", password: "seven herons in the reeds" });
  t.is(scope(kim.body.accessJwt), "com.atproto.access");
  t.is(call("server.createSession", { identifier: "lee.test", password: "pine needles" }).body.error, "AuthFactorTokenRequired");
  const lee = call("server.createSession", { identifier: "lee.test", password: "abcd-efgh-ijkl-mnop" }).body;
  t.is(scope(lee.accessJwt), "com.atproto.appPass");
  const record = { $type: collection, text: "x", createdAt: "2026-05-01T12:00:00Z" };
  t.is(call("repo.createRecord", { repo: did, collection, record }, lee.accessJwt).status, 401);
});

test("forced answers: rate, storms, lost creates, ended tokens", (t) => {
  const { fake, post, clock } = open();

  for (const name of ["429:60", "503", "timeout", "expire-token"]) fake.forced.add(name);
  const rate = post({});
  t.is(rate.status, 429);
  t.is(Number(rate.headers["ratelimit-reset"]), clock.now / 1000 + 60);
  t.is(post({}).status, 503);
  t.true(post({}).isCut);
  t.is(post({}).body.error, "ExpiredToken");
  t.is(fake.posts.length, 0);

  const again = open();
  again.fake.forced.add("timeout-after-create");
  t.is(again.upload(jpeg).status, 200);
  t.true(again.post({}).isCut);
  t.is(again.fake.posts.length, 1);
});

test("accounts are found: by handle, by document, by the handle's own word; over HTTP, with controls", async (t) => {
  const fake = new FakeBluesky({ accounts: ["kim.test"] });
  const { url, close } = await listen(fake);
  t.teardown(close);
  const host = new URL(url).host;
  const lee = fake.addAccount({ handle: host, did: `did:web:${encodeURIComponent(host)}` });
  const get = async (path: string) => fetch(url + path);

  t.deepEqual(await (await get("/xrpc/com.atproto.identity.resolveHandle?handle=kim.test")).json(), { did });
  t.like(await (await get(`/${did}`)).json(), { id: did, service: [{ id: "#atproto_pds", serviceEndpoint: url }] });
  t.is(await (await get("/.well-known/atproto-did")).text(), lee.did);
  t.like(await (await get("/.well-known/did.json")).json(), { id: lee.did });
  t.is((await get("/nowhere")).status, 404);
  t.is((await get("/xrpc/com.atproto.no.such")).status, 501);
  t.is((await get("/xrpc/com.atproto.server.createSession")).status, 400);

  await get("/__fail?next=502");
  t.is((await get("/xrpc/com.atproto.server.getSession")).status, 502);
  t.is(((await (await get("/__state")).json()) as { calls: object[] }).calls.length, 4);
});
