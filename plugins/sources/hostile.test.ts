import { gzipSync } from "node:zlib";
import test from "ava";
import { fetchFeed } from "./fetch-feed.ts";
import { knownPlaces } from "./known-places.ts";
import { itemId, type Marked } from "./known-items.ts";
import { packed, unpacked } from "./raw.ts";
import type { FeedRow, ItemRow } from "./rows.ts";
import { untangled } from "./same-guids.ts";
import { at, item, later, openSources, rss } from "./sources.testing.ts";

test("what attacks as a feed is cut, cleaned or said in words; timelines and blogs hold what is left, and nothing fails", async (t) => {
  const { host, kim, add, feed } = await openSources(t);
  host.network.on(`GET ${at}`, { xml: rss(item("1", "One")) });
  const one = await add();
  await kim.post(one, { blog: host.blog.id });
  const problem = async (answer: object) => {
    host.network.on(`GET ${at}`, answer);
    await kim.post(one, { intent: "check" });
    await later(host, 49);
    return (await feed()).problem;
  };
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${"bcdefghij"[n]} "${`&${"abcdefghi"[n]};`.repeat(10)}">`).join("")}<!ENTITY f SYSTEM "file:///etc/passwd">]>`;
  t.is(await problem({ xml: bomb + rss(item("2", "&j;&f;")) }), "");
  t.is(await problem({ bytes: new Uint8Array(50_000_000) }), "large");
  t.is(await problem({ bytes: gzipSync(Buffer.alloc(50_000_000, 32)) }), "nofeed");
  t.is(await problem({ redirect: "/feed.xml" }), "redirects");
  t.is(await problem({ redirect: "file:///etc/passwd" }), "address");
  t.is(
    await problem({
      bytes: Buffer.from(rss(item("3", "café")), "latin1"),
      headers: { "content-type": "text/xml; charset=utf-8" },
    }),
    "",
  );
  const evil =
    '&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(2)&lt;/script&gt;&lt;a href="javascript:alert(3)" style="position:fixed"&gt;x&lt;/a&gt;&lt;iframe src="https://evil.example/"&gt;&lt;/iframe&gt;&lt;base href="https://evil.example/"&gt;';
  t.is(await problem({ xml: rss(item("4", evil)) }), "");
  t.is(await problem({ xml: rss(item("5", "Deep").replace("Deep", "&lt;b&gt;".repeat(50_000))) }), "");
  const known = async () => (await host.house.storage.query("SELECT id FROM p_sources_items")).length;
  const before = await known();
  t.is(await problem({ xml: rss("<item/><item><title> </title><description/></item>" + item("6", "Six")) }), "");
  t.is(await known(), before + 1, "items that say nothing are none");
  t.is(await problem({ xml: rss('<at:deleted-entry ref="7"/>' + item("6", "Six") + item("7", "Seven")) }), "");
  t.is(await known(), before + 1, "what stands there and is deleted is deleted");
  const posts = (await host.house.storage.query("SELECT html FROM posts")).map(({ html }) => String(html)).join("\n");
  t.regex(posts, /café/);
  t.notRegex(posts, /aaaaaaaa|root:|onerror|<script|javascript:|position|iframe|<base/);
  t.deepEqual(host.failures(), []);
  t.deepEqual(await host.deadJobs(), []);
});

test("10,000 items at once: the newest 1,000 are known, 20 are taken, and no more come of it later", async (t) => {
  const { host, kim, add } = await openSources(t);
  const many = (from: number) => rss(Array.from({ length: 10_000 }, (_, n) => item(String(from - n), "x")).join(""));
  host.network.on(`GET ${at}`, { xml: many(0) });
  const one = await add();
  await kim.post(one, { blog: host.blog.id });
  await host.runJobs();
  const count = async (sql: string) =>
    Number((await host.house.storage.query(`SELECT COUNT(*) AS number FROM ${sql}`))[0]!.number);
  t.is(await count("posts"), 20);
  t.is(await count("p_sources_items"), 1_000);
  t.is(await count("p_sources_items WHERE is_passed = 1 AND raw = ''"), 980);
  host.network.on(`GET ${at}`, { xml: many(1) });
  await later(host, 25);
  t.is(await count("posts"), 21);
  t.deepEqual(host.failures(), []);
});

