import test, { type ExecutionContext } from "ava";
import { definePlugin, parseMicroformats, parseXml, type Json } from "rookery/plugin";
import { createTestHost, pluginContract, type TestHost } from "rookery/testing";
import feeds from "../feeds/plugin.ts";
import type { PhotoCollection, PhotoCollections } from "./api.ts";
import photos from "./plugin.ts";
import { photographed } from "./picture.testing.ts";

const feedsFolder = new URL("../feeds", import.meta.url).pathname;
pluginContract(test, import.meta.dirname, { requires: [feedsFolder] });

type Asked = { upload?: string; name?: string; ask?: [keyof PhotoCollections, ...unknown[]]; facts?: string };

/** Uploads for the tests, and asks for collections as another plugin does. */
const helper = definePlugin({
  id: "helper",
  name: "Helper",
  description: "Asks.",
  version: "1.0.0",
  api: 1,
  requires: { plugins: { photos: "*" } },
  capabilities: ["media:write"],
  hooks: { "topics.hubs": () => ["https://hub.example.org/"] },
  routes: [
    {
      method: "POST",
      path: "/ask",
      on: "blog",
      access: "public",
      body: "json",
      async run({ context, json }) {
        const { upload, name = "heron.jpg", ask, facts } = (await json()) as unknown as Asked;
        if (upload !== undefined)
          return { json: await context.media.store({ bytes: Buffer.from(upload, "base64"), name, alt: `What ${name} shows` }) };
        if (facts !== undefined) return { json: (await context.media.byUrls([facts])).get(facts) };
        const [method, ...values] = ask!;
        const question = (service: PhotoCollections) => (service[method] as (...all: unknown[]) => Promise<unknown>)(...values);
        return { json: (await context.ask("photo.collections", "photos", question)) ?? null };
      },
    },
  ],
});

async function open(t: ExecutionContext, values: { readonly [name: string]: Json } = {}, dashboard = false): Promise<TestHost> {
  const plugins = [{ plugin: feeds, folder: feedsFolder }, { plugin: photos, folder: import.meta.dirname }, helper];
  const host = await createTestHost(t, { plugins, dashboard });
  await host.set("photos", values);
  return host;
}

async function told(host: TestHost, asked: Asked) {
  const { status, text } = await host.request({ method: "POST", path: "/ask", json: asked });
  return { status, value: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text };
}
const upload = async (host: TestHost, name: string) =>
  (await told(host, { upload: photographed, name })).value as { url: string; id: string };
const ask = async (host: TestHost, ...asked: NonNullable<Asked["ask"]>) =>
  (await told(host, { ask: asked })).value as PhotoCollection;

const photo = (name: string, alt = `What ${name} shows`) => ({
  url: `https://far.example/${name}.jpg`,
  alt,
  width: 300,
  height: 200,
});

test("the page of photos has every listed photo by months, newest first, and goes on by links", async (t) => {
  const host = await open(t);
  t.regex((await host.get("/photos")).text, /no photos yet/);
  await host.publish({ text: "No photo" });
  await host.publish({ photos: [photo("secret")], visibility: "private" });
  await host.publish({ photos: [photo("quiet")], visibility: "unlisted" });
  await host.publish({ photos: [photo("draft")], status: "draft" });
  for (let day = 1; day <= 26; day++) {
    const publishedAt = `2026-0${day < 14 ? 3 : 4}-${String(day).padStart(2, "0")}T10:00:00Z`;
    await host.publish({ photos: [photo(`p${day}a`), photo(`p${day}b`, "")], publishedAt, text: day === 26 ? "Reeds" : "" });
  }

  const first = await host.get("/photos");

  t.is(first.status, 200);
  t.notRegex(first.text, /secret|quiet|draft\.jpg|p2a\.jpg/);
  const shown = [...first.text.matchAll(/far\.example\/(p\d+[ab])\.jpg/g)].map((match) => match[1]);
  t.deepEqual(shown.slice(0, 4), ["p26a", "p26b", "p25a", "p25b"]);
  t.deepEqual(
    [...first.text.matchAll(/<h2>(.*?)<\/h2>/g)].map((match) => match[1]),
    ["April 2026", "March 2026"],
  );
  t.regex(first.text, /alt="What p26a shows" width="300" height="200"/);
  t.regex(
    first.text,
    /aria-label="Photo of 25 April 2026"|aria-label="Photo of April 25, 2026"/,
    "a photo without a description has a named link",
  );
  t.regex(first.text, /<title>Photos/);
  const [feed] = (await parseMicroformats(first.text, "https://kim.example/photos"))!.items.filter(({ type }) =>
    type?.includes("h-feed"),
  );
  const entry = feed!.children![0]!;
  t.is(feed!.children!.length, 24);
  t.is((entry.properties.photo as unknown[]).length, 2);
  t.deepEqual(entry.properties.name, ["Reeds"]);
  t.regex(String(entry.properties.url), /^http.*kim\.example/);

  const next = /rel="next" href="([^"]+)"/.exec(first.text)![1]!;
  const second = await host.get(next);
  t.deepEqual(
    [...second.text.matchAll(/far\.example\/(p\d+a)\.jpg/g)].map((match) => match[1]),
    ["p2a", "p1a"],
  );
  t.regex(second.text, /rel="canonical" href="[^"]*after=/);
  t.is((await host.get("/photos?after=01ARZ3NDEKTSV4RRFFQ69G5FAV")).status, 404);
  t.is((await host.get("/photos?after=%27%22")).status, 200);
});

