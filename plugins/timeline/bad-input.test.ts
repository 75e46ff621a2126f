import test from "ava";
import { perHour } from "./bounds.ts";
import { open } from "./timeline.testing.ts";

const feed = (key: string, more: object) => {
  const plain = { kind: "feed", key, title: "", url: "https://una.example/", avatar: "", handle: "una.example", language: "" };
  return { ...plain, ...more };
};

test("hostile sources and items: nothing runs, nothing fails, nothing fills the timeline", async (t) => {
  const { host, store, kim } = await open(t, { dashboard: true });
  const visitor = await host.as("kim");
  const names = [
    "\u202Eevil\u0000\n<img src=x onerror=alert(1)>",
    "a\u0301".repeat(5_000),
    "👩‍👩‍👧‍👧\uD83D",
    "\u200B\u2066",
    "ﷺ".repeat(300),
  ];
  for (const [at, title] of names.entries()) {
    const said = { title, url: "javascript:alert(1)", avatar: "javascript:alert(2)", handle: `x${at}.example`, language: "<b>" };
    const source = await store.keepSource("reader", feed(`https://x${at}.example/feed`, said));
    t.true(source.title.length <= 200 && source.title.isWellFormed());
    t.is(source.url, "");
    await store.follow(kim.id, source.id);
    const item = { sourceId: source.id, html: "<p onclick=x>Herons<script>alert(3)</script></p>" };
    const flood = Array.from({ length: perHour + 5 }, (_, n) => ({
      ...item,
      key: `${n}`,
      url: n % 2 ? "javascript:alert(4)" : "https://una.example/\uD800",
      title: n === 1 ? title : "",
      photos: [{ url: "data:text/html,x", alt: "\u0000" }],
      publishedAt: ["", "9999-99-99", "+099999-01-01T00:00:00Z", "1969-01-01"][n % 4]!,
      replyTo: n % 3 ? "" : "vbscript:x",
    }));
    const numbers = await store.put(flood);
    t.is(new Set(numbers).size, flood.length);
    const huge = { ...item, key: "huge", url: "https://una.example/huge", publishedAt: "", html: "<div>".repeat(20_000) };
    await store.put([huge]);
  }
  await host.runJobs();

  const { items } = await store.home(kim.id, { limit: 200 });
  t.is(items.length, names.length * perHour);
  t.true(items.every(({ at }) => at <= host.clock.now().toISOString() && at.startsWith("2026")));
  t.true(items.every(({ replyTo, url }) => replyTo === "" && !url.startsWith("javascript")));
  for (const path of ["/timeline", "/photos", "/following", "/people/x0.example", `/c/${items[0]!.number}`]) {
    const { status, text } = await visitor.get(path);
    t.is(status, 200, path);
    t.notRegex(text, /(href|src)="(javascript|vbscript|data:text)|<script>alert|onclick=|<img src=x/, path);
  }
  t.deepEqual(host.failures(), []);
});

test("conversations that run in circles, are endless or begin with what is gone, and forms full of garbage", async (t) => {
  const { host, store, kim, lee, say } = await open(t, { dashboard: true });
  const visitor = await host.as("kim");
  const gone = await say(lee, "Gone soon");
  await host.runJobs();
  await host.remove(gone);
  await host.runJobs();
  const own = { accountId: kim.id, html: "Too late", publishedAt: "2099-01-01" };
  const late = await store.putOwn({ ...own, key: "late", url: "https://hub.example/replies/late", replyTo: gone.url });
  t.like(await store.conversation(kim.id, late), { root: null, isRootGone: true });
  t.is((await store.item(null, late))!.at, host.clock.now().toISOString());

  const at = (n: number) => `https://hub.example/replies/${n}`;
  const [one] = [await store.putOwn({ ...own, key: "1", url: at(1), replyTo: at(2) })];
  await store.putOwn({ ...own, key: "2", url: at(2), replyTo: at(1) });
  await store.putOwn({ ...own, key: "3", url: at(3), replyTo: at(3) });
  t.is((await store.conversation(kim.id, one))!.replies.length, 1);
  for (let n = 10; n < 60; n++) await store.putOwn({ ...own, key: `${n}`, url: at(n), replyTo: at(n - 1) });
  const last = (await store.numberOf(at(59)))!;
  t.true((await store.conversation(kim.id, last))!.replies.length <= 200);
  t.is((await visitor.get(`/c/${last}`)).status, 200);

  const garbage = ["", "\u0000", "-1", "1e99", "9".repeat(400), "<b>", "💥\u202E", "../../etc", "' OR 1=1"];
  for (const text of garbage) {
    const forms: [string, Record<string, string>][] = [
      ["/timeline", { number: text, at: text }],
      ["/following", { who: text }],
      ["/following", { intent: "unfollow", source: text }],
      ["/following", { intent: "replies", replies: text }],
      ["/following/opml", { opml: text }],
      ["/muted", { kind: text, value: text, end: text }],
      ["/muted", { intent: "unmute", id: text }],
      ["/people/lee", { intent: text }],
    ];
    for (const [path, form] of forms) {
      const { status } = await visitor.post(path, form);
      t.true([303, 400, 422, 429].includes(status), `${path} ${JSON.stringify(form)}: ${status}`);
    }
    const query = encodeURIComponent(text);
    for (const path of [`/muted?kind=${query}&value=${query}`, `/following?after=${query}`, `/people/lee?before=${query}`])
      t.is((await visitor.get(path)).status, 200, path);
    t.is((await visitor.get(`/following/${query || "x"}`)).status, 404);
  }
  t.deepEqual(host.failures(), []);
});
