import test from "ava";
import { open } from "../client-api.testing.ts";
import { momentIn } from "./moments.ts";

type Entry = {
  id: number;
  feed_id: number;
  title: string;
  content: string;
  summary: string;
  published: string;
  created_at: string;
};
type Subscription = { id: number; feed_id: number; title: string; feed_url: string; site_url: string; created_at: string };
const fine = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

async function reading(t: Parameters<typeof open>[0]) {
  const made = await open(t);
  const { host, kim, lee, ask, keyOf } = made;
  const key = await keyOf(kim);
  const say = async (text: string, more: object = {}) => {
    host.clock.advance({ minutes: 1 });
    const post = await host.publish({ text, ...more }, host.blogs[1], lee);
    await host.runJobs();
    return post;
  };
  const get = async <T>(path: string) => (await ask(`GET ${path}`, { key })).json() as T;
  const base = "/feeds/v2";
  const subscribe = (feed: string) => ask(`POST ${base}/subscriptions.json`, { key, json: { feed_url: feed } });
  return { ...made, key, say, get, base, subscribe };
}

test("subscriptions are what somebody follows: made, found, named and ended", async (t) => {
  const { host, ask, key, get, base, subscribe, say } = await reading(t);
  await say("Before");
  const made = await subscribe("https://lee.example/");
  t.is(made.status, 201);
  const { id } = made.json() as Subscription;
  t.is(new URL(made.headers.location!).pathname, `${base}/subscriptions/${id}.json`);
  t.is((await subscribe("https://lee.example/")).status, 302);
  const [one, ...others] = await get<Subscription[]>(`${base}/subscriptions.json?mode=extended`);
  t.deepEqual(others, []);
  t.like(one, { id, feed_id: id, site_url: one!.site_url });
  t.regex(one!.created_at, fine);
  t.true("json_feed" in one!);
  t.deepEqual(await get(`${base}/subscriptions.json?since=2027-01-01T00:00:00.000000Z`), []);

  t.like((await ask(`PATCH ${base}/subscriptions/${id}.json`, { key, json: { title: "Lee’s reeds" } })).json() as object, {
    title: "Lee’s reeds",
  });
  t.like(await get(`${base}/subscriptions/${id}.json`), { title: "Lee’s reeds" });
  t.is((await ask(`POST ${base}/subscriptions/${id}/update.json`, { key })).status, 200);
  t.true(Array.isArray(await get(`${base}/icons.json`)));
  const gone = await ask(`DELETE ${base}/subscriptions/${id}.json`, { key });
  t.deepEqual([gone.status, gone.text], [204, ""]);
  t.is((await ask(`GET ${base}/subscriptions/${id}.json`, { key })).status, 404);
  t.deepEqual(await get(`${base}/subscriptions.json`), []);
  // The address that lists name for a person's feed means that person, whoever brings it back.
  const person = (await subscribe("lee")).json() as { feed_url: string };
  t.regex(person.feed_url, /\/feeds\/lee\.json$/);
  t.is((await subscribe(person.feed_url)).status, 302);
  t.is((await ask("POST /users/unfollow", { key, form: { feed_url: person.feed_url } })).status, 200);
  t.is((await subscribe(person.feed_url.replace("json", "xml"))).status, 201);
  for (const [body, status] of [
    [{ feed_url: "" }, 400],
    [{ url: "nobody-of-this-name" }, 404],
  ] as const)
    t.is((await ask(`POST ${base}/subscriptions.json`, { key, json: body })).status, status);
  t.is((await ask(`GET ${base}/subscriptions.json`)).status, 401);
  t.deepEqual(host.failures(), []);
});

