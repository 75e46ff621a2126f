import test, { type ExecutionContext } from "ava";
import { parseXml, type Draft, type Post, type XmlNode } from "rookery/plugin";
import { createTestHost, pluginContract } from "rookery/testing";
import { chaptersOf } from "./chapters.ts";
import { durationText } from "./duration.ts";
import { guidOfAddress } from "./guid.ts";
import podcast from "./plugin.ts";
import { transcriptOf } from "./transcript.ts";
import feeds from "../feeds/plugin.ts";

const feedsFolder = new URL("../feeds", import.meta.url).pathname;
pluginContract(test, import.meta.dirname, { requires: [feedsFolder] });

const sound = { url: "https://far.example/one.mp3", type: "audio/mpeg", bytes: 1_234_567, seconds: 3723 };
const vtt =
  "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Kim>Hello <b>there</b><script>alert(1)</script>\n\n00:03.000 --> 00:04.000\nYes";

async function open(t: ExecutionContext) {
  const plugins = [
    { plugin: feeds, folder: feedsFolder },
    { plugin: podcast, folder: import.meta.dirname },
  ];
  const host = await createTestHost(t, { plugins });
  const episode = (more: Draft & { text?: string } = {}) =>
    host.publish({ title: "One", text: "About *it*", audio: [sound], ...more });
  const feed = async () => parseXml((await host.get("/podcast.xml")).text).children.find(({ name }) => name === "channel")!;
  return { host, episode, feed };
}

const all = (node: XmlNode, name: string) => node.children.filter((one) => one.name === name);
const one = (node: XmlNode, name: string) => all(node, name)[0];

test("every public post with sound is an episode; private, unlisted, draft and silent posts are not", async (t) => {
  const { host, episode, feed } = await open(t);
  t.notRegex((await host.get("/")).text, /podcast\.xml/);
  t.is(all(await feed(), "item").length, 0);
  await host.publish({ text: "Silent" });
  for (const more of [
    { visibility: "private" },
    { visibility: "unlisted" },
    { status: "draft" },
    { publishedAt: "2030-01-01T00:00:00Z" },
  ] as const)
    await episode({ title: JSON.stringify(more), ...more });
  const post = await episode({ properties: { podcast: { season: 2, episode: 3, kind: "bonus", explicit: "yes" } } });

  const items = all(await feed(), "item");

  t.is(items.length, 1);
  const [item] = items;
  t.deepEqual(one(item!, "enclosure")!.attributes, { url: sound.url, length: "1234567", type: "audio/mpeg" });
  const texts = [
    "itunes:duration",
    "itunes:season",
    "itunes:episode",
    "itunes:episodeType",
    "itunes:explicit",
    "podcast:season",
    "podcast:episode",
  ];
  t.deepEqual(
    texts.map((name) => one(item!, name)?.text),
    ["3723", "2", "3", "bonus", "true", "2", "3"],
  );
  t.is(one(item!, "guid")!.text, post.id);
  t.regex((await host.get("/")).text, /<link[^>]* href="\/podcast\.xml"/);
  const json = (await host.get("/podcast.json")).json() as { items: Record<string, object>[] };
  t.like(json.items[0]!["_podcast"]!, {
    season: 2,
    episode: 3,
    episode_type: "bonus",
    explicit: true,
    duration_in_seconds: 3723,
  });
});

test("the feed is asked for again with its validator, by HEAD, and from other sites", async (t) => {
  const { host, episode } = await open(t);
  await episode();
  for (const path of ["/podcast.xml", "/podcast.json"]) {
    const first = await host.get(path);
    t.is(first.status, 200);
    t.is(first.headers["access-control-allow-origin"], "*");
    t.is((await host.get(path, { "if-none-match": first.headers.etag! })).status, 304);
    const head = await host.request("HEAD", path);
    t.is(head.status, 200);
    t.is(head.text, "");
    t.is(head.headers.etag, first.headers.etag);
  }
});

