import { createHmac } from "node:crypto";
import test, { type ExecutionContext } from "ava";
import { at, item, later, openSources, rss } from "../sources.testing.ts";

const hub = "https://hub.lee.example/";
const links = `<atom:link rel="hub" href="${hub}"/><atom:link rel="self" href="https://lee.example/self.xml"/>`;
type Sent = Readonly<Record<string, string>>;

async function open(t: ExecutionContext) {
  const { host, kim, feed, add } = await openSources(t);
  host.network.on(`GET ${at}`, { xml: rss(links + item("1", "One")) });
  host.network.on(`POST ${hub}`, { status: 202 });
  const one = await add();
  const asked = () => host.network.sent<Sent>(`POST ${hub}`);
  const path = () => new URL(asked()[0]!["hub.callback"]!).pathname;
  const confirm = async (query: Sent) =>
    host.request({
      path: `${path()}?${new URLSearchParams({ "hub.topic": "https://lee.example/self.xml", "hub.challenge": "abc", ...query })}`,
      host: "hub.example",
    });
  const deliver = async (xml: string, signature?: string, secret = asked()[0]!["hub.secret"]!) => {
    const made = `sha256=${createHmac("sha256", secret).update(xml).digest("hex")}`;
    const headers = { "content-type": "application/rss+xml", "x-hub-signature": signature ?? made };
    const answer = await host.request({ method: "POST", path: path(), host: "hub.example", body: xml, headers });
    await host.runJobs();
    return answer.status;
  };
  const hubs = () => host.house.storage.query("SELECT * FROM p_sources_hubs");
  const items = async () => (await host.house.storage.query("SELECT key_text FROM p_sources_items")).map((row) => row.key_text);
  return { host, kim, feed, one, asked, confirm, deliver, hubs, items };
}

test("a hub is asked, confirms, delivers signed feeds, is asked again in time, and is left when nobody wants the feed", async (t) => {
  const { host, kim, feed, one, asked, confirm, deliver, hubs, items } = await open(t);
  t.like(asked()[0], { "hub.mode": "subscribe", "hub.topic": "https://lee.example/self.xml", "hub.lease_seconds": "864000" });
  t.regex(asked()[0]!["hub.callback"]!, /^http:\/\/hub\.example:\d+\/sources\/hub\/[\w-]{32}$/);
  t.regex(asked()[0]!["hub.secret"]!, /^[\w-]{43}$/);
  const sealed = JSON.stringify([await hubs(), await host.house.storage.query("SELECT * FROM secrets")]);
  t.false(sealed.includes(asked()[0]!["hub.secret"]!) || sealed.includes(asked()[0]!["hub.callback"]!.slice(-32)));

  // What nobody asked for is not confirmed.
  t.is((await confirm({ "hub.mode": "unsubscribe" })).status, 404);
  t.is((await confirm({ "hub.mode": "subscribe", "hub.topic": at })).status, 404);
  t.is((await host.request({ path: "/sources/hub/nobody?hub.mode=subscribe", host: "hub.example" })).status, 404);
  const confirmed = await confirm({ "hub.mode": "subscribe", "hub.lease_seconds": "864000", "hub.challenge": "<b>x" });
  t.is(confirmed.text, "<b>x");
  t.regex(confirmed.headers["content-type"]!, /^text\/plain/);
  t.is((await feed()).lease_ends, "2026-05-11T12:00:00.000Z");
  t.regex((await kim.get(one)).text, /tells us at once/);

  // Now it is polled seldom.
  host.network.on(`GET ${at}`, { xml: rss(`${links}${item("1", "One")} `) });
  await kim.post(one, { intent: "check" });
  await later(host, 1);
  await later(host, 1);
  const { checked_at: checked, next_at: next } = await feed();
  t.true(Date.parse(String(next)) - Date.parse(String(checked)) >= 5.4 * 3_600_000);

  const news = rss(links + item("40", "News"));
  t.is(await deliver(news), 202);
  t.deepEqual((await items()).sort(), ["1", "40"]);
  t.deepEqual(await host.house.storage.query("SELECT id FROM p_sources_pushes"), []);

  // Four fifths of the lease are over.
  await later(host, 8 * 24);
  t.is(asked().length, 2);
  t.is(asked()[1]!["hub.callback"], asked()[0]!["hub.callback"]);
  t.is((await confirm({ "hub.mode": "subscribe", "hub.lease_seconds": "864000" })).status, 200);

  await kim.post(one, { intent: "remove" });
  await host.runJobs();
  t.like(asked().at(-1), { "hub.mode": "unsubscribe", "hub.callback": asked()[0]!["hub.callback"]! });
  t.is(await deliver(news), 410);
  t.is((await confirm({ "hub.mode": "subscribe" })).status, 404);
  t.is((await confirm({ "hub.mode": "unsubscribe" })).text, "abc");
  t.deepEqual(await hubs(), []);
  t.deepEqual(await host.house.storage.query("SELECT place FROM secrets WHERE place LIKE 'plugin/sources/%'"), []);
  t.deepEqual(host.failures(), []);
});

