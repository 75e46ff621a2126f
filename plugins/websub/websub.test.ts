import { createHmac } from "node:crypto";
import test, { type ExecutionContext } from "ava";
import { createTestHost, pluginContract, type TestHost } from "rookery/testing";
import { withQuery } from "./callback.ts";
import { subscriptionId } from "./hashes.ts";
import { paper } from "./paper.testing.ts";
import websub from "./plugin.ts";
import { leases, wishOf } from "./wish.ts";

pluginContract(test, import.meta.dirname);

const callback = "https://reader.example/hook?user=a%20b&n=1";
const asked = "GET https://reader.example/hook*";
const told = "POST https://reader.example/hook*";

async function open(t: ExecutionContext, more: { blogs?: { host: string }[] } = {}) {
  const plugins = [paper, { plugin: websub, folder: import.meta.dirname }];
  const host = await createTestHost(t, { plugins, ...more });
  const topic = `${host.blog.url}feed.xml`;
  const ask = (form: Record<string, string>) => host.request({ method: "POST", path: "/websub", host: "hub.example", form });
  const subscribe = async (form: Record<string, string> = {}) => {
    host.network.on(asked, ({ url }) => ({ text: new URL(url).searchParams.get("hub.challenge") ?? "" }));
    const answer = await ask({ "hub.mode": "subscribe", "hub.topic": topic, "hub.callback": callback, ...form });
    await host.runJobs();
    return answer;
  };
  const publish = async (text: string) => {
    const post = await host.publish({ text });
    host.clock.advance({ minutes: 2 });
    await host.runJobs();
    return post;
  };
  return { host, topic, ask, subscribe, publish };
}

const rows = (host: TestHost) => host.house.storage.query("SELECT * FROM p_websub_subscriptions ORDER BY callback");
const questions = (host: TestHost) => host.network.requestsTo(asked).map(({ url }) => new URL(url).searchParams);

test("requests are read strictly, and what is asked for absurdly is capped", (t) => {
  const form = { "hub.mode": "subscribe", "hub.topic": "https://kim.example/feed.xml", "hub.callback": callback };
  const wish = (more: Record<string, string | undefined>) =>
    wishOf(
      new URLSearchParams(Object.entries({ ...form, ...more }).filter(([, value]) => value !== undefined) as [string, string][]),
    );
  t.deepEqual(wish({ other: "1" }), { mode: "subscribe", topic: form["hub.topic"], callback, lease: leases.usual, secret: "" });
  t.is(wish({ "hub.lease_seconds": "999999999999" }).lease, leases.longest);
  t.is(wish({ "hub.lease_seconds": "0" }).lease, leases.shortest);
  t.is(wish({ "hub.secret": "ü".repeat(99) }).secret.length, 99);
  const wrong: Record<string, string | undefined>[] = [
    { "hub.mode": undefined },
    { "hub.mode": "delete" },
    { "hub.topic": undefined },
    { "hub.topic": "feed.xml" },
    { "hub.topic": `https://kim.example/${"x".repeat(1000)}` },
    { "hub.callback": undefined },
    { "hub.callback": "ftp://reader.example/" },
    { "hub.callback": "https://a:b@reader.example/" },
    { "hub.callback": "https://reader.example/#x" },
    { "hub.callback": `https://reader.example/${"x".repeat(1000)}` },
    { "hub.lease_seconds": "-1" },
    { "hub.lease_seconds": "1e9" },
    { "hub.secret": "ü".repeat(100) },
  ];
  for (const more of wrong) t.is(t.throws(() => wish(more), undefined, JSON.stringify(more)) && "thrown", "thrown");
  const twice = new URLSearchParams([...Object.entries(form), ["hub.callback", "https://ana.example/"]]);
  t.throws(() => wishOf(twice), { message: /more than once/ });
  t.is(withQuery("https://a.example/?x=%20", { y: "1" }), "https://a.example/?x=%20&y=1");
  t.is(withQuery("https://a.example/?", { y: "1" }), "https://a.example/?y=1");
});