test("entries have numbers and fine dates, whole words, and are found by page, id, feed and date", async (t) => {
  const { host, key, ask, get, base, subscribe, say } = await reading(t);
  const { id: feed } = (await subscribe("https://lee.example/")).json() as Subscription;
  const long = "Reeds in the wind. ".repeat(40).trim();
  const [first, second] = [await say(long), await say("Second")];
  await host.publish({ text: "My own" }, host.blogs[0]);
  await host.runJobs();
  const all = await get<Entry[]>(`${base}/entries.json`);
  t.deepEqual(
    all.map(({ id }) => id),
    [second.number, first.number],
    "the newest first, and nothing of one’s own",
  );
  t.like(all[1], { feed_id: feed, title: "" });
  t.true(all[1]!.content.includes(long), "all words of a post here");
  t.true(all[1]!.summary.length <= 280);
  for (const date of [all[0]!.published, all[0]!.created_at]) t.regex(date, fine);

  const ids = async (query: string) => (await get<Entry[]>(`${base}/entries.json?${query}`)).map(({ id }) => id);
  t.deepEqual(await ids("page=2&per_page=1"), [first.number]);
  t.deepEqual(await ids("page=9"), []);
  t.deepEqual(await ids(`ids=${first.number},99999999,x`), [first.number]);
  t.deepEqual(await ids(`since=${all[1]!.published}`), [second.number, first.number]);
  t.deepEqual(await ids("since=2099-01-01T00:00:00.000000Z"), []);
  t.like(await get(`${base}/entries/${first.number}.json`), { id: first.number });
  t.is((await ask(`GET ${base}/entries/99999999.json`, { key })).status, 404);
  for (const path of [`${base}/feeds/${feed}/entries.json`, `/v2/feeds/${feed}/entries.json`])
    t.deepEqual(
      (await get<Entry[]>(path)).map(({ id }) => id),
      [second.number, first.number],
      path,
    );
  t.deepEqual(await get(`${base}/feeds/12345/entries.json`), []);
  t.deepEqual(host.failures(), []);
});

test("what is read, put back and starred is kept for one person, whichever way apps say it", async (t) => {
  const { host, lee, key, ask, get, keyOf, base, subscribe, say } = await reading(t);
  await subscribe("https://lee.example/");
  const [one, two] = [(await say("One")).number, (await say("Two")).number];
  const unread = () => get<number[]>(`${base}/unread_entries.json`);
  t.deepEqual(await unread(), [two, one]);
  t.deepEqual((await ask(`DELETE ${base}/unread_entries.json`, { key, json: { unread_entries: [one] } })).json(), [one]);
  t.deepEqual(await unread(), [two]);
  t.deepEqual(
    (await get<Entry[]>(`${base}/entries.json?read=true`)).map(({ id }) => id),
    [one],
  );
  t.deepEqual(
    (await get<Entry[]>(`${base}/entries.json?read=false`)).map(({ id }) => id),
    [two],
  );
  await ask(`POST ${base}/unread_entries/delete.json`, { key, json: { unread_entries: [two, two, -1, "x"] } });
  t.deepEqual(await unread(), []);
  host.clock.advance({ days: 40 });
  await ask(`POST ${base}/unread_entries.json`, { key, json: { unread_entries: [one] } });
  await host.runJobs();
  t.deepEqual(await unread(), [one], "old ones are read, but for what was put back");

  await ask(`POST ${base}/starred_entries.json`, { key, json: { starred_entries: [one, two] } });
  await ask(`DELETE ${base}/starred_entries.json`, { key, json: { starred_entries: [two] } });
  t.deepEqual(await get(`${base}/starred_entries.json`), [one]);
  t.deepEqual(
    (await get<Entry[]>(`${base}/entries.json?starred=true`)).map(({ id }) => id),
    [one],
  );
  t.deepEqual((await ask(`GET ${base}/starred_entries.json`, { key: await keyOf(lee) })).json(), []);
  t.is(
    (
      await ask(`POST ${base}/starred_entries.json`, {
        key,
        json: { starred_entries: Array.from({ length: 5001 }, (_, at) => at + 1) },
      })
    ).status,
    400,
  );
  t.deepEqual(host.failures(), []);
});