test("what the owner says about the show stands in the feed; its identity stays", async (t) => {
  const { host, episode, feed } = await open(t);
  await episode();
  const before = one(await feed(), "podcast:guid")!.text;
  t.is(before, guidOfAddress(`${host.blog.url}podcast.xml`));
  await host.set("podcast", {
    title: "Birds & <more>",
    author: "Kim",
    ownerEmail: "kim@kim.example",
    category: "Science › Nature",
    type: "serial",
    explicit: true,
    fundingUrl: "https://kim.example/support",
    copyright: "© Kim",
    language: "pt-BR",
  });

  const channel = await feed();

  t.is(one(channel, "title")!.text, "Birds & <more>");
  t.is(one(channel, "podcast:guid")!.text, before);
  t.is(one(channel, "language")!.text, "pt-br");
  t.is(one(channel, "copyright")!.text, "© Kim");
  t.is(one(channel, "itunes:type")!.text, "serial");
  t.is(one(channel, "itunes:explicit")!.text, "true");
  t.is(one(one(channel, "itunes:owner")!, "itunes:email")!.text, "kim@kim.example");
  const category = one(channel, "itunes:category")!;
  t.deepEqual([category.attributes.text, one(category, "itunes:category")!.attributes.text], ["Science", "Nature"]);
  t.deepEqual(
    [one(channel, "podcast:funding")!.attributes.url, one(channel, "podcast:funding")!.text],
    ["https://kim.example/support", "Support the show"],
  );
  t.deepEqual(
    [one(channel, "podcast:locked")!.text, one(channel, "podcast:locked")!.attributes.owner],
    ["yes", "kim@kim.example"],
  );

  await host.set("podcast", { guid: "917393E3-1B1E-5CEF-ACE4-EDAA54E1F810" });
  t.is(one(await feed(), "podcast:guid")!.text, "917393e3-1b1e-5cef-ace4-edaa54e1f810");
});

test("chapters and transcript are served beside the post, and nowhere once it is private", async (t) => {
  const { host, episode, feed } = await open(t);
  const chapters =
    "00:00 Begin\n00:45 https://lee.example/reeds\n1:02:03 - End & <b> https://kim.example/end https://kim.example/end.jpg\n\n00:30,5 Middle";
  const post = await episode({
    properties: { podcast: { chapters, transcript: vtt, people: [{ name: "Lee", role: "guest", url: "https://lee.example/" }] } },
  });
  const [item] = all(await feed(), "item");
  const addressIn = (name: string) => new URL(one(item!, name)!.attributes.url!).pathname;

  const served = await host.get(addressIn("podcast:chapters"));
  t.is(served.headers["content-type"], "application/json+chapters");
  t.deepEqual(served.json(), {
    version: "1.2.0",
    title: "One",
    chapters: [
      { startTime: 0, title: "Begin" },
      { startTime: 30.5, title: "Middle" },
      { startTime: 45, title: "lee.example", url: "https://lee.example/reeds" },
      { startTime: 3723, title: "End & <b>", url: "https://kim.example/end", img: "https://kim.example/end.jpg" },
    ],
  });
  const transcript = await host.get(addressIn("podcast:transcript"));
  t.is(transcript.headers["content-type"], "text/vtt; charset=utf-8");
  t.is(transcript.headers["x-content-type-options"], "nosniff");
  t.is(
    transcript.text,
    "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Kim>Hello therealert(1)\n\n00:00:03.000 --> 00:00:04.000\nYes\n",
  );
  t.deepEqual([one(item!, "podcast:person")!.text, one(item!, "podcast:person")!.attributes.role], ["Lee", "guest"]);

  const page = (await host.get(post.path)).text;
  t.is(page.split("<audio").length, 2, "one player");
  t.regex(
    page,
    /<audio class="u-audio" controls preload="metadata" src="https:\/\/far\.example\/one\.mp3" aria-label="Player: One">/,
  );
  t.regex(page, /<time class="dt-duration" datetime="PT62M3S">1:02:03<\/time>/);
  t.regex(page, /href="https:\/\/far\.example\/one\.mp3#t=30\.5"/);
  t.regex(page, /End &amp; &lt;b&gt;/);
  t.regex(page, /Kim: Hello therealert\(1\)/);
  t.notRegex(page, /<script>alert/);
  const list = (await host.get("/")).text;
  t.is(list.split("<audio").length, 2);
  t.notRegex(list, /podcast-transcript/);

  await host.publish({ id: post.id, visibility: "private" });
  for (const name of ["podcast:chapters", "podcast:transcript"]) t.is((await host.get(addressIn(name))).status, 404);
  t.deepEqual(host.failures(), []);
});

test("what an app or an import says that directories would not take is not in the feed", async (t) => {
  const { host, episode, feed } = await open(t);
  await host.set("podcast", { title: "t".repeat(300), author: "a".repeat(300) });
  const says = (podcastSays: Record<string, unknown>) =>
    episode({ title: "x".repeat(300), properties: { podcast: podcastSays as never } });
  await says({ guid: " same ", image: "javascript:alert(1)" });
  const second = await says({ guid: "same", people: [{ name: "Lee", role: "co-host" }] });
  const third = await says({ guid: "  " });

  const channel = await feed();

  const items = all(channel, "item");
  t.deepEqual(
    items.map((item) => one(item, "guid")!.text),
    [third.id, second.id, "same"],
  );
  t.is(one(items[2]!, "itunes:image"), undefined);
  const long = [one(channel, "title"), one(channel, "itunes:author"), one(items[0]!, "title"), one(items[0]!, "itunes:title")];
  t.deepEqual(
    long.map((node) => node!.text.length),
    [255, 255, 255, 255],
  );
  t.regex((await host.get(second.path)).text, /Lee <span class="podcast-role">co-host</);
});