test("items of one guid are told apart by their links, wherever the guid wanders; a changed link alone is an edit", async (t) => {
  const feed = { id: "f" } as FeedRow;
  const rows = new Map<string, ItemRow>();
  const look = async (...items: (readonly [key: string, link: string])[]) => {
    const marked = items.map(([key, link]) => {
      const id = itemId("f", key);
      return { item: { key, url: link }, id, content: link, link, known: rows.get(id) ?? null } as Marked;
    });
    const found = await untangled(feed, marked, async (links) =>
      [...rows.values()].filter((one) => links.includes(one.link_hash)),
    );
    for (const { id, item: one, link } of found) rows.set(id, { id, key_text: one.key, link_hash: link } as ItemRow);
    t.is(new Set(found.map(({ id }) => id)).size, found.length);
    return found.map(({ item: one, known }) => [one.key, known?.link_hash ?? null]);
  };
  t.deepEqual(await look(["g", "a"]), [["g", null]]);
  t.deepEqual(await look(["g", "b"], ["g|a", "a"]), [
    ["g|b", null],
    ["g", "a"],
  ]);
  t.deepEqual(await look(["g", "c"], ["g|b", "b"], ["g|a", "a"]), [
    ["g|c", null],
    ["g|b", "b"],
    ["g", "a"],
  ]);
  t.deepEqual(await look(["g", "c"], ["x", "d"]), [
    ["g|c", "c"],
    ["x", null],
  ]);
  t.deepEqual(await look(["x", "e"], ["g", "c"], ["g|c", "c"]), [
    ["x", "d"],
    ["g", "a"],
    ["g|c", "c"],
  ]);
});

test("an item is kept as it was written, packed, and reads the same again; what is too large is not", async (t) => {
  const { host, add } = await openSources(t);
  host.network.on(`GET ${at}`, { xml: rss(item("1", "One") + item("2", "Two")) });
  await add();
  const [row] = await host.house.storage.query("SELECT raw FROM p_sources_items WHERE key_text = '1'");
  t.regex(unpacked(String(row!.raw)), /^<rss version="2\.0"[^>]*><item>.*One.*<\/item>$/s);
  t.is(unpacked(packed("")), "");
  t.is(unpacked(packed("x".repeat(200_000))).length, 200_000);
  const noise = Array.from({ length: 60_000 }, (_, n) => Math.sin(n).toString(36)).join("");
  t.is(packed(noise), "");
});

test("known services keep their feeds where they keep them, also when they hide their pages", async (t) => {
  const cases: Readonly<Record<string, string | undefined>> = {
    "https://www.youtube.com/channel/UC_x-1/videos": "https://www.youtube.com/feeds/videos.xml?channel_id=UC_x-1",
    "https://youtube.com/user/lee": "https://www.youtube.com/feeds/videos.xml?user=lee",
    "https://m.youtube.com/playlist?list=PL1": "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1",
    "https://www.youtube.com/@lee": undefined,
    "https://social.example/@lee": "https://social.example/@lee.rss",
    "https://bsky.app/profile/lee.example/": "https://bsky.app/profile/lee.example/rss",
    "https://lee.example/": undefined,
  };
  for (const [address, place] of Object.entries(cases)) t.is(knownPlaces(address)[0], place, address);
  const { host, kim, feed } = await openSources(t);
  host.network.on("GET https://social.example/@lee", { status: 403 });
  host.network.on("GET https://social.example/@lee.rss", { xml: rss(item("1", "One")) });
  t.is((await kim.post("/sources/new", { url: "social.example/@lee" })).status, 303);
  t.is((await feed()).url, "https://social.example/@lee.rss");
});

test("headers that lie cannot stall a feed, and conditions are sent as they were given", async (t) => {
  const now = new Date("2026-05-01T12:00:00.000Z");
  const answer = (status: number, headers: Record<string, string>) =>
    fetchFeed(
      { clock: { now: () => now }, fetch: async () => new Response(status === 304 ? null : "x", { status, headers }) },
      { url: at, etag: "", last_modified: "", body_hash: "" },
    );
  t.like(await answer(200, { "cache-control": "max-age=999999999" }), { kind: "new", waitMinutes: 1_440 });
  t.like(await answer(200, { expires: "Fri, 01 May 2026 13:00:00 GMT" }), { waitMinutes: 60 });
  t.like(await answer(200, { expires: "-1", "cache-control": "max-age=-5" }), { waitMinutes: 0 });
  t.like(await answer(503, { "retry-after": "Fri, 01 May 2026 14:00:00 GMT" }), { problem: "busy", waitMinutes: 120 });
  t.like(await answer(429, { "retry-after": "99999999" }), { problem: "busy", waitMinutes: 1_440 });
  t.like(await answer(401, {}), { problem: "closed" });
  t.like(await answer(404, {}), { problem: "missing" });
  t.like(await answer(410, {}), { kind: "gone" });
  t.like(await answer(304, {}), { problem: "server" }, "nothing was known of it");

  const times: number[] = [];
  const led = (status: number) =>
    fetchFeed(
      {
        clock: { now: () => now },
        fetch: async (url, init) => {
          times.push(init!.timeout!);
          return url === at ? new Response(null, { status, headers: { location: "/new" } }) : new Response("", { status: 410 });
        },
      },
      { url: at, etag: "", last_modified: "", body_hash: "" },
    );
  t.like(await led(302), { problem: "missing" }, "what stands there for now only is not the feed");
  t.like(await led(301), { kind: "gone" });
  t.true(times[1]! < times[0]! && times[0]! <= 20_000, "all hops share the 20 seconds");
});
