import test from "ava";
import type { Feed } from "rookery/plugin";
import { pluginContract } from "rookery/testing";
import { addressIn } from "./discover.ts";
import { nextAfterFailure, nextAfterSuccess } from "./schedule.ts";
import { at, item, later, openSources, rss } from "./sources.testing.ts";

pluginContract(test, import.meta.dirname, { network: (network) => void network.on("GET *", { status: 404 }) });

test("the address somebody means", (t) => {
  t.is(addressIn("lee.example"), "https://lee.example/");
  t.is(addressIn("feed://lee.example/f"), "https://lee.example/f");
  t.is(addressIn("feed:http://lee.example/f"), "http://lee.example/f");
  for (const wrong of ["", "lee", "javascript:alert(1)", "https://a:b@lee.example/", `https://lee.example/${"x".repeat(3000)}`])
    t.is(addressIn(wrong), null, wrong);
});

test("feeds are asked as often as they change, within bounds, and failures less and less", (t) => {
  const now = new Date("2026-05-01T12:00:00.000Z");
  const minutes = (next: string) => Math.round((Date.parse(next) - now.getTime()) / 60_000);
  const feed = (hours: number, more: object = {}) =>
    ({
      items: Array.from({ length: 5 }, (_, place) => ({
        publishedAt: new Date(now.getTime() - place * hours * 3_600_000).toISOString(),
      })),
      minutes: 0,
      skipHours: [],
      skipDays: [],
      ...more,
    }) as unknown as Feed;
  const next = (of: Feed | null, waitMinutes = 0, more: object = {}) =>
    minutes(nextAfterSuccess(now, of, { waitMinutes, chance: 0.5, ...more }));
  t.is(next(null), 30);
  t.is(next(feed(0.1)), 15);
  t.is(next(feed(8)), 120);
  t.is(next(feed(8), 0, { chance: 1 }), 132);
  t.is(next(feed(10_000, { minutes: 500_000 }), 999_999), 1_440);
  t.is(next(feed(1, { minutes: 90 }), 45), 90);
  t.is(next(feed(4, { skipHours: [13, 14] })), 180);
  t.is(next(feed(1), 0, { isPromised: true }), 360);
  t.is(next(feed(1_000), 0, { isPromised: true }), 1_440);
  t.deepEqual(
    [1, 2, 3, 5, 6, 60].map((failures) => minutes(nextAfterFailure(now, failures, 0)) / 60),
    [1, 2, 4, 16, 24, 24],
  );
  t.is(minutes(nextAfterFailure(now, 1, 600)), 600);
});

test("a source is added by its site, read, copied into a blog, and follows edits and deletions", async (t) => {
  const { host, kim, feed } = await openSources(t);
  const page =
    '<link rel="alternate" type="application/rss+xml" href="/comments/feed"><link rel="alternate" type="application/rss+xml" href="/feed.xml">';
  host.network.on("GET https://lee.example/blog", { html: page });
  host.network.on(`GET ${at}`, {
    xml: rss(item("2", "Two") + item("1", "One &lt;script&gt;x&lt;/script&gt;")),
    headers: { etag: 'W/"a b"', "last-modified": "yesterday" },
  });

  const added = await kim.post("/sources/new", { url: "lee.example/blog" });
  t.is(added.status, 303, added.text);
  await host.runJobs();
  const one = added.headers.location!;
  t.regex((await kim.get("/sources")).text, /All is well/);
  const { text } = await kim.get(one);
  t.regex(text, /not proven/);
  t.is((await (await host.as("lee")).get(one)).status, 404);

  t.is((await kim.post(one, { blog: host.blog.id })).status, 303);
  await host.runJobs();
  const posts = async () =>
    (await host.house.storage.query(
      "SELECT html, published_at, status FROM posts WHERE status = 'published' ORDER BY published_at",
    )) as { html: string; published_at: string }[];
  t.deepEqual(
    (await posts()).map(({ published_at: when }) => when),
    ["2026-04-29T11:00:00.000Z", "2026-04-29T12:00:00.000Z"],
  );
  t.notRegex((await posts())[0]!.html, /script/);

  // Unchanged, by condition and by body.
  host.network.on(`GET ${at}`, { status: 304 });
  await later(host, 25);
  const asked = host.network.requestsTo(`GET ${at}`).at(-1)!;
  t.is(asked.headers["if-none-match"], 'W/"a b"');
  t.is(asked.headers["if-modified-since"], "yesterday");

  host.network.on(`GET ${at}`, {
    xml: rss(item("3", "Three") + item("3", "Twin") + item("2", "Two, mended") + item("1", "One")),
  });
  await later(host, 48);
  t.is((await posts()).length, 4);
  t.true((await posts()).some(({ html }) => html.includes("Two, mended")));

  // Missing from the middle: twice, and its page is gone.
  host.network.on(`GET ${at}`, [
    { xml: rss(item("3", "Three") + item("1", "One")) },
    { xml: rss(`${item("3", "Three")}${item("1", "One")} `) },
  ]);
  host.network.on("GET https://lee.example/2", { status: 410 });
  await later(host, 48);
  t.is((await posts()).length, 4);
  await later(host, 48);
  t.false((await posts()).some(({ html }) => html.includes("mended")));
  host.network.on(`GET ${at}`, { xml: rss(item("3", "Three") + item("2", "Two, mended") + item("1", "One")) });
  await later(host, 48);
  t.true(
    (await posts()).some(({ html }) => html.includes("mended")),
    "what comes back there comes back here",
  );

  host.network.on(`GET ${at}`, { status: 410 });
  await later(host, 48);
  t.like(await feed(), { state: "gone" });
  t.regex((await kim.get(one)).text, /gone for good/);
  host.clock.advance({ minutes: 2 });
  await host.request({ path: "/ping?url=lee.example", host: "hub.example" });
  t.like(await feed(), { state: "gone" }, "anybody can ping");
  t.is((await kim.post(one, { intent: "check" })).status, 303);
  t.like(await feed(), { state: "active" }, "Check now begins again");
  t.is((await kim.post(one, { intent: "remove" })).status, 303);
  t.falsy(await feed());
  t.deepEqual(host.failures(), []);
});