test("deliveries count with any of the four signatures, and without a right one they are taken and dropped", async (t) => {
  const { host, asked, confirm, deliver, items } = await open(t);
  await confirm({ "hub.mode": "subscribe" });
  const secret = asked()[0]!["hub.secret"]!;
  for (const [place, method] of ["sha1", "sha256", "sha384", "sha512"].entries()) {
    const xml = rss(item(String(30 + place), method));
    t.is(await deliver(xml, `${method}=${createHmac(method, secret).update(xml).digest("hex")}`), 202);
  }
  t.is((await items()).length, 5);
  const forged = rss(item("50", "Forged"));
  const digest = (method: string, key: string) => createHmac(method, key).update(forged).digest("hex");
  for (const wrong of [
    "",
    "sha256=",
    `sha256=${digest("sha256", "x")}`,
    `md5=${digest("md5", secret)}`,
    `sha1=${digest("sha256", secret)}`,
  ])
    t.is(await deliver(forged, wrong), 202, wrong);
  t.is((await items()).length, 5);
  t.is(await deliver("x".repeat(8_000_001)), 413);
  // No feed at all, but signed.
  t.is(await deliver("no feed"), 202);
  t.deepEqual(host.failures(), []);
});

test("a hub that says no, or nothing, leaves the feed to be polled; it is asked again after a week", async (t) => {
  const { host, asked, confirm, feed, hubs } = await open(t);
  await confirm({ "hub.mode": "subscribe" });
  t.is((await confirm({ "hub.mode": "denied", "hub.reason": "no" })).status, 200);
  t.is((await feed()).lease_ends, null);
  t.like((await hubs())[0], { state: "denied" });
  t.is((await confirm({ "hub.mode": "subscribe" })).status, 404);
  host.network.on(`POST ${hub}`, { fails: "unreachable" });
  const before = asked().length;
  await later(host, 7 * 24 + 1);
  for (let turn = 0; turn < 4; turn++) await later(host, 3);
  t.is(asked().length, before + 3);
  t.like((await hubs())[0], { state: "denied" });
});

test("headers name a hub before the document does, JSON Feed and pages do too; another hub takes its place", async (t) => {
  const { host, feed, asked } = await open(t);
  const other = "https://other.example/hub";
  host.network.on(`POST ${other}`, { status: 202 });
  host.network.on(`GET ${at}`, {
    xml: rss(links + item("2", "Two")),
    headers: { link: `<${other}>; rel="hub", <${at}>; rel="self"` },
  });
  await later(host, 25);
  t.like(host.network.sent<Sent>(`POST ${other}`)[0], { "hub.mode": "subscribe", "hub.topic": at });
  t.is(asked().at(-1)!["hub.mode"], "unsubscribe");
  const third = "https://third.example/";
  host.network.on(`POST ${third}`, { status: 202 });
  const json = { version: "https://jsonfeed.org/version/1.1", title: "Lee", hubs: [{ type: "WebSub", url: third }], items: [] };
  host.network.on(`GET ${at}`, { json });
  await later(host, 25);
  t.is(host.network.sent<Sent>(`POST ${third}`)[0]!["hub.topic"], at);
  const page = `<!doctype html><link rel="hub" href="${hub}"><div class="h-feed"><div class="h-entry"><a class="u-url" href="/9"></a><p class="e-content">x</p></div></div>`;
  host.network.on(`GET ${at}`, { html: page });
  await later(host, 25);
  t.like(asked().at(-1), { "hub.mode": "subscribe", "hub.topic": at });
  t.truthy((await feed()).hub_hash);
});