test("a post with photos is told to those who follow the feeds of photos, others are not", async (t) => {
  const host = await open(t);
  const topics = async (draft: Parameters<TestHost["publish"]>[0]) => {
    const post = await host.publish(draft);
    const found = await host.scope().taps.collect(host.scope(), "topics.of", { post });
    return found.filter((url) => url.includes("/photos/"));
  };
  const feeds = ["photos/index.json", "photos/feed.xml"].map((path) => host.blog.url + path);
  t.deepEqual(await topics({ photos: [photo("one")] }), feeds);
  t.deepEqual(await topics({ photos: [photo("two")], visibility: "unlisted" }), []);
  t.deepEqual(await topics({ text: "No photo" }), []);
});

test("the feeds have pictures, thumbnails and descriptions; pages lead to them as soon as there is a photo", async (t) => {
  const host = await open(t);
  t.notRegex((await host.get("/")).text, /photos\/index\.json/);
  const post = await host.publish({ photos: [photo("one"), photo("two", 'A "quoted" & <odd> one')], text: "Reeds" });
  await host.publish({ text: "No photo" });

  t.regex((await host.get("/")).text, /rel="alternate" type="application\/feed\+json"[^>]*href="\/photos\/index\.json"/);
  const answer = await host.get("/photos/index.json");
  const feed = answer.json() as { version: string; items: { [name: string]: unknown }[] };
  t.is(feed.version, "https://jsonfeed.org/version/1.1");
  t.is(feed.items.length, 1);
  const { url: thumbnail } = photo("one");
  const sizes = { small: thumbnail, medium: thumbnail, large: thumbnail };
  t.like(feed.items[0], { url: post.url, image: thumbnail, ["_microblog"]: { thumbnail_url: thumbnail, sizes } });
  t.like(feed.items[0]!["_photos"], [{ alt: "What one shows", width: 300 }, { alt: 'A "quoted" & <odd> one' }]);
  t.like(feed, { hubs: [{ type: "WebSub", url: "https://hub.example.org/" }] });
  t.regex(
    (await host.get("/photos/feed.xml")).text,
    /href="https:\/\/hub\.example\.org\/"[^>]*rel="hub"|rel="hub"[^>]*hub\.example\.org/,
  );
  const headers = { "if-none-match": answer.headers.etag! };
  t.is((await host.request({ path: "/photos/index.json", headers })).status, 304);
  const head = await host.request({ method: "HEAD", path: "/photos/index.json" });
  t.deepEqual([head.status, head.text, head.headers.etag], [200, "", answer.headers.etag]);

  const rss = parseXml((await host.get("/photos/feed.xml")).text).children[0]!.children.filter(({ name }) => name === "item");
  const contents = rss[0]!.children.filter(({ name }) => name === "media:content");
  t.deepEqual(
    contents.map(({ attributes }) => attributes.url),
    [photo("one").url, photo("two").url],
  );
  t.is(contents[1]!.children.find(({ name }) => name === "media:description")!.text, 'A "quoted" & <odd> one');
});

test("how many photos a post has, and whether they are described, is checked; what is there already can still be changed", async (t) => {
  const host = await open(t, { perPost: 2 });
  const three = [photo("a"), photo("b"), photo("c")];
  await t.throwsAsync(host.publish({ photos: three }), { message: /at most/ });
  await host.set("photos", { perPost: 3 });
  const old = await host.publish({ photos: three.map((one) => ({ ...one, alt: "" })) });
  await host.set("photos", { perPost: 2, descriptions: "refuse" });
  await host.edit(old, { content: "Still here" });
  await t.throwsAsync(host.publish({ photos: [photo("a", " ")] }), { message: /with a description/ });
  await host.publish({ photos: [photo("a", " ")], status: "draft" });
  await host.publish({ photos: [{ ...photo("a", ""), decorative: true }] });
});