test("feeds name the hub in their header and inside; without the plugin nowhere", async (t) => {
  const { host, topic } = await open(t);
  const hub = new URL("/websub", host.house.site.url).href;
  const rss = await host.get("/feed.xml");
  t.true(rss.headers.link!.includes(`<${hub}>; rel="hub"`));
  t.is(rss.headers.link!.split('rel="self"').length, 2);
  t.true(rss.text.includes(`hub ${hub}`));

  await host.set("websub", { hub: "https://hub.example.org/" });
  t.true((await host.get("/feed.xml")).headers.link!.includes(`<https://hub.example.org/>; rel="hub"`));
  await host.house.host.disable("websub");
  t.false((await host.get("/feed.xml")).headers.link!.includes("hub"));
  t.false((await host.get("/feed.xml")).text.includes("websub"));
  t.is((await host.request({ method: "POST", path: "/websub", host: "hub.example", form: { "hub.topic": topic } })).status, 404);
});

test("the home page is a topic: it names the hub and itself, is kept as before, and is sent when it changed", async (t) => {
  const { host, subscribe, publish, ask } = await open(t);
  host.network.on(told, { status: 200 });
  const home = host.blog.url;
  const hub = new URL("/websub", host.house.site.url).href;
  await publish("Older");
  const post = await publish("One");
  const page = await host.get("/");
  for (const link of [`<${hub}>; rel="hub"`, `<${home}>; rel="self"`]) t.is(page.headers.link!.split(link).length, 2, link);
  t.regex(page.text, new RegExp(`<link rel="hub" href="${hub}">[^]*<link rel="self" href="${home}">`));
  t.is((await host.request({ path: "/", headers: { "if-none-match": page.headers.etag! } })).status, 304);
  for (const path of [new URL(post.url).pathname, "/archive", `/?after=${post.id}`])
    t.false((await host.get(path)).headers.link?.includes('rel="self"') ?? false, path);

  t.is((await subscribe({ "hub.topic": home })).status, 202);
  await publish("Two");
  const [sent] = host.network.requestsTo(told);
  const changed = await host.get("/");
  t.is(Buffer.from(sent!.bytes).toString(), changed.text);
  t.regex(changed.text, /Two/);
  t.is(sent!.headers["content-type"], "text/html; charset=utf-8");
  t.true(sent!.headers.link!.includes(`<${home}>; rel="self"`));

  await host.set("websub", { hub: "https://hub.example.org/" });
  t.true((await host.get("/")).headers.link!.includes('<https://hub.example.org/>; rel="hub"'));
  t.is((await ask({ "hub.mode": "subscribe", "hub.topic": home, "hub.callback": callback })).status, 400);
  await host.house.host.disable("websub");
  t.false((await host.get("/")).headers.link?.includes("hub") ?? false);
});

test("a subscription is confirmed, told of changes, signed, renewed, and ended", async (t) => {
  const { host, topic, subscribe, publish, ask } = await open(t);
  host.network.on(told, { status: 200 });

  t.is((await subscribe({ "hub.secret": "first" })).status, 202);

  const [question] = questions(host);
  t.deepEqual([...question!.keys()], ["user", "n", "hub.mode", "hub.topic", "hub.challenge", "hub.lease_seconds"]);
  t.is(question!.get("user"), "a b");
  t.is(question!.get("hub.topic"), topic);
  t.is(question!.get("hub.lease_seconds"), "864000");
  t.like((await rows(host))[0], { topic, callback, expires_at: "2026-05-11T12:00:00.000Z" });

  await publish("One");
  const [sent] = host.network.requestsTo(told);
  const feed = await host.get("/feed.xml");
  t.is(sent!.url, callback);
  t.is(Buffer.from(sent!.bytes).toString(), feed.text);
  t.is(sent!.headers["content-type"], feed.headers["content-type"]);
  t.regex(
    sent!.headers.link!,
    /<http:\/\/hub\.example:\d+\/websub>; rel="hub", <http:\/\/kim\.example[:\d]*\/feed\.xml>; rel="self"/,
  );
  t.is(sent!.headers["x-hub-signature"], `sha256=${createHmac("sha256", "first").update(feed.text).digest("hex")}`);

  await subscribe({ "hub.secret": "second", "hub.lease_seconds": "3600" });
  t.is((await rows(host)).length, 1);
  const secrets = await host.house.storage.query("SELECT place, sealed FROM secrets WHERE place LIKE 'plugin/websub/%'");
  t.is(secrets.length, 1, "the first secret is forgotten");
  t.false(String(secrets[0]!.sealed).includes("second"));
  await publish("Two");
  const [, again] = host.network.requestsTo(told);
  t.is(again!.headers["x-hub-signature"], `sha256=${createHmac("sha256", "second").update(again!.bytes).digest("hex")}`);

  await ask({ "hub.mode": "unsubscribe", "hub.topic": topic, "hub.callback": callback });
  await host.runJobs();
  t.false(questions(host).at(-1)!.has("hub.lease_seconds"));
  t.deepEqual(await rows(host), []);
  await publish("Three");
  t.is(host.network.requestsTo(told).length, 2);
  t.deepEqual(await host.house.storage.query("SELECT place FROM secrets WHERE place LIKE 'plugin/websub/%'"), []);
});

