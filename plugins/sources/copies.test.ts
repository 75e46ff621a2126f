import test from "ava";
import { definePlugin } from "rookery/plugin";
import { at, item, later, openSources, rss } from "./sources.testing.ts";

/** A service that takes every new post of a blog. */
function farAway() {
  const sent: string[] = [];
  const plugin = definePlugin({
    id: "far-away",
    name: "Far away",
    description: "Takes copies.",
    version: "1.0.0",
    api: 1,
    capabilities: ["posts:read", "posts:write"],
    // The blog's rules, as the plugin crosspost has them: for whoever did not choose.
    hooks: {
      "post.parse": (draft) => (draft.targets || draft.id ? draft : { ...draft, targets: [{ target: "far-away/kim" }] }),
    },
    services: {
      target: () => ({
        targets: () => [{ id: "kim", service: "Far", account: "@kim", limits: {} }],
        rule: () => ({ isOn: true }),
        preview: (_target, post) => ({ text: post.source, isTruncated: false, images: 0, notes: [] }),
        send: async ({ post }) => {
          sent.push(post.html.replace(/<[^>]*>/g, "").trim());
          return { state: "sent", url: "https://far.example/1", copy: {} };
        },
        update: async () => ({ state: "sent", url: "https://far.example/1", copy: {} }),
        remove: async () => ({ state: "sent", url: "", copy: {} }),
      }),
    },
  });
  return { sent, plugin };
}

const hours = (from: number, to: number, word: string) =>
  Array.from({ length: to - from + 1 }, (_, place) => item(String(to - place), `${word} ${to - place}`)).join("");

test("the newest 20 come into the blog quietly with their dates; what is new later is news, and goes on to services only if ticked", async (t) => {
  const { sent, plugin } = farAway();
  const { host, kim, add } = await openSources(t, { plugins: [plugin] });
  host.network.on(`GET ${at}`, { xml: rss(hours(-29, 0, "Old")) });
  const one = await add();
  const posts = async () =>
    (await host.house.storage.query("SELECT id, html, published_at FROM posts ORDER BY published_at")) as Record<
      string,
      string
    >[];
  await kim.post(one, { blog: host.blog.id });
  await host.runJobs();
  t.is((await posts()).length, 20);
  t.is((await posts())[0]!.published_at, "2026-04-28T15:00:00.000Z");
  t.is(host.events()["post.published"] ?? 0, 0);

  const beside =
    '<enclosure url="https://lee.example/p.jpg?a=1&amp;b=2" type="image/jpeg"/><enclosure url="https://lee.example/e.mp3" type="audio/mpeg" length="9"/>';
  // What lay further back in the feed stays there, however often it is read; its edits too. What is older but comes late is archive.
  host.network.on(`GET ${at}`, {
    xml: rss(item("60", "News", beside) + hours(-29, 0, "Old").replace("Old -29", "Edited") + item("-40", "Late")),
  });
  await later(host, 49);
  t.is((await posts()).length, 22);
  const { properties } = (await host.house.storage.query("SELECT properties FROM posts WHERE html LIKE '%News%'"))[0]!;
  t.like(JSON.parse(String(properties)), {
    photo: [{ url: "https://lee.example/p.jpg?a=1&b=2", alt: "" }],
    audio: [{ url: "https://lee.example/e.mp3", type: "audio/mpeg", bytes: 9 }],
  });
  t.is(host.events()["post.published"], 1);
  t.deepEqual(sent, []);

  // Edits keep the date, and of old ones nobody is told.
  host.network.on(`GET ${at}`, { xml: rss(item("60", "News, mended") + hours(-29, 0, "Old").replace("Old 0", "Old, mended")) });
  await later(host, 25);
  t.true((await posts()).some(({ html }) => html!.includes("Old, mended")));
  t.like(host.events(), { "post.published": 1, "post.updated": 1 });

  t.is((await kim.post(one, { blog: host.blog.id, crosspost: "on" })).status, 303);
  t.regex((await kim.get(one)).text, /name="crosspost"[^>]* checked/);
  host.network.on(`GET ${at}`, { xml: rss(item("120", "More news") + item("60", "News, mended")) });
  await later(host, 49);
  host.clock.advance({ minutes: 2 });
  await host.runJobs();
  t.deepEqual(sent, ["More news"]);
  t.deepEqual(host.failures(), []);
});

test("a flood of items that are new at once is an archive after the first 30, and nothing is lost", async (t) => {
  const { host, kim, add } = await openSources(t);
  host.network.on(`GET ${at}`, { xml: rss(item("0", "Old")) });
  const one = await add();
  await kim.post(one, { blog: host.blog.id });
  await host.runJobs();
  host.network.on(`GET ${at}`, { xml: rss(hours(60, 99, "New")) });
  await later(host, 120);
  const [row] = await host.house.storage.query("SELECT COUNT(*) AS number FROM posts");
  t.is(Number(row!.number), 41);
  t.is(host.events()["post.published"], 30);
});

test("a guid that changes is the same post also weeks later, and one that is deleted by name goes (RFC 6721)", async (t) => {
  const { host, kim, add } = await openSources(t);
  const entry = (id: string, more = "") =>
    `<entry><id>${id}</id><link href="https://www.lee.example/1/${more}"/><title/><published>2026-05-01T11:00:00Z</published><content>One</content></entry>`;
  const atom = (inside: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Lee</title>${inside}</feed>`;
  host.network.on(`GET ${at}`, { xml: atom(entry("http://lee.example/?p=1")) });
  const one = await add();
  await kim.post(one, { blog: host.blog.id });
  await host.runJobs();
  const posts = async () => (await host.house.storage.query("SELECT id, html FROM posts WHERE status = 'published'")).length;
  for (const [days, id] of [
    [2, "https://lee.example/?p=1"],
    [10, "https://lee.example/?p=1&x"],
    [10, "https://lee.example/?p=1&x"],
  ] as const) {
    host.network.on(`GET ${at}`, { xml: atom(`${entry(id, "?utm_source=x")}<!-- ${days} -->`) });
    // The seven days count from when it was seen first; the new guid is known from then on.
    await later(host, days === 2 ? 48 : days * 24);
    if (days === 2) t.is(await posts(), 1);
  }
  host.network.on(`GET ${at}`, {
    xml: atom('<at:deleted-entry ref="https://lee.example/?p=1&amp;x" when="2026-06-01T00:00:00Z"/>'),
  });
  const before = await posts();
  await later(host, 25);
  t.is(await posts(), before - 1);
  t.deepEqual(host.failures(), []);
});

test("items without dates are from when they were seen first, and what is in the future is from now", async (t) => {
  const { host, add } = await openSources(t);
  const undated = (guid: string) => `<item><guid isPermaLink="false">${guid}</guid><description>${guid}</description></item>`;
  host.network.on(`GET ${at}`, { xml: rss(undated("a") + item("9000", "From the future")) });
  await add();
  const items = () => host.house.storage.query("SELECT key_text, published_at FROM p_sources_items ORDER BY key_text");
  const first = [
    { key_text: "9000", published_at: "2026-05-01T12:00:00.000Z" },
    { key_text: "a", published_at: "2026-05-01T12:00:00.000Z" },
  ];
  t.like(await items(), first);
  host.network.on(`GET ${at}`, { xml: rss(`${undated("a")}${undated("b")}${item("9000", "From the future, mended")}`) });
  await later(host, 25);
  const [future, a, b] = await items();
  t.like([future, a], first);
  t.is(b!.published_at, "2026-05-02T13:00:00.000Z");
});
