import test from "ava";
import type { Blog, Category, Post, Reply } from "rookery/plugin";
import { parseXml, type XmlNode } from "rookery/plugin";
import type { Feed } from "./feed.ts";
import feeds from "./plugin.ts";

const blog: Blog = {
  id: "01JBLOG0000000000000000000",
  host: "kim.example",
  url: "https://kim.example/",
  title: "Kim & <Co>",
  description: 'Notes from "here"',
  language: "en-GB",
  timeZone: "Europe/Berlin",
  theme: "perch",
  ownerId: "01JKIM00000000000000000000",
  settings: {},
  createdAt: "2026-01-01T00:00:00.000Z",
};
const travel: Category = { id: "01JTRAVEL00000000000000000", name: "Travel & food", slug: "travel-food", description: "" };

const hostile = 'A <b>bold</b> & "quoted" ]]> title\u0008 with \ud83d\udc26';

function post(given: Partial<Post> = {}): Post {
  return {
    id: "01JPOST0000000000000000000",
    number: 7,
    blogId: blog.id,
    authorId: blog.ownerId,
    kind: "article",
    status: "published",
    visibility: "public",
    isListed: true,
    slug: "hello",
    path: "/2026/11/24/hello",
    url: "https://kim.example/2026/11/24/hello",
    title: "Hello",
    summary: "",
    format: "markdown",
    source: "Hello *there*",
    html: "<p>Hello <em>there</em></p>",
    language: "",
    properties: {},
    photos: [],
    audio: [],
    categories: [],
    version: 1,
    publishedAt: "2026-11-24T09:30:00.000Z",
    createdAt: "2026-11-24T09:30:00.000Z",
    updatedAt: "2026-11-24T09:30:00.000Z",
    ...given,
  };
}

type Asked = { posts?: readonly Post[]; settings?: object; hooks?: Record<string, (value: never) => unknown> };

/** A context as the host makes it, as far as the plugin uses one. */
function contextOf({ posts = [post()], settings = {}, hooks = {} }: Asked) {
  const called: [string, unknown][] = [];
  const context = {
    blog,
    settings: { items: 25, content: "full", ...settings },
    posts: {
      list: async ({ limit, category }: { limit: number; category?: string }) =>
        posts.filter((one) => !category || one.categories.some(({ slug }) => slug === category)).slice(0, limit),
      categories: async () => [travel],
    },
    async call(name: string, value: unknown) {
      if (name === "topics.hubs") return [];
      called.push([name, value]);
      return hooks[name] ? hooks[name](value as never) : value;
    },
  };
  return { context, called };
}

async function read(path: string, asked: Asked = {}): Promise<Reply> {
  const slug = /^\/categories\/([^/]+)\//.exec(path)?.[1];
  const route = feeds.routes!.find((one) => one.path === path.replace(/categories\/[^/]+/, "categories/:slug"))!;
  const { context } = contextOf(asked);
  return route.run({ method: "GET", path, params: slug ? { slug } : {}, context } as never);
}

type JsonFeed = Record<string, unknown> & { items: (Record<string, unknown> & { title?: string })[] };

const xmlOf = async (path: string, asked?: Asked) => parseXml((await read(path, asked)).text!);
const all = (node: XmlNode, name: string): XmlNode[] => node.children.filter((child) => child.name === name);
const textOf = (node: XmlNode, name: string): string | undefined => all(node, name)[0]?.text;
const itemsOf = (rss: XmlNode) => all(all(rss, "channel")[0]!, "item");
const jsonOf = async (path: string, asked?: Asked) => JSON.parse((await read(path, asked)).text!) as JsonFeed;

test("each format has its media type, may be cached and names itself in a Link header", async (t) => {
  const replies = await Promise.all(["/feed.xml", "/atom.xml", "/feed.json"].map((path) => read(path)));

  t.deepEqual(
    replies.map((reply) => reply.headers!["content-type"]),
    ["application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8", "application/feed+json"],
  );
  t.true(replies.every((reply) => reply.cache));
  t.is(replies[0]!.headers!.link, '<https://kim.example/feed.xml>; rel="self"');
  t.true(replies[0]!.text!.startsWith("<?xml"));
});

test("addresses that feeds of other systems have lead to the blog's", async (t) => {
  for (const path of ["/feed", "/feed/", "/rss.xml", "/index.xml"])
    t.deepEqual(await read(path), { status: 301, redirect: "https://kim.example/feed.xml" }, path);
});

test("RSS has what the specification asks for", async (t) => {
  const channel = all(await xmlOf("/feed.xml"), "channel")[0]!;
  const [item] = all(channel, "item");

  t.is(textOf(channel, "title"), "Kim & <Co>");
  t.is(textOf(channel, "link"), "https://kim.example/");
  t.is(textOf(channel, "description"), 'Notes from "here"');
  t.is(textOf(channel, "language"), "en-gb");
  t.is(textOf(channel, "lastBuildDate"), "Tue, 24 Nov 2026 09:30:00 GMT");
  t.is(all(channel, "atom:link")[0]!.attributes.href, "https://kim.example/feed.xml");
  t.is(textOf(item!, "pubDate"), "Tue, 24 Nov 2026 09:30:00 GMT");
  t.is(textOf(item!, "guid"), "https://kim.example/2026/11/24/hello");
  t.is(all(item!, "guid")[0]!.attributes.isPermaLink, "true");
  t.is(textOf(item!, "content:encoded"), "<p>Hello <em>there</em></p>");
  t.is(textOf(item!, "source:markdown"), "Hello *there*");
  t.is(textOf(item!, "description"), "Hello there");
});