test("camera facts are kept and shown where a blog wants them, and place, owner and serial number never", async (t) => {
  const host = await open(t);
  const plain = await upload(host, "plain.jpg");
  await host.set("photos", { keepFacts: true });
  const kept = await upload(host, "kept.jpg");
  const facts = async ({ url }: { url: string }) => (await told(host, { facts: url })).value.facts;
  t.is(await facts(plain), undefined);
  t.deepEqual(await facts(kept), {
    camera: "Box 4",
    lens: "Box 35mm f/2",
    focalLength: 35,
    aperture: 4,
    exposure: 0.004,
    iso: 200,
    takenAt: "2026-04-30T18:05:00",
  });
  const post = await host.publish({ photos: [plain, kept].map(({ url }) => ({ url, alt: "Reeds" })) });

  const page = (await host.get(post.path)).text;

  t.regex(
    page,
    /Photo 2:<\/span> <span>Box 4<\/span> · <span>Box 35mm f\/2<\/span> · <span>35 mm<\/span> · <span>f\/4<\/span> · <span>1\/250 s/,
  );
  t.regex(page, /ISO 200<\/span> · <span>taken .*2026.*6:05/);
  t.notRegex(page + JSON.stringify(await facts(kept)), /SERIAL|Owner|52\.|Artist/);
  t.notRegex((await host.get("/")).text, /ISO 200/, "only on its own page");
  await host.set("photos", { keepFacts: false });
  t.notRegex((await host.get(post.path)).text, /ISO 200/);
});

test("a collection has a page, is shown in posts, and posts follow what becomes of it", async (t) => {
  const host = await open(t);
  const [one, two] = [await upload(host, "one.jpg"), await upload(host, "two.jpg")];
  await host.runJobs();
  const code = (name: string) => `{{< collection "${name}" >}}`;
  const post = await host.publish({
    title: "A trip",
    text: `Look:\n\n${code("Trips & more")}\n\n\`${code("Trips & more")}\`\n\nand ${code("trips &  MORE")} there`,
  });
  const html = async () => (await host.stored(post))!.html;
  t.false((await html()).includes("<img"), "nothing for a name that no collection has");
  t.true((await html()).includes("<code>{{&lt; collection"), "what is quoted stays");

  const made = await ask(host, "create", " Trips &  more ");
  t.like(made, { name: "Trips & more", slug: "trips-more", url: `${host.blog.url}photos/collections/trips-more`, photos: [] });
  t.is((await told(host, { ask: ["create", "trips & MORE"] })).status, 409);
  t.is((await told(host, { ask: ["create", 'a "b"'] })).status, 422);
  t.is((await told(host, { ask: ["add", made.url, ["https://far.example/x.jpg"]] })).status, 422);
  t.is((await told(host, { ask: ["add", "nowhere", [one.url]] })).status, 404);
  const filled = await ask(host, "add", made.url, [one.url, two.url, one.url]);
  t.deepEqual(filled.photos, [one.url, two.url]);
  const settle = async () => {
    host.clock.advance({ seconds: 15 });
    await host.runJobs();
  };
  await settle();
  t.is((await html()).split("<img").length - 1, 4, "both places show both pictures");
  t.regex(
    await html(),
    /<div class="photos-collection photos-[0-9a-f]{12}"><a href="[^"]+"><img src="[^"]+" srcset="[^"]+" sizes="[^"]+" alt="What one.jpg shows" width="300" height="200"/,
  );
  const described = await host.publish({ text: `![${code("Trips & more")}](${one.url})`, photos: [] });
  t.regex(
    described.html,
    /^<p><img [^>]*alt="{{&lt; collection &quot;Trips &amp; more&quot; &gt;}}"[^>]*><\/p>\s*$/,
    "no tag is torn",
  );
  const many = await host.publish({ text: `${code("Trips & more")}\n\n`.repeat(200) });
  t.is(many.html.split("photos-collection").length - 1, 20, "a post has room for so many");
  const { version } = (await host.stored(post))!;
  await settle();
  t.is((await host.stored(post))!.version, version, "nothing changed, nothing is published");

  const page = await host.get("/photos/collections/trips-more");
  t.is(page.status, 200);
  t.regex(page.text, /<h1[^>]*>Trips &amp; more<\/h1>/);
  t.regex(page.text, /<source type="image\/avif" srcset="[^"]+ 200w/);
  t.true(page.text.indexOf("What one.jpg shows") < page.text.indexOf("What two.jpg shows"));
  t.is((await host.get("/photos/collections/none")).status, 404);

  await ask(host, "rename", made.slug, "Journeys");
  await ask(host, "removePhoto", made.slug, one.url);
  await settle();
  t.is((await html()).split("<img").length - 1, 2, "the old name goes on working, and the picture is gone");
  t.deepEqual((await ask(host, "list")) as unknown as object, [{ ...filled, name: "Journeys", photos: [two.url] }]);
  await ask(host, "remove", made.slug);
  await settle();
  t.false((await html()).includes("<img"));
  t.is((await host.get("/photos/collections/trips-more")).status, 404);
});

