import test from "ava";
import type { Json } from "../../../core/hooks/values.ts";
import { PublicError } from "../../../core/errors.ts";
import { readCrosspost, type Composed, type ServiceRequest } from "../crosspost-api.ts";
import { isThere, openBluesky, openConnected } from "./on-fake.ts";

const { samples, crosspostServiceContract } = ((await readCrosspost()) ?? {}) as NonNullable<
  Awaited<ReturnType<typeof readCrosspost>>
>;
if (!isThere) test("skipped: the plugins crosspost and crosspost-bluesky are not there", (t) => t.pass());
const about = (isThere ? test : test.skip) as typeof test;

// Records are looked into here without asking what they are.
// oxlint-disable-next-line no-explicit-any
type Anything = any;
type Post = { text: string; facets?: { index: { byteStart: number; byteEnd: number } }[]; embed?: Anything };

/** A request as crosspost makes it; `written` is what the service wrote down. */
function request(account: string, composed: Composed, more: Partial<ServiceRequest> = {}) {
  const written: Json[] = [];
  const progress = async (copy: Json) => void written.push(copy);
  return { account, composed, key: "01JKEY-kim", attempt: 1, copy: null, progress, written, ...more };
}

if (isThere) {
  crosspostServiceContract(test, "bluesky", async (t) => {
    const { fake, service, account, host } = await openConnected(t);
    const onCreate = (name: string) => () => fake.forced.add(name, "POST /xrpc/com.atproto.repo.createRecord");
    return {
      service,
      account,
      posts: () =>
        fake.posts.map(({ value }) => {
          const { text, facets = [], embed } = value as Anything;
          const links = facets.flatMap((facet: Anything) => facet.features.map(({ uri }: Anything) => uri));
          return { text, images: embed?.images ?? [], links: embed?.external ? [...links, embed.external.uri] : links };
        }),
      faults: {
        lost: onCreate("timeout-after-create"),
        busy: onCreate("502"),
        rate: onCreate("429:60"),
        refused: onCreate("refused"),
        expired: onCreate("expire-token"),
        revoked: () => fake.revoke("kim.test"),
        down: () => host.network.on("* https://pds.example/*", { fails: "unreachable" }),
      },
    };
  });
}

about("an account is found by its handle: domain, lookup, directory, server; several may be connected", async (t) => {
  const { fake, connect, service, host } = await openBluesky(t);
  fake.addAccount({ handle: "lee.test" });

  t.is(await connect({ handle: "@Kim.test", password: "abcd-efgh-ijkl-mnop" }), "kim.test");
  host.network.on("GET https://lee.test/.well-known/atproto-did", { html: "<p>Welcome</p>" });
  t.is(await connect({ handle: "lee.test", password: "abcd-efgh-ijkl-mnop" }), "lee.test");
  t.deepEqual(
    (await service.accounts()).map(({ id, name }) => [id, name]),
    [
      ["did:plc:kimtestaaaaaaaaaaaaaaaaa", "@kim.test"],
      ["did:plc:leetestaaaaaaaaaaaaaaaaa", "@lee.test"],
    ],
  );
  for (const table of ["plugin_settings", "secrets", "audit_log", "jobs"])
    t.false(/abcd-efgh|eyJ/.test(JSON.stringify(await host.house.storage.query(`SELECT * FROM ${table}`))), table);
});

about("what is wrong is said in words at its field; an account's own password does not leave the house", async (t) => {
  const { fake, connect, host } = await openBluesky(t);
  fake.addAccount({ handle: "lee.test", hasSecondFactor: true });
  const password = "abcd-efgh-ijkl-mnop";
  const refused = async (values: Record<string, string>, field: string, sentence: RegExp) => {
    const error = await t.throwsAsync(connect(values), { instanceOf: PublicError, message: sentence });
    t.is((error as PublicError).values.field, field);
  };

  await refused({ handle: "kim", password }, "handle", /That is no handle/);
  await refused({ handle: "kim.test", password: "seven herons in the reeds" }, "password", /not an app password/);
  t.is(host.network.requests.length, 0);
  await refused({ handle: "kim.test", password: "zzzz-zzzz-zzzz-zzzz" }, "password", /does not know this handle/);
  const server = "https://pds.example/";
  await refused({ handle: "lee.test", password: "seven herons in the reeds", server }, "password", /no second step/);
  await refused({ handle: "kim.test", password: "seven herons in the reeds", server }, "password", /not an app password/);
  host.network.on("* https://nobody.test/*", { status: 404 });
  await refused({ handle: "nobody.test", password }, "handle", /No account was found under nobody\.test/);
  host.network.on("GET https://plc.directory/*", { fails: "unreachable" });
  await refused({ handle: "kim.test", password }, "handle", /plc\.directory could not be reached/);
});