test("passages are marked once, listed and taken away by whoever marked them", async (t) => {
  const { host, lee, key, ask, get, keyOf, subscribe, say } = await reading(t);
  await subscribe("https://lee.example/");
  const { number, url } = await say("Reeds in the wind");
  const mark = (form: object) => ask(`POST /feeds/${number}/highlights`, { key, form });
  const made = (await mark({ text: "in the wind", start: "6", end: "17" })).json() as { id: number };
  t.is(((await mark({ text: "in the wind", start: "6", end: "17" })).json() as { id: number }).id, made.id);
  type Feed = { items: { id: number }[] };
  for (const path of ["/feeds/highlights", `/feeds/${number}/highlights`]) {
    const { items } = await get<Feed>(path);
    t.is(items.length, 1);
    t.like(items[0], {
      id: made.id,
      url,
      content_text: "in the wind",
      _microblog: { entry_id: number, selection_start: 6, selection_end: 17 },
    });
  }
  t.deepEqual((await get<Feed>("/feeds/highlights?limit=1&offset=1")).items, []);
  for (const form of [{ text: "" }, { text: "x", start: "5", end: "4" }, { text: "x", start: "-1" }])
    t.is((await mark(form)).status, 400);
  const path = `DELETE /feeds/${number}/highlights/${made.id}`;
  t.is((await ask(path, { key: await keyOf(lee) })).status, 404);
  t.deepEqual((await ask(path, { key })).json(), {});
  t.is((await ask(path, { key })).status, 404);
  t.deepEqual(host.failures(), []);
});

test("a recap is a list of links, work for machines there is none, and feeds of the network say what people say in public", async (t) => {
  const { host, key, ask, get, subscribe, say } = await reading(t);
  await subscribe("https://lee.example/");
  const { number } = await say("<Reeds> & wind");
  await say("Between us", { visibility: "private" });
  const recap = await ask("POST /feeds/recap", { key, json: [number] });
  t.like(recap, { status: 200, headers: { "content-type": "text/html; charset=utf-8" } });
  t.is((await ask("POST /feeds/recap", { key, json: { a: 1 } })).status, 400);
  t.deepEqual(await get("/feeds/recap/email"), { dayofweek: "" });
  t.deepEqual(await get("/feeds/work/queued"), []);
  t.deepEqual((await ask("POST /feeds/work/finished", { key, form: { id: "1", text: "x" } })).json(), {});
  t.deepEqual((await ask("GET /blogroll.org.json")).json(), []);

  const json = (await ask("GET /feeds/lee.json")).json() as { items: { id: string; content_html: string }[] };
  t.deepEqual(
    json.items.map(({ id }) => id),
    [String(number)],
  );
  const xml = await ask("GET /feeds/lee.xml");
  t.regex(xml.headers["content-type"]!, /rss/);
  t.true(xml.text.includes("<item>") && !xml.text.includes("Between us") && !xml.text.includes("<Reeds>"));
  t.is((await ask("GET /feeds/nobody.json")).status, 404);
  t.is((await ask("GET /feeds/lee.txt")).status, 404);
  t.deepEqual(((await ask("GET /feeds/photos.json")).json() as { items: object[] }).items, []);
  await host.house.host.set("timeline", { publicPages: false });
  const closed = [
    "/feeds/lee.json",
    "/feeds/lee.xml",
    "/feeds/photos.json",
    `/hybrid/conversation/${number}`,
    "/hybrid/posts/lee",
    "/sidebar.js?username=lee",
  ];
  for (const path of closed) t.is((await ask(`GET ${path}`)).status, 401, path);
  t.deepEqual(host.failures(), []);
});

test("moments of apps are read, and nonsense is none", (t) => {
  t.is(momentIn("2026-02-03T01:00:19.123456Z"), "2026-02-03T01:00:19.123Z");
  for (const nonsense of ["", "soon", "-1", "99999999999999999"]) t.is(momentIn(nonsense), null, nonsense);
});