test("without a secret nothing is signed; a lease that is over is over", async (t) => {
  const { host, subscribe, publish } = await open(t);
  host.network.on(told, { status: 204 });
  await subscribe({ "hub.lease_seconds": "3600" });
  await publish("One");
  t.false("x-hub-signature" in host.network.requestsTo(told)[0]!.headers);
  host.clock.advance({ hours: 1 });
  await publish("Two");
  t.is(host.network.requestsTo(told).length, 1);
  t.deepEqual(await rows(host), []);
});

for (const [name, answer] of [
  ["another body", { text: "no" }],
  ["a redirect", { redirect: "https://reader.example/elsewhere" }],
  ["a refusal", { status: 404 }],
  ["silence", { fails: "timeout" }],
] as const)
  test(`a callback that answers with ${name} changes nothing`, async (t) => {
    const { host, topic, subscribe, ask } = await open(t);
    await subscribe();
    const before = await rows(host);
    t.is(before.length, 1);
    host.network.on("GET https://reader.example/*", answer);
    host.network.on(asked, answer);
    host.clock.advance({ hours: 1 });
    for (const mode of ["unsubscribe", "subscribe"])
      t.is((await ask({ "hub.mode": mode, "hub.topic": topic, "hub.callback": callback, "hub.secret": "x" })).status, 202);
    await host.runJobs();
    for (let tries = 0; tries < 3; tries++) {
      host.clock.advance({ hours: 1 });
      await host.runJobs();
    }
    t.deepEqual(await rows(host), before);
    t.is(host.network.requestsTo("GET https://reader.example/elsewhere").length, 0);
    t.deepEqual(await host.house.storage.query("SELECT place FROM secrets WHERE place LIKE 'plugin/websub/%'"), []);
    t.deepEqual(host.failures(), []);
  });

test("only feeds of blogs here are topics, as they call themselves", async (t) => {
  const { host, ask } = await open(t, { blogs: [{ host: "kim.example" }, { host: "lee.example" }] });
  const [kim, lee] = host.blogs;
  await host.house.host.disable("websub", { blog: lee! });
  for (const topic of [
    "https://far.example/feed.xml",
    `${kim!.url}feed.xml?x=1`,
    `${kim!.url}?x=1`,
    `${kim!.url}archive`,
    `${kim!.url}nothing.xml`,
    `${lee!.url}feed.xml`,
    `${kim!.url}categories/none/feed.xml`,
  ]) {
    const answer = await ask({ "hub.mode": "subscribe", "hub.topic": topic, "hub.callback": callback });
    t.is(answer.status, 404, topic);
    t.regex(answer.text, /its own blogs/);
  }
  await host.runJobs();
  t.is(host.network.requests.filter(({ url }) => url.includes("reader.example")).length, 0);
});

test("drafts and private posts tell nobody; a post taken back neither; an edit and a removal do", async (t) => {
  const { host, subscribe, publish } = await open(t);
  host.network.on(told, { status: 200 });
  await subscribe();
  await host.publish({ text: "Draft", status: "draft" });
  await host.publish({ text: "Mine", visibility: "private" });
  await host.publish({ text: "Quiet", visibility: "unlisted" });
  await host.undoPublish(await host.publish({ text: "Oh no" }));
  host.clock.advance({ minutes: 2 });
  await host.runJobs();
  t.is(host.network.requestsTo(told).length, 0);

  const post = await publish("Public");
  await host.edit(post, { text: "Public, mended" });
  await host.runJobs();
  t.regex(String(host.network.requestsTo(told)[1]!.body), /mended/);
  await host.remove(post);
  await host.runJobs();
  t.notRegex(String(host.network.requestsTo(told)[2]!.body), /mended/);
});