test("collections are made, filled, put in order, renamed and deleted by forms alone", async (t) => {
  const host = await open(t, {}, true);
  const [one, two] = [await upload(host, "one.jpg"), await upload(host, "two.jpg")];
  const kim = await host.as();
  const base = `/b/${host.blog.host}/x/photos`;
  t.regex((await kim.post(base, { name: '"' })).text, /no quotation marks/);
  const { headers } = await kim.post(base, { name: "Herbst 秋" });
  t.regex(headers.location!, /\/x\/photos\/herbst-/);
  const at = new URL(headers.location!, "http://hub.example").pathname;
  const added = await kim.post(at, { intent: "add", photo: [one.url, two.url] });
  t.is(added.status, 303, added.text.slice(0, 2000));
  await kim.post(at, { intent: "up", photo: two.url });
  const order = async () => ((await ask(host, "list")) as unknown as PhotoCollection[])[0]?.photos;
  t.deepEqual(await order(), [two.url, one.url]);
  await kim.post(at, { intent: "down", photo: two.url });
  t.deepEqual(await order(), [one.url, two.url]);
  await kim.post(at, { intent: "remove", photo: one.url });
  t.deepEqual(await order(), [two.url]);
  const screen = await kim.get(at);
  t.regex(screen.text, /\{\{&lt; collection &quot;Herbst 秋&quot; &gt;\}\}/);
  await kim.post(at, { intent: "rename", name: "Autumn" });
  t.regex((await kim.get(base)).text, /Autumn/);
  t.is((await kim.get(`${base}/none`)).status, 404);
  t.is((await (await host.as("lee")).get(base)).status, 404, "not a member of the blog");
  await kim.post(at, { intent: "delete" });
  t.regex((await kim.get(base)).text, /no collection yet/);
});

test("where a blog wants to be told, the dashboard names photos without descriptions", async (t) => {
  const host = await open(t, { descriptions: "warn" }, true);
  const kim = await host.as();
  await host.publish({ photos: [photo("a")] });
  t.notRegex((await kim.get("/")).text, /Photos without a description/);
  await host.publish({ photos: [photo("a", "")] });
  t.regex((await kim.get("/")).text, /Photos without a description/);
});

test("with the plugin off the core's own list is at /photos, and posts keep the pictures of their collections", async (t) => {
  const host = await open(t);
  const one = await upload(host, "one.jpg");
  const { slug } = await ask(host, "create", "Herons");
  await ask(host, "add", slug, [one.url]);
  const post = await host.publish({ text: '{{< collection "Herons" >}}' });
  await host.publish({ photos: [photo("a")] });
  t.regex((await host.get("/photos")).text, /photos-grid/);

  await host.house.host.disable("helper");
  await host.house.host.disable("photos");

  const plain = await host.get("/photos");
  t.is(plain.status, 200);
  t.notRegex(plain.text, /photos-grid/);
  t.regex(plain.text, /What a shows/);
  const page = (await host.get(post.path)).text;
  t.regex(page, /alt="What one.jpg shows"/);
  t.notRegex(page, /\{\{/);
  t.is((await host.get("/photos/index.json")).status, 404);
});

test("the archive of a blog has its collections", async (t) => {
  const host = await open(t);
  t.deepEqual(await host.kept(host.account, { blog: host.blog }), {});
  const heron = await upload(host, "heron.jpg");
  await ask(host, "create", "Birds");
  await ask(host, "add", "birds", [heron.url]);

  const files = await host.kept(host.account, { blog: host.blog });

  t.like(JSON.parse(files["photos/collections.json"]!), [{ slug: "birds", name: "Birds", photos: [heron.url] }]);
});