test("whoever sets the show up is answered in their own language, not in the blog's", async (t) => {
  const plugins = [
    { plugin: feeds, folder: feedsFolder },
    { plugin: podcast, folder: import.meta.dirname },
  ];
  const host = await createTestHost(t, { plugins, dashboard: true, blogs: [{ host: "kim.example", language: "de" }] });
  const kim = await host.as("kim");
  t.regex(
    (await kim.post("/b/kim.example/settings/plugins/podcast/test/cover", {})).text,
    /There is no cover yet; directories need one\./,
  );
  const { id, version } = await host.publish({ title: "One", audio: [sound] });
  const said = { content: "More", version: String(version), "panels[]": "podcast.episode", intent: "update" };
  const refused = await kim.post(`/b/kim.example/posts/${id}/edit`, { ...said, "panel.podcast.episode.chapters": "no time" });
  t.is(refused.status, 422);
  t.regex(refused.text, /Line 1 of the chapters does not begin with a time/);
});

test("what makes no sense is refused with a sentence", async (t) => {
  const { episode } = await open(t);
  const refused = (podcastSays: Record<string, string>) => episode({ properties: { podcast: podcastSays } });
  await t.throwsAsync(refused({ chapters: "00:00 A\nno time" }), {
    message: "Line 2 of the chapters does not begin with a time such as 04:30.",
  });
  await t.throwsAsync(refused({ chapters: "00:00 A\n".repeat(100_000) }), {
    message: /500 chapters at most|too long|properties/i,
  });
  await t.throwsAsync(refused({ chapters: "00:00 A\n".repeat(501) }), { message: "An episode can have 500 chapters at most." });
  await t.throwsAsync(refused({ transcript: "a".repeat(150_001) }), { message: /longer than 150,000/ });
  await t.throwsAsync(episode({ publishedAt: "yesterday-ish" }), { message: /date cannot be read/ });
});

test("off, a post keeps its sound and the theme its player; on again, all is there", async (t) => {
  const { host, episode } = await open(t);
  const post: Post = await episode({ properties: { podcast: { episode: 1 } } });

  await host.house.host.disable("podcast");

  const page = (await host.get(post.path)).text;
  t.regex(page, /<audio class="u-audio" controls preload="none" src="https:\/\/far\.example\/one\.mp3">/);
  t.is((await host.get("/podcast.xml")).status, 404);
  const edited = await host.publish({ id: post.id, text: "Edited meanwhile" });
  t.deepEqual([edited.audio.length, edited.properties.podcast], [1, { episode: 1 }]);
  await host.house.host.enable("podcast");
  t.regex((await host.get(post.path)).text, /Episode 1/);
});

test("times, identities and transcripts", (t) => {
  t.deepEqual([5, 245, 3723, 28_800, Number.NaN].map(durationText), ["0:05", "4:05", "1:02:03", "8:00:00", ""]);
  // The example of the specification.
  t.is(guidOfAddress("https://podnews.net/rss"), "9b024349-ccf0-5f69-a609-6b82873eab3c");
  t.is(guidOfAddress("podnews.net/rss/"), guidOfAddress("https://podnews.net/rss"));
  t.deepEqual(chaptersOf("5 minutes in"), { key: "chapter-time", line: 1 });
  const srt = "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nHi &amp; bye\r\n\r\n2\r\n00:00:09,000 --> 00:00:08,000\r\nbackwards";
  t.like(transcriptOf(srt), { file: "vtt", body: "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHi &amp; bye\n", text: "Hi & bye" });
  t.like(transcriptOf("Just <img src=x onerror=alert(1)>words"), { file: "txt", text: "Just words" });
  t.is(transcriptOf("<".repeat(149_000))?.file, "txt");
});

test("the archive of a blog has its show, with the guid by which directories know it", async (t) => {
  const { host, episode, feed } = await open(t);
  t.deepEqual(await host.kept(host.account, { blog: host.blog }), {});
  await episode();
  await host.set("podcast", { title: "Herons" });

  const files = await host.kept(host.account, { blog: host.blog });

  const guid = one(await feed(), "podcast:guid")!.text;
  t.like(JSON.parse(files["podcast/show.json"]!), { title: "Herons", guid });
});