test("failures are told in words and given up after 60 days; a move is remembered; pings and Check now ask at once", async (t) => {
  const { host, kim, feed } = await openSources(t);
  host.network.on(`GET ${at}`, { xml: rss(item("1", "One")) });
  const one = (await kim.post("/sources/new", { url: at })).headers.location!;
  await host.runJobs();
  host.clock.advance({ minutes: 2 });
  const asked = () => host.network.requestsTo(`GET ${at}`).length;
  const ping = (body: string, type: string) =>
    host.request({ method: "POST", path: "/ping", host: "hub.example", body, headers: { "content-type": type } });
  const before = asked();
  t.is((await ping("url=https://lee.example/", "application/x-www-form-urlencoded")).status, 202);
  await host.runJobs();
  t.is(asked(), before + 1);
  const call = `<?xml version="1.0"?><methodCall><methodName>weblogUpdates.ping</methodName><params><param><value><string>Lee</string></value></param><param><value>https://lee.example/</value></param></params></methodCall>`;
  t.regex((await ping(call, "text/xml")).text, /<boolean>0/);
  t.regex((await ping(call.replace("lee.example", "nobody.example"), "text/xml")).text, /<boolean>1/);
  t.is((await ping("url=https://nobody.example/", "application/x-www-form-urlencoded")).status, 404);
  t.is((await kim.post(one, { intent: "check" })).status, 303);
  const extended = call
    .replace("ping<", "extendedPing<")
    .replace(
      "</params>",
      "<param><value>https://lee.example/1</value></param><param><value>http://www.lee.example/feed.xml</value></param></params>",
    );
  t.regex((await ping(extended, "text/xml")).text, /<boolean>0/);
  const get = (url: string) => host.request({ path: `/ping?url=${encodeURIComponent(url)}`, host: "hub.example" });
  t.is((await get("http://www.lee.example")).status, 202, "however it is spelled");
  t.is((await get("https://nobody.example/")).status, 404);

  const moved = "https://lee.example/new.xml";
  host.network.on(`GET ${at}`, { status: 301, headers: { location: moved } });
  host.network.on(`GET ${moved}`, { xml: rss(item("1", "One")) });
  for (let turn = 0; turn < 3; turn++) await later(host, 49);
  t.like(await feed(), { url: moved });

  host.network.on(`GET ${moved}`, { status: 503, headers: { "retry-after": "36000" } });
  await later(host, 49);
  t.regex((await kim.get(one)).text, /asks us to wait/);
  host.network.on(`GET ${moved}`, { text: "no feed at all" });
  for (let turn = 0; turn < 3; turn++) await later(host, 24 * 31);
  t.like(await feed(), { state: "paused", problem: "nofeed" });
  t.regex((await kim.get("/sources")).text, /60 days/);
});

test("several feeds are a question, and what is none is said in words", async (t) => {
  const { host, kim } = await openSources(t);
  const links = ["notes", "photos"]
    .map((name) => `<link rel="alternate" type="application/atom+xml" href="/${name}.atom">`)
    .join("");
  host.network.on("GET https://lee.example/two", { html: links });
  t.regex(
    (await kim.post("/sources/new", { url: "https://lee.example/two" })).text,
    /Which feed[\s\S]*notes\.atom[\s\S]*photos\.atom/,
  );
  host.network.on("GET https://ana.example/*", { status: 404 });
  const none = await kim.post("/sources/new", { url: "https://ana.example/" });
  t.is(none.status, 422);
  t.regex(none.text, /nothing at this address/);
  t.is((await kim.post("/sources/new", { url: "nonsense" })).status, 422);
});
