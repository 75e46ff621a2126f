import test from "ava";
import { definePlugin, type PublicError } from "rookery/plugin";
import type { Followable } from "../api.ts";
import plugin from "../plugin.ts";
import { open } from "../timeline.testing.ts";
import { readOpml, writeOpml } from "./opml.ts";

const feed = (key: string, title = "A feed"): Followable => {
  const { host, origin } = new URL(key);
  return { kind: "feed", key, title, url: origin, avatar: "", handle: host, language: "" };
};

// Reads feeds, as the plugin for it does, of whatever begins with https.
const reader = definePlugin({
  id: "reader",
  name: "Reader",
  description: "Reads feeds.",
  version: "1.0.0",
  api: 1,
  scope: "network",
  requires: { plugins: { timeline: "^1" } },
  services: {
    "timeline.source": () => ({
      resolve: async (input) => (input.startsWith("https://") ? feed(input) : null),
      candidates: async (input) =>
        input.includes("two.example") && !input.includes("/feed")
          ? { found: ["a", "b"].map((name) => ({ key: `https://two.example/feed-${name}`, title: name })), problem: "" }
          : { found: [], problem: input.includes("bad.example") ? "The site could not be reached." : "" },
      named: ({ url, title }) => (url.startsWith("https://") ? feed(url, title || "No title") : null),
      troubles: async (ids) => Object.fromEntries(ids.slice(0, 1).map((id) => [id, "It has been failing."])),
      followed: async () => undefined,
      unfollowed: async () => undefined,
    }),
  },
});

const opml = (body: string) => `<?xml version="1.0"?><opml version="2.0"><head/><body>${body}</body></opml>`;
const bytes = (text: string) => new TextEncoder().encode(text);
const outline = (url: string, title = "") => `<outline type="rss" text="${title}" xmlUrl="${url}"/>`;

test("lists of feeds are read whatever is in them, and written so that they can be read", (t) => {
  const nested = `<outline text="Birds"><outline text="Herons">${outline("https://a.example/feed", "A &amp; B")}</outline>
    <OUTLINE XMLURL="https://b.example/feed" htmlUrl="javascript:x"/>${outline("https://a.example/feed", "again")}</outline>`;
  t.deepEqual(readOpml(bytes(opml(nested))), [
    { url: "https://a.example/feed", title: "A & B", site: "" },
    { url: "https://b.example/feed", title: "", site: "" },
  ]);
  const many = (n: number) => opml(Array.from({ length: n }, (_, at) => outline(`https://x${at}.example/`)).join(""));
  t.is(readOpml(bytes(many(5_000))).length, 5_000);
  const bomb = `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${opml(outline("&b;"))}`;
  for (const [file, key] of [
    [many(5_001), "large-opml"],
    [opml(""), "empty-opml"],
    ["", "no-opml"],
    ["<html>", "no-opml"],
    ["<rss><outline xmlUrl='https://a.example'/></rss>", "no-opml"],
    ["\uFFFF\u0000", "no-opml"],
    [bomb, "no-opml"],
    [opml(`${"<outline>".repeat(2_000)}${"</outline>".repeat(2_000)}`), "no-opml"],
  ] as const)
    t.is(t.throws<PublicError>(() => readOpml(bytes(file)))?.key, key, file.slice(0, 60));
  const source = { ...feed("https://a.example/feed?a=1&b=2", 'A "&<'), id: "x", plugin: "reader" };
  t.deepEqual(readOpml(bytes(writeOpml([source], "Kim"))), [{ url: source.key, title: source.title, site: "https://a.example" }]);
});

test("a list is followed in the background; what there is to choose, and what fails, is said", async (t) => {
  const folder = `${import.meta.dirname}/..`;
  const { host, store, kim, lee } = await open(t, { dashboard: true, plugins: [{ plugin, folder }, reader] as never });
  const visitor = await host.as("kim");
  const page = async () => (await visitor.get("/following")).text;
  await store.follow(kim.id, (await store.resolve("https://known.example/feed"))!.id);
  const send = (file: string) => {
    const opml = { name: "list.opml", type: "text/xml", bytes: bytes(file) };
    return visitor.request({ method: "POST", path: "/following/opml", multipart: { opml } });
  };
  const leesFeed = host.blogs.find(({ ownerId }) => ownerId === lee.id)!.url + "feed.xml";
  const urls = ["https://known.example/feed", leesFeed, "ftp://x.example/feed", "https://new.example/feed"];
  const sent = await send(opml(urls.map((url) => outline(url, "From a list")).join("")));
  t.is(sent.status, 303, sent.text);
  t.regex(await page(), /0 of 4 were looked at/);
  await host.runJobs();
  const after = await page();
  t.regex(after, /Of your list of 4 you follow 2 anew; 1 you followed before/);
  t.regex(after, /1 was not followed[\s\S]*ftp:\/\/x\.example\/feed[\s\S]*no address of a feed/);
  t.regex(after, /1 needs your attention[\s\S]*It has been failing\./);
  t.is((await store.following(kim.id)).length, 3);
  t.is((await send("no list")).status, 422);
  t.regex((await send("no list")).text, /This is no OPML file/);
  const file = await visitor.get("/following/opml");
  t.is(readOpml(bytes(file.text)).length, 3);
  t.regex(String(file.headers["content-disposition"]), /attachment/);

  const which = await visitor.post("/following", { who: "https://two.example/" });
  t.regex(which.text, /Which one\?[\s\S]*value="https:\/\/two\.example\/feed-a"[\s\S]*value="https:\/\/two\.example\/feed-b"/);
  t.is((await visitor.post("/following", { who: "https://two.example/feed-b" })).status, 303);
  t.is((await store.following(kim.id)).length, 4);
  const refused = await visitor.post("/following", { who: "bad.example" });
  t.is(refused.status, 422);
  t.regex(refused.text, /The site could not be reached/);
  t.deepEqual(host.failures(), []);
});
