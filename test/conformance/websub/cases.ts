import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Subscriber } from "./subscriber.ts";

/** What the cases work with: the page they start from, a subscriber, and a way to change the blog. */
export type World = {
  readonly page: string;
  readonly subscriber: Subscriber;
  /** Publishes, and gives when the feed has it. */
  publish(text: string): Promise<void>;
};
type Topic = { readonly hub: string; readonly self: string; readonly type: string; readonly body: string };
type Case = readonly [string, (world: World) => Promise<void>];

/** The cases of websub.rocks for publishers and hubs, and those of the specification that it leaves out. */
export const cases: readonly Case[] = [
  ["publisher: every feed names one self and a hub, in its header", publisherHeaders],
  ["publisher: RSS, Atom and JSON Feed name the same inside", publisherBodies],
  ["publisher: the home page names one self and a hub, in its header and inside", homePage],
  ["hub 100: a typical subscription is confirmed and told the feed as it is", typical],
  ["hub 101: unknown parameters are ignored", unknownParameters],
  ["hub 102: subscribing again replaces the subscription", again],
  ["hub 103: who left is not told any more", leaving],
  ["hub 105: a JSON feed is sent as JSON", json],
  ["hub 300: with a secret the body is signed, without one it is not", signed],
  ["hub: the callback keeps its query", keepsQuery],
  ["hub: a wrong challenge, a redirect or a refusal confirms nothing", unconfirmed],
  ["hub: wrong requests are refused with a sentence", refused],
  ["hub: absurd leases are capped, and every subscription has one", leased],
];

/** Discovery as the specification has it (§4): the Link header of the feed that the page links to. */
async function discover({ page }: World, type = "application/rss+xml"): Promise<Topic> {
  const html = await (await fetch(page)).text();
  const tag = html.match(/<link[^>]*>/g)?.find((one) => one.includes('rel="alternate"') && one.includes(`type="${type}"`));
  const href = tag && /href="([^"]+)"/.exec(tag)?.[1];
  assert.ok(href, `the page links to no ${type}`);
  const answer = await fetch(new URL(href, page));
  const links = [...(answer.headers.get("link") ?? "").matchAll(/<([^>]+)>\s*;\s*rel="?([a-z]+)"?/g)];
  const [hubs, selves] = ["hub", "self"].map((rel) => links.filter((link) => link[2] === rel).map((link) => link[1]!));
  assert.ok(hubs![0], "no hub");
  assert.equal(selves!.length, 1, "exactly one self");
  return { hub: hubs![0], self: selves![0]!, type: answer.headers.get("content-type") ?? "", body: await answer.text() };
}

const ask = (hub: string, form: Record<string, string>) =>
  fetch(hub, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });

async function subscribe(world: World, path: string, more: Record<string, string> = {}, type?: string): Promise<Topic> {
  const topic = await discover(world, type);
  const from = world.subscriber.received.length;
  const form = { "hub.mode": "subscribe", "hub.topic": topic.self, "hub.callback": world.subscriber.callback(path), ...more };
  const answer = await ask(topic.hub, form);
  assert.equal(answer.status, 202);
  const { query } = await world.subscriber.next("GET", path, from);
  assert.equal(query.get("hub.mode"), form["hub.mode"]);
  assert.equal(query.get("hub.topic"), topic.self);
  assert.ok((query.get("hub.challenge") ?? "").length >= 16);
  return topic;
}

async function told(world: World, path: string, text: string) {
  const from = world.subscriber.received.length;
  await world.publish(text);
  const news = await world.subscriber.next("POST", path, from);
  assert.ok(news.body.toString().includes(text));
  return news;
}

async function publisherHeaders(world: World): Promise<void> {
  for (const type of ["application/rss+xml", "application/atom+xml", "application/feed+json"]) {
    const { self, hub } = await discover(world, type);
    const head = await fetch(self, { method: "HEAD" });
    assert.ok(head.headers.get("link")?.includes(`<${hub}>; rel="hub"`), `HEAD of ${self}`);
  }
}

async function publisherBodies(world: World): Promise<void> {
  for (const type of ["application/rss+xml", "application/atom+xml"]) {
    const { self, hub, body } = await discover(world, type);
    const links = body.match(/<(atom:)?link [^>]*rel="(self|hub)"[^>]*>/g) ?? [];
    assert.ok(links.some((one) => one.includes(`href="${self}"`)) && links.some((one) => one.includes(`href="${hub}"`)), type);
  }
  const { self, hub, body } = await discover(world, "application/feed+json");
  const feed = JSON.parse(body) as { feed_url: string; hubs: unknown };
  assert.deepEqual([feed.feed_url, feed.hubs], [self, [{ type: "WebSub", url: hub }]]);
}

async function homePage({ page }: World): Promise<void> {
  const answer = await fetch(page);
  const header = answer.headers.get("link") ?? "";
  const hub = /<([^<>]+)>; rel="hub"/.exec(header)?.[1];
  assert.ok(hub, "no hub");
  assert.deepEqual(
    [...header.matchAll(/<([^<>]+)>; rel="self"/g)].map(([, url]) => url),
    [page],
  );
  const html = await answer.text();
  assert.ok(html.includes(`<link rel="hub" href="${hub}">`) && html.includes(`<link rel="self" href="${page}">`));
}