test("a thousand subscribers are told of one feed that is made once, some at a time; 410 leaves, others are tried again", async (t) => {
  const { host, topic, subscribe, publish } = await open(t);
  await subscribe();
  const [one] = await rows(host);
  const many = Array.from({ length: 999 }, (_, at) => `https://r${at}.example/hook`);
  await host.house.storage.write(async (db) => {
    for (const address of many)
      await db.run(
        "INSERT INTO p_websub_subscriptions (id, blog_id, topic_id, topic, callback, expires_at, failures, created_at) VALUES (?,?,?,?,?,?,0,?)",
        [
          subscriptionId(topic, address),
          host.blog.id,
          one!.topic_id,
          topic,
          address,
          one!.expires_at,
          one!.created_at,
        ] as string[],
      );
  });
  host.network.on("POST https://*", { status: 200 });
  host.network.on("POST https://r1.example/hook", { status: 410 });
  host.network.on("POST https://r2.example/hook", [
    { status: 500 },
    { fails: "timeout" },
    { status: 302, redirect: "https://r3.example/hook" },
    { status: 200 },
  ]);
  host.network.on(told, { status: 200 });

  await publish("News");

  const posts = () => host.network.requests.filter(({ method }) => method === "POST");
  t.is(posts().length, 1000);
  t.is(new Set(posts().map(({ body }) => String(body))).size, 1);
  t.is((await rows(host)).length, 999);
  for (let hour = 0; hour < 4; hour++) {
    host.clock.advance({ hours: 1 });
    await host.runJobs();
  }
  t.is(host.network.requestsTo("POST https://r2.example/hook").length, 4);
  t.is(host.network.requestsTo("POST https://r3.example/hook").length, 1, "no redirect is followed");
  t.is(posts().length, 1003);
  t.deepEqual(host.failures(), []);
});

test("subscribers of a feed that is gone are told so", async (t) => {
  const { host, topic, subscribe, publish } = await open(t);
  await subscribe();
  await host.house.host.disable("paper");
  await publish("One");
  const last = questions(host).at(-1)!;
  t.is(last.get("hub.mode"), "denied");
  t.is(last.get("hub.topic"), topic);
  t.truthy(last.get("hub.reason"));
  t.deepEqual(await rows(host), []);
});

test("a public hub is told which feeds changed, and again when it does not answer", async (t) => {
  const { host, topic, ask } = await open(t);
  await host.set("websub", { hub: "https://hub.example.org/" });
  host.network.on("POST https://hub.example.org/", { status: 204 });
  host.network.once("POST https://hub.example.org/", { status: 503 });
  await host.publish({ text: "One" });
  host.clock.advance({ minutes: 2 });
  await host.runJobs();
  t.is(host.network.requestsTo("POST https://hub.example.org/").length, 3);
  host.clock.advance({ minutes: 2 });
  await host.runJobs();
  const sent = host.network.sent("POST https://hub.example.org/") as Record<string, string>[];
  t.is(sent.length, 4);
  t.deepEqual(sent[3], sent[0]);
  t.true(sent.some((one) => one["hub.url"] === host.blog.url));
  t.like(sent[0], { "hub.mode": "publish", "hub.url": topic, "hub.topic": topic });
  const refused = await ask({ "hub.mode": "subscribe", "hub.topic": topic, "hub.callback": callback });
  t.is(refused.status, 400);
  t.regex(refused.text, /hub\.example\.org/);
});

test("a publisher may say itself that a feed changed; the self-check counts subscribers", async (t) => {
  const { host, topic, ask, subscribe } = await open(t);
  await subscribe();
  host.network.on(told, { status: 200 });
  t.is((await ask({ "hub.mode": "publish", "hub.url": topic })).status, 204);
  t.is((await ask({ "hub.mode": "publish", "hub.url": "https://far.example/" })).status, 404);
  t.is((await ask({ "hub.mode": "publish" })).status, 400);
  await host.runJobs();
  t.is(host.network.requestsTo(told).length, 1);
  const { scope } = { scope: host.house.scope({ blog: null, via: "test" } as never) };
  const found = await scope.taps.collect(scope, "health.checks", {});
  t.like(found[0], { id: "websub", status: "good", detail: "Subscribers that are told of changes: 1." });
});