about("hostile addresses of servers are refused before anything is sent there", async (t) => {
  const { connect, host, answer } = await openBluesky(t);
  const password = "abcd-efgh-ijkl-mnop";
  const did = "did:plc:kimtestaaaaaaaaaaaaaaaaa";
  const document = (serviceEndpoint: unknown, id = did) => ({ json: { id, service: [{ id: "#atproto_pds", serviceEndpoint }] } });
  const attempt = () => connect({ handle: "kim.test", password });

  for (const wrong of [
    "http://pds.example",
    "https://kim:pw@pds.example",
    "file:///etc/passwd",
    "javascript:alert(1)",
    7,
    null,
    ["x"],
  ]) {
    host.network.on("GET https://plc.directory/*", document(wrong));
    await t.throwsAsync(attempt, { instanceOf: PublicError, message: /No account was found/ }, String(wrong));
  }
  for (const wrong of [
    { json: { id: did } },
    { json: null },
    { json: [] },
    { json: { id: did, service: [null, 3] } },
    document("https://pds.example", "did:plc:other"),
  ]) {
    host.network.on("GET https://plc.directory/*", wrong);
    await t.throwsAsync(
      attempt,
      { instanceOf: PublicError, message: /No account was found|does not answer as/ },
      JSON.stringify(wrong),
    );
  }
  for (const server of ["http://pds.example", "https://kim:pw@pds.example/"])
    await t.throwsAsync(connect({ handle: "kim.test", password, server }), {
      instanceOf: PublicError,
      message: /no address of a server/,
    });
  t.is(host.network.requestsTo("* https://pds.example/*").length, 0);

  // A server that signs in somebody else, or answers anything at all.
  host.network.on("GET https://plc.directory/*", answer);
  const session = { did: "did:plc:leetestaaaaaaaaaaaaaaaaa", handle: "lee.test", accessJwt: "x", refreshJwt: "y" };
  for (const json of [session, {}, [], { ...session, did: 7 }, { error: {}, message: [] }]) {
    host.network.on("POST https://pds.example/xrpc/com.atproto.server.createSession", { json });
    await t.throwsAsync(attempt, { instanceOf: PublicError }, JSON.stringify(json));
  }
  t.deepEqual(await host.house.storage.query("SELECT * FROM secrets"), []);
});

about("a session that ends in the middle is renewed once, also for two at a time; only a dead one is begun anew", async (t) => {
  const { fake, service, account } = await openConnected(t);
  const send = (key: string) => service.publish(request(account, samples.text, { key }));

  fake.forced.add("expire-token");
  await Promise.all([send("a"), send("b")]);
  t.is(fake.called("refreshSession"), 1);
  t.is(fake.called("createSession"), 1);
  t.is(fake.posts.length, 2);

  fake.forced.add("expire-session");
  await send("c");
  t.is(fake.called("createSession"), 2);
  await send("d");
  t.deepEqual([fake.called("refreshSession"), fake.called("createSession"), fake.posts.length], [2, 2, 4]);

  fake.forced.add("expire-token", "POST /xrpc/com.atproto.repo.createRecord");
  fake.forced.add("503", "POST /xrpc/com.atproto.server.refreshSession");
  await t.throwsAsync(send("e"), { name: "CrosspostError" });
  t.is(fake.called("createSession"), 2, "a server in trouble is no reason to sign in again");
  await send("e");
  t.is(fake.posts.length, 5);
});

about("a create that is lost ends with exactly one copy, whatever else fails meanwhile", async (t) => {
  const { fake, service, account, host } = await openConnected(t);
  const first = request(account, samples.photo);

  fake.forced.add("timeout-after-create");
  fake.forced.add("503", "GET /xrpc/com.atproto.repo.getRecord");
  const error = await t.throwsAsync(service.publish(first));
  t.is((error as { kind?: string }).kind, "unknown");
  t.is(fake.posts.length, 1);
  const [written] = first.written as { rkey: string }[];
  t.regex(written!.rkey, /^[2-7a-j][2-7a-z]{12}$/);
  const again = () => service.publish(request(account, samples.photo, { attempt: 2, copy: written! }));
  // Nobody can tell yet: nothing is sent before somebody can.
  await t.throwsAsync(again, { name: "CrosspostError" });
  t.is(fake.called("createRecord"), 1);
  const sent = await again();
  t.is(sent.url, `https://bsky.app/profile/${account}/post/${written!.rkey}`);
  // Also when nothing was written down.
  t.like(await service.publish(request(account, samples.photo, { attempt: 2 })), { url: sent.url! });
  // The server refuses a second record of the same key; the next try finds it.
  await t.throwsAsync(service.publish(request(account, samples.photo)), { name: "CrosspostError" });
  // A yes without a record is none.
  host.network.on("GET https://pds.example/xrpc/com.atproto.repo.getRecord*", { json: {} });
  await t.throwsAsync(again, { name: "CrosspostError" });
  t.is(fake.posts.length, 1);
});