test("Atom has what the specification asks for", async (t) => {
  const feed = await xmlOf("/atom.xml");
  const [entry] = all(feed, "entry");

  t.is(feed.uri, "http://www.w3.org/2005/Atom");
  for (const name of ["id", "title", "updated"]) {
    t.is(all(feed, name).length, 1);
    t.is(all(entry!, name).length, 1);
  }
  t.is(textOf(all(feed, "author")[0]!, "name"), "Kim & <Co>");
  t.is(textOf(entry!, "content"), "<p>Hello <em>there</em></p>");
  t.is(all(entry!, "content")[0]!.attributes.type, "html");
  t.is(textOf(entry!, "published"), "2026-11-24T09:30:00.000Z");
});

test("a note has no title in RSS and JSON Feed and an empty one in Atom", async (t) => {
  const posts = [post({ kind: "note", title: "" })];

  const [item] = itemsOf(await xmlOf("/feed.xml", { posts }));
  t.deepEqual(all(item!, "title"), []);
  t.is(textOf(item!, "description"), "Hello there");
  t.is(textOf(all(await xmlOf("/atom.xml", { posts }), "entry")[0]!, "title"), "");
  t.false("title" in (await jsonOf("/feed.json", { posts })).items[0]!);
});

test("hostile titles, texts and names come out as they were written, without what XML forbids", async (t) => {
  const evil: Category = { ...travel, name: hostile };
  const posts = [post({ title: hostile, summary: hostile, source: hostile, categories: [evil] })];
  const clean = hostile.replace("\u0008", "");

  const [item] = itemsOf(await xmlOf("/feed.xml", { posts }));
  const [entry] = all(await xmlOf("/atom.xml", { posts }), "entry");

  for (const name of ["title", "description", "category", "source:markdown"]) t.is(textOf(item!, name), clean);
  t.is(textOf(entry!, "title"), clean);
  t.is(all(entry!, "category")[0]!.attributes.term, clean);
  t.is((await jsonOf("/feed.json", { posts })).items[0]!.title, hostile);
});

test("a lone surrogate does not break the JSON", async (t) => {
  const { items } = await jsonOf("/feed.json", { posts: [post({ title: "half \ud83d" })] });

  t.is(items[0]!.title, "half \ufffd");
});

test("addresses in the text are absolute, words that look like one are left alone", async (t) => {
  const html =
    '<p>Say href="/x" <a href="/about?a=1&amp;b=2">a</a> <a href="#note">n</a> <img src="/media/b.jpg" srcset="/media/b.jpg 1x, /media/c.jpg 2x"> ' +
    '<a href="mailto:kim@kim.example">m</a></p>';
  const { items } = await jsonOf("/feed.json", { posts: [post({ html })] });

  t.is(
    items[0]!.content_html,
    '<p>Say href="/x" <a href="https://kim.example/about?a=1&amp;b=2">a</a> <a href="https://kim.example/2026/11/24/hello#note">n</a> ' +
      '<img src="https://kim.example/media/b.jpg" srcset="https://kim.example/media/b.jpg 1x, https://kim.example/media/c.jpg 2x"> ' +
      '<a href="mailto:kim@kim.example">m</a></p>',
  );
});

test("photos that the text does not show are added to it with their descriptions", async (t) => {
  const photos = [
    { url: "/media/nest.jpg", alt: 'A "nest"', width: 800, height: 600 },
    { url: "/media/in-text.jpg", alt: "" },
  ];
  const posts = [post({ html: '<p><img src="/media/in-text.jpg" alt=""></p>', photos })];
  const { items } = await jsonOf("/feed.json", { posts });

  t.is(
    items[0]!.content_html,
    '<p><img src="https://kim.example/media/in-text.jpg" alt=""></p>' +
      '<p><img src="https://kim.example/media/nest.jpg" alt="A &quot;nest&quot;" width="800" height="600"></p>',
  );
  t.is(items[0]!.image, "https://kim.example/media/nest.jpg");
});

test("an episode carries its sound so that podcast players can play it", async (t) => {
  const audio = [{ url: "/media/one.mp3", type: "audio/mpeg", bytes: 1234, seconds: 60 }];
  const posts = [post({ kind: "audio", audio })];

  const [item] = itemsOf(await xmlOf("/feed.xml", { posts }));
  t.deepEqual(
    { ...all(item!, "enclosure")[0]!.attributes },
    { url: "https://kim.example/media/one.mp3", length: "1234", type: "audio/mpeg" },
  );
  const entry = all(await xmlOf("/atom.xml", { posts }), "entry")[0]!;
  t.is(all(entry, "link").find((link) => link.attributes.rel === "enclosure")!.attributes.length, "1234");
  t.deepEqual((await jsonOf("/feed.json", { posts })).items[0]!.attachments, [
    { url: "https://kim.example/media/one.mp3", mime_type: "audio/mpeg", size_in_bytes: 1234, duration_in_seconds: 60 },
  ]);
});