async function typical(world: World): Promise<void> {
  const { self, hub } = await subscribe(world, "/typical");
  const news = await told(world, "/typical", "News for the typical one");
  const feed = await fetch(self);
  assert.equal(news.headers["content-type"], feed.headers.get("content-type"));
  assert.equal(news.body.toString(), await feed.text());
  assert.ok(
    String(news.headers.link).includes(`<${hub}>; rel="hub"`) && String(news.headers.link).includes(`<${self}>; rel="self"`),
  );
}

async function unknownParameters(world: World): Promise<void> {
  await subscribe(world, "/unknown", { foo: "bar", "hub.foo": "bar" });
  await told(world, "/unknown", "News for one with more parameters");
}

async function again(world: World): Promise<void> {
  await subscribe(world, "/again", { "hub.secret": "first" });
  await subscribe(world, "/again", { "hub.secret": "second" });
  const news = await told(world, "/again", "News for who came twice");
  assert.equal(news.headers["x-hub-signature"], `sha256=${createHmac("sha256", "second").update(news.body).digest("hex")}`);
  await subscribe(world, "/after-again");
  const from = world.subscriber.received.length;
  await told(world, "/after-again", "And once more");
  // All are told at once: this one's may come a moment after the other's.
  await world.subscriber.next("POST", "/again", from);
  assert.equal(world.subscriber.count("POST", "/again"), 2, "once for each change");
}

async function leaving(world: World): Promise<void> {
  await subscribe(world, "/leaving");
  await told(world, "/leaving", "News before leaving");
  await subscribe(world, "/leaving", { "hub.mode": "unsubscribe" });
  await subscribe(world, "/staying");
  const before = world.subscriber.count("POST", "/leaving");
  await told(world, "/staying", "News after leaving");
  assert.equal(world.subscriber.count("POST", "/leaving"), before);
}

async function json(world: World): Promise<void> {
  await subscribe(world, "/json", {}, "application/feed+json");
  const news = await told(world, "/json", "News in JSON");
  assert.match(String(news.headers["content-type"]), /^application\/feed\+json/);
  assert.ok(Array.isArray((JSON.parse(news.body.toString()) as { items: unknown }).items));
}

async function signed(world: World): Promise<void> {
  await subscribe(world, "/signed", { "hub.secret": "a secret" });
  await subscribe(world, "/plain");
  const news = await told(world, "/signed", "News with a signature — ü");
  assert.equal(news.headers["x-hub-signature"], `sha256=${createHmac("sha256", "a secret").update(news.body).digest("hex")}`);
  assert.equal((await world.subscriber.next("POST", "/plain")).headers["x-hub-signature"], undefined);
}

async function keepsQuery(world: World): Promise<void> {
  await subscribe(world, "/query", { "hub.callback": world.subscriber.callback("/query", "?user=a%20b&x") });
  const asked = await world.subscriber.next("GET", "/query");
  assert.deepEqual([asked.query.get("user"), asked.query.get("x")], ["a b", ""]);
  const news = await told(world, "/query", "News with a query");
  assert.equal(news.query.get("user"), "a b");
}

async function unconfirmed(world: World): Promise<void> {
  const { subscriber } = world;
  subscriber.confirms.set("/wrong", (response, challenge) => void response.end(`${challenge}x`));
  subscriber.confirms.set(
    "/moved",
    (response) => void response.writeHead(302, { location: subscriber.callback("/target") }).end(),
  );
  subscriber.confirms.set("/refusing", (response, challenge) => void response.writeHead(404).end(challenge));
  for (const path of ["/wrong", "/moved", "/refusing"]) await subscribe(world, path);
  await subscribe(world, "/right");
  await told(world, "/right", "News for who confirmed");
  for (const path of ["/wrong", "/moved", "/refusing", "/target"]) assert.equal(subscriber.count("POST", path), 0, path);
  assert.equal(subscriber.count("GET", "/target"), 0, "no redirect is followed");
}

async function refused(world: World): Promise<void> {
  const { hub, self } = await discover(world);
  const sound = { "hub.mode": "subscribe", "hub.topic": self, "hub.callback": world.subscriber.callback("/refused") };
  const wrong: Record<string, string>[] = [
    { ...sound, "hub.mode": "delete" },
    { ...sound, "hub.topic": "https://far.example/" },
    { ...sound, "hub.callback": "nowhere" },
    { ...sound, "hub.secret": "x".repeat(200) },
    { "hub.mode": "subscribe" },
  ];
  for (const form of wrong) {
    const answer = await ask(hub, form);
    assert.ok(answer.status >= 400 && answer.status < 500, JSON.stringify(form));
    assert.ok((await answer.text()).length > 10);
  }
  assert.equal(world.subscriber.count("GET", "/refused"), 0);
}

async function leased(world: World): Promise<void> {
  await subscribe(world, "/lease", { "hub.lease_seconds": "99999999999" });
  const seconds = Number((await world.subscriber.next("GET", "/lease")).query.get("hub.lease_seconds"));
  assert.ok(seconds > 0 && seconds <= 2_592_000);
  await subscribe(world, "/no-lease");
  assert.ok(Number((await world.subscriber.next("GET", "/no-lease")).query.get("hub.lease_seconds")) > 0);
}