about("rate, refusals and an account that is gone are told in their classes", async (t) => {
  const { fake, service, account, host } = await openConnected(t);
  const kind = async (work: Promise<unknown>) => ((await t.throwsAsync(work)) as { kind?: string; retryAt?: string })!;
  const send = () => service.publish(request(account, samples.photo));

  fake.forced.add("429:90");
  t.like(await kind(send()), { kind: "rate", retryAt: "2026-05-01T12:01:30.000Z" });
  const broken = {
    ...samples.photo,
    images: [{ ...samples.photo.images[0]!, bytes: async () => ({ bytes: new Uint8Array([1, 2]), type: "image/jpeg" }) }],
  };
  t.like(await kind(service.publish(request(account, broken))), { kind: "permanent" });
  const long = { ...samples.text, text: "x".repeat(301) };
  const refused = await kind(service.publish(request(account, long)));
  t.is(refused.kind, "permanent");
  t.regex(String((refused as unknown as Error).message), /longer than 300 graphemes/);
  t.is(fake.posts.length, 0);

  await host.house.host.connect("crosspost-bluesky", "accounts", null, { blog: host.blog });
  t.like(await kind(send()), { kind: "auth" });
  t.like(
    await kind(service.remove!({ account, key: "k", attempt: 1, copy: { rkey: "3kabcdefghij2" }, progress: async () => {} })),
    { kind: "auth" },
  );
});

about("cards come with their picture, without it when it is refused; pictures win over cards", async (t) => {
  const { fake, service, account } = await openConnected(t);
  const image = samples.photo.images[0]!;
  const card = { url: "https://lee.example/", title: "Lee", description: "Of herons", image };
  const embed = async (composed: Composed) => {
    await service.publish(request(account, composed, { key: `key-${fake.posts.length}` }));
    return (fake.posts.at(-1)!.value as Post).embed;
  };

  t.like((await embed({ ...samples.text, card })).external, { uri: card.url, thumb: { mimeType: "image/png", size: 70 } });
  const bad = { ...image, bytes: async () => ({ bytes: new Uint8Array([1]), type: "image/png" }) };
  const plain = await embed({ ...samples.text, card: { ...card, image: bad } });
  t.deepEqual(plain.external, { uri: card.url, title: "Lee", description: "Of herons" });
  const both = await embed({ ...samples.photo, card });
  t.deepEqual([both.$type, both.images[0].aspectRatio], ["app.bsky.embed.images", { width: 1, height: 1 }]);
});

about("links are told in bytes, in any writing", async (t) => {
  const { fake, service, account } = await openConnected(t);
  const text = "👩‍👩‍👧‍👦 قرأت هذا المقال اليوم 日本 é";
  const facet = (words: string) => ({
    start: text.indexOf(words),
    end: text.indexOf(words) + words.length,
    url: `https://lee.example/${words.length}`,
  });

  await service.publish(
    request(account, { ...samples.text, text, facets: [facet("日本"), facet("هذا المقال"), facet("👩‍👩‍👧‍👦")], language: "ar" }),
  );
  const { facets = [] } = fake.posts[0]!.value as Post;
  const words = facets.map(({ index }) => Buffer.from(text).subarray(index.byteStart, index.byteEnd).toString());
  t.deepEqual(words, ["👩‍👩‍👧‍👦", "هذا المقال", "日本"]);

  const tagged = { ...samples.text, text: "é #Vögel", hashtags: [{ start: 2, end: 8, tag: "Vögel" }] };
  await service.publish(request(account, tagged, { key: "01JKEY-tag" }));
  t.deepEqual((fake.posts[1]!.value as Anything).facets, [
    { index: { byteStart: 3, byteEnd: 10 }, features: [{ $type: "app.bsky.richtext.facet#tag", tag: "Vögel" }] },
  ]);
});