test("a category's feed has its posts, title and addresses", async (t) => {
  const posts = [post({ categories: [travel] }), post({ title: "Elsewhere" })];
  const feed = await jsonOf("/categories/travel-food/feed.json", { posts });

  t.is(feed.title, "Kim & <Co>: Travel & food");
  t.is(feed.feed_url, "https://kim.example/categories/travel-food/feed.json");
  t.is(feed.home_page_url, "https://kim.example/categories/travel-food");
  t.deepEqual(
    feed.items.map((item) => item.title),
    ["Hello"],
  );
  t.deepEqual(feed.items[0]!.tags, ["Travel & food"]);
});

test("the feed of a category that is not there answers 404", async (t) => {
  t.is((await read("/categories/nothing/feed.xml")).status, 404);
});

test("the owner chooses how many posts and how much of each", async (t) => {
  const posts = [post({ summary: "In short" }), post({ title: "Second" })];
  const settings = { items: 1, content: "summary" };

  const { items } = await jsonOf("/feed.json", { posts, settings });
  const [item, ...rest] = itemsOf(await xmlOf("/feed.xml", { posts, settings }));

  t.is(items.length, 1);
  t.is(items[0]!.content_text, "In short");
  t.false("content_html" in items[0]!);
  t.deepEqual(rest, []);
  t.deepEqual([...all(item!, "content:encoded"), ...all(item!, "source:markdown")], []);
});

test("a blog without posts still has valid feeds", async (t) => {
  t.is(itemsOf(await xmlOf("/feed.xml", { posts: [] })).length, 0);
  t.is(textOf(await xmlOf("/atom.xml", { posts: [] }), "updated"), blog.createdAt);
  t.deepEqual((await jsonOf("/feed.json", { posts: [] })).items, []);
});

test("other plugins add hubs and elements, and cannot break the XML with them", async (t) => {
  const hooks = {
    "feed.build": (feed: Feed) => ({
      ...feed,
      hubs: ["https://hub.example/"],
      namespaces: { itunes: "http://www.itunes.com/dtds/podcast-1.0.dtd" },
      extensions: [
        { name: "itunes:author", text: "Kim <b>" },
        { name: "bad name:x", text: "no" },
        { name: "unknown:thing", text: "no" },
        { name: "itunes:image", attributes: { href: 'https://kim.example/"a".jpg', "1 bad": "no" } },
      ],
      json: { _podcast: { author: "Kim" }, title: "stolen" },
    }),
    "post.summary": () => "From another plugin",
  };

  const reply = await read("/feed.xml", { hooks });
  const channel = all(parseXml(reply.text!), "channel")[0]!;
  t.is(reply.headers!.link, '<https://hub.example/>; rel="hub", <https://kim.example/feed.xml>; rel="self"');
  t.is(all(channel, "atom:link")[1]!.attributes.rel, "hub");
  t.is(textOf(channel, "itunes:author"), "Kim <b>");
  t.deepEqual({ ...all(channel, "itunes:image")[0]!.attributes }, { href: 'https://kim.example/"a".jpg' });
  t.deepEqual(all(channel, "unknown:thing"), []);
  t.is(textOf(all(channel, "item")[0]!, "description"), "From another plugin");
  const json = await jsonOf("/feed.json", { hooks });
  t.deepEqual(json["_podcast"], { author: "Kim" });
  t.is(json.title, blog.title);
  t.deepEqual(json.hubs, [{ type: "WebSub", url: "https://hub.example/" }]);
});

test("pages link to the feeds, a category's page to its own first", async (t) => {
  const head = feeds.hooks!["page.head"] as unknown as (value: object, context: object) => { attributes: { href: string } }[];
  const hrefs = (page: object) => head({ page }, { blog }).map((tag) => tag.attributes.href);

  t.deepEqual(hrefs({ type: "home", path: "/", url: blog.url, title: "" }), ["/feed.xml", "/atom.xml", "/feed.json"]);
  t.deepEqual(hrefs({ type: "category", path: "/categories/travel-food", url: "", title: "Travel" }).slice(0, 3), [
    "/categories/travel-food/feed.xml",
    "/categories/travel-food/atom.xml",
    "/categories/travel-food/feed.json",
  ]);
});

test("publishing says which feeds changed; an unlisted post and a page change none", async (t) => {
  const published = feeds.hooks!["post.published"] as { run(value: object, context: object): Promise<void> };
  const { context, called } = contextOf({});

  await published.run({ post: post({ visibility: "unlisted" }) }, context);
  await published.run({ post: post({ kind: "page" }) }, context);
  t.deepEqual(called, []);

  await published.run({ post: post({ categories: [travel] }) }, context);
  t.is(called[0]![0], "feed.published");
  t.is((called[0]![1] as { feeds: string[] }).feeds.length, 6);
});
