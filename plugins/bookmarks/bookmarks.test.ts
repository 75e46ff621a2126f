import test, { type ExecutionContext } from "ava";
import { definePlugin, parseXml, type Json, type Post } from "rookery/plugin";
import { createTestHost, importerContract, pluginContract, type TestHost, type TestHostOptions } from "rookery/testing";
import feeds from "../feeds/plugin.ts";
import type { BookmarkStore } from "./api.ts";
import bookmarks from "./plugin.ts";

const feedsFolder = new URL("../feeds", import.meta.url).pathname;
const page = (words: string, head = "") =>
  `<html lang="en"><head><title>Herons — Lee</title>${head}</head><body><nav><a href="/">Home</a></nav><article><h1>Herons</h1>${`<p>${words}</p>`.repeat(8)}</article></body></html>`;
const words = "The heron stood in the water, quite still, and waited for the morning, as it did on every day of that spring.";
const network = (open: TestHost["network"]) => open.on("GET *", { html: page(words) });

pluginContract(test, import.meta.dirname, { requires: [feedsFolder], network });
importerContract(test, import.meta.dirname, {
  requires: [feedsFolder],
  network,
  file: {
    name: "bookmarks.html",
    bytes:
      '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF="https://lee.example/1">One</A><DT><A HREF="https://lee.example/2">Two</A></DL>',
  },
  posts: 2,
  hostile: { "an address that is none": '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="javascript:x">x</A>', nothing: "" },
});

const hub = definePlugin({
  id: "hub",
  name: "Hub",
  description: "Knows a hub.",
  version: "1.0.0",
  api: 1,
  hooks: { "topics.hubs": () => ["https://hub.example.org/"] },
});

async function open(t: ExecutionContext, values: { readonly [name: string]: Json } = {}, more: Partial<TestHostOptions> = {}) {
  const plugins = [{ plugin: feeds, folder: feedsFolder }, { plugin: bookmarks, folder: import.meta.dirname }, hub];
  const host = await createTestHost(t, { plugins, ...more } as TestHostOptions);
  await host.set("bookmarks", values);
  const ask = <T>(question: (store: BookmarkStore) => Promise<T>): Promise<T> => {
    const found = host.house.host.current.services(host.scope(), "bookmarks.store" as never) as unknown as {
      service: BookmarkStore;
    }[];
    return question(found[0]!.service);
  };
  return { host, ask, kim: host.account.id };
}

const keep = (url: string, more: object = {}) => ({ properties: { "bookmark-of": url }, ...more });

test("pages that are none, too large, slow, closed or hostile end in words, and the bookmark stays", async (t) => {
  const { host, ask, kim } = await open(t, { fetchTitles: false });
  const at = (name: string) => `https://lee.example/${name}`;
  const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));
  const answers: Readonly<Record<string, { answer: object; reason: string }>> = {
    pdf: { answer: { headers: { "content-type": "application/pdf" }, text: "%PDF" }, reason: "type" },
    large: { answer: { html: "x".repeat(5_100_000) }, reason: "too-large" },
    gone: { answer: { status: 410, html: "gone" }, reason: "missing" },
    closed: { answer: { status: 403, html: "no" }, reason: "forbidden" },
    empty: { answer: { html: "" }, reason: "unreadable" },
    deep: { answer: { html: "<div>".repeat(150_000) }, reason: "unreadable" },
    scripts: { answer: { html: "<script>document.write('words')</script>".repeat(1_000) }, reason: "unreadable" },
    nothing: {
      answer: { headers: { "content-type": "text/html; charset=no-such" }, bytes: new Uint8Array(4_000) },
      reason: "unreadable",
    },
  };
  for (const [name, { answer }] of Object.entries(answers)) host.network.on(`GET ${at(name)}`, answer as never);
  host.network.on(`GET ${at("down")}`, { fails: "reset" });
  host.network.on(`GET ${at("busy")}`, [{ status: 503 }, { html: page(words) }]);
  const latin = page(words.replace("heron", "h\u00e9ron"), '<meta charset="iso-8859-1">');
  host.network.on(`GET ${at("latin")}`, { headers: { "content-type": "text/html" }, bytes: bytes(latin, "latin1") });
  const evil = `${words} <a href="javascript:alert(1)">x</a><a href="next" onclick="alert(1)">next</a><iframe src="https://x.example"></iframe>\u0000`;
  host.network.on(`GET ${at("evil")}`, { html: page(evil) });
  const names = [...Object.keys(answers), "down", "busy", "latin", "evil"];
  for (const name of names) await ask((store) => store.add(kim, { url: at(name), title: name }));
  await host.runJobs();

  const state = async () =>
    new Map((await ask((store) => store.list(kim, { limit: 200 }))).map(({ title, copy, id }) => [title, { ...copy, id }]));
  const first = await state();
  for (const [name, { reason }] of Object.entries(answers)) t.like(first.get(name), { state: "failed", reason }, name);
  for (const name of ["down", "busy"]) t.like(first.get(name), { state: "waiting", reason: "unreachable" }, name);
  const copy = async (name: string) => (await ask((store) => store.copyOf(kim, first.get(name)!.id)))!.html;
  t.regex(await copy("latin"), /héron/);
  const clean = await copy("evil");
  t.notRegex(clean, /javascript|onclick|iframe/);
  t.false(clean.includes("\0"));
  t.regex(clean, /href="https:\/\/lee\.example\/next"/);

  host.clock.advance({ minutes: 6 });
  await host.runJobs();
  t.is((await state()).get("busy")!.state, "kept");
  for (const minutes of [61, 721]) {
    host.clock.advance({ minutes });
    await host.runJobs();
  }
  t.like((await state()).get("down"), { state: "failed", reason: "unreachable" });
  t.is(host.network.requestsTo(`GET ${at("down")}`).length, 4);

  // A page that is gone keeps its copy when somebody asks for it anew.
  host.network.on(`GET ${at("latin")}`, { status: 404 });
  await ask((store) => store.refetch(kim, first.get("latin")!.id));
  await host.runJobs();
  t.like((await state()).get("latin"), { state: "kept", reason: "missing" });
  t.regex(await copy("latin"), /héron/);
  t.deepEqual([host.failures(), await host.deadJobs()], [[], []]);
});

test("who sees a new bookmark is the owner's to say; feeds have the public ones, and pages lead to them", async (t) => {
  const { host, ask, kim } = await open(t, { visibility: "private", keepCopies: false, fetchTitles: false });
  t.notRegex((await host.get("/")).text, /bookmarks\.xml/);
  await host.publish(keep("https://lee.example/secret"));
  const shown = await host.publish(
    keep("https://lee.example/open?a=1&b=2", { visibility: "public", title: 'An "open" <page>', text: "Read **this**." }),
  );
  await host.publish(keep("https://lee.example/quiet", { visibility: "unlisted" }));
  const note = await host.publish({ text: "A note" });
  await host.publish({
    text: "A reply",
    properties: { "in-reply-to": "https://ana.example/1", "bookmark-of": "https://ana.example/1" },
  });
  await host.runJobs();

  t.is((await ask((store) => store.list(kim))).length, 3, "unlisted and private ones are in the own list; a reply is none");
  t.true((await ask((store) => store.list(kim))).every(({ copy }) => copy.state === "none"));
  const json = await host.get("/bookmarks.json");
  const feed = json.json() as { items: Record<string, string>[] };
  t.deepEqual(
    feed.items.map((item) => item["_bookmark_of"]),
    ["https://lee.example/open?a=1&b=2"],
  );
  t.regex(
    feed.items[0]!.content_html!,
    /<a class="u-bookmark-of" href="https:\/\/lee\.example\/open\?a=1&amp;b=2">An &quot;open&quot; &lt;page&gt;<\/a><\/p><p>Read <strong>/,
  );
  t.like(feed, { hubs: [{ type: "WebSub", url: "https://hub.example.org/" }] });
  const topics = async (post: Post) =>
    (await host.scope().taps.collect(host.scope(), "topics.of", { post })).filter((url) => url.includes("/bookmarks."));
  t.deepEqual(
    await topics(shown),
    ["bookmarks.xml", "bookmarks.json"].map((file) => host.blog.url + file),
  );
  t.deepEqual(await topics(note), []);
  const xml = (await host.get("/bookmarks.xml")).text;
  t.regex(xml, /rel="hub"/);
  const rss = parseXml(xml);
  t.is(rss.children[0]!.children.filter(({ name }) => name === "item").length, 1);
  const home = (await host.get("/")).text;
  t.regex(home, /rel="alternate" type="application\/rss\+xml"[^>]*href="\/bookmarks\.xml"/);
  t.regex((await host.get("/bookmarks")).text, /u-bookmark-of/);
  t.notRegex((await host.get("/bookmarks")).text, /secret|quiet/);
  t.is((await host.request({ path: "/bookmarks.json", headers: { "if-none-match": json.headers.etag! } })).status, 304);
});

test("lists go on by keys, also when many were saved at one moment", async (t) => {
  const { host, ask, kim } = await open(t, { keepCopies: false, fetchTitles: false });
  for (let n = 0; n < 7; n++)
    await host.publish(
      keep(`https://lee.example/${n}`, {
        title: `n${n}`,
        publishedAt: "2026-04-01T10:00:00Z",
        properties: { "bookmark-of": `https://lee.example/${n}`, bookmarks: { tags: ["x"] } },
      }),
    );
  await host.runJobs();
  for (const filter of [{}, { tag: "x" }, { search: "lee" }]) {
    const seen: string[] = [];
    for (let before: string | undefined; ;) {
      const page = await ask((store) => store.list(kim, { ...filter, limit: 3, ...(before && { before }) }));
      seen.push(...page.map(({ title }) => title));
      if (page.length < 3) break;
      before = page.at(-1)!.id;
    }
    t.deepEqual(seen, ["n6", "n5", "n4", "n3", "n2", "n1", "n0"]);
  }
  t.deepEqual(await ask((store) => store.list(kim, { before: "nobody" })), []);
});

test("what was saved before the plugin was on is taken over, and screens save, mark and delete without script", async (t) => {
  const { host, ask, kim } = await open(t, { fetchTitles: false }, { dashboard: true });
  host.network.on("GET https://lee.example/*", { html: page(words) });
  await host.house.host.disable("bookmarks");
  await host.publish(keep("https://lee.example/before", { title: "Before" }));
  await host.house.host.enable("bookmarks");
  await host.runJobs();
  t.is((await ask((store) => store.list(kim)))[0]?.title, "Before");

  const visitor = await host.as("kim");
  const form = await visitor.get("/bookmarks/new?title=Shared&text=See%20https%3A%2F%2Flee.example%2Fshared%20now");
  t.regex(form.text, /value="https:\/\/lee\.example\/shared"/);
  t.is((await visitor.post("/bookmarks/new", { url: "lee" })).status, 422);
  const saved = await visitor.post("/bookmarks/new", {
    url: "https://lee.example/new",
    title: "<b>New</b>",
    text: "",
    tags: "A, b",
    visibility: "private",
  });
  t.is(saved.status, 303);
  const at = saved.headers.location!;
  await host.runJobs();
  const reader = await visitor.get(at);
  t.regex(reader.text, /<h1>&lt;b&gt;New&lt;\/b&gt;<\/h1>/);
  t.regex(reader.text, /quite still/);
  t.is((await visitor.post(at, { intent: "quote", quote: "an owl" })).status, 422);
  const marked = await visitor.post(at, { intent: "quote", quote: "waited for the morning" });
  t.regex(marked.headers.location!, /#h-/);
  t.regex((await visitor.get(at)).text, /<mark id="h-[0-9A-Z]{26}">waited for the morning<\/mark>/);
  t.regex((await visitor.get("/bookmarks/highlights")).text, /<blockquote>waited for the morning/);
  t.regex((await visitor.get("/bookmarks?tag=b&q=new")).text, /&lt;b&gt;New/);
  t.regex(
    (await visitor.get("/bookmarks/export/bookmarks.html")).text,
    /<DT><A HREF="https:\/\/lee\.example\/new" ADD_DATE="1777636800" PRIVATE="1" TAGS="a,b">&lt;b&gt;New/,
  );

  const lee = await host.as("lee");
  for (const method of ["get", "post"] as const)
    t.is((method === "get" ? await lee.get(at) : await lee.post(at, { intent: "delete" })).status, 404);
  t.notRegex((await lee.get("/bookmarks")).text, /New/);
  t.regex((await lee.get("/bookmarks/new")).text, /no blog/);
  t.is((await host.get(at)).status, 404, "not on the blog");

  t.is((await visitor.post(at, { intent: "delete" })).status, 303);
  t.is((await visitor.get(at)).status, 404);
  t.is((await visitor.get("/bookmarks/nobody")).status, 404);
  t.deepEqual(host.failures(), []);
});

test("an archive has one's bookmarks, private ones too, with their copies and highlights, and the file for browsers", async (t) => {
  const { host, ask, kim } = await open(t);
  network(host.network);
  const post = await host.publish({ ...keep("https://lee.example/herons"), title: "Herons", visibility: "private" });
  await host.runJobs();
  await ask((store) => store.highlight(kim, post.id, { quote: "quite still" }));

  const files = await host.kept();

  t.like(JSON.parse(files["bookmarks/bookmarks.json"]!), [
    { id: post.id, url: "https://lee.example/herons", isPublic: false, copy: `copies/${post.id}.html` },
  ]);
  t.regex(files[`bookmarks/copies/${post.id}.html`]!, /<h1>Herons[^]*quite still, and waited/);
  t.regex(files["bookmarks/bookmarks.html"]!, /HREF="https:\/\/lee\.example\/herons"[^>]*PRIVATE="1"/);
  t.like(JSON.parse(files["bookmarks/highlights.json"]!), [{ bookmarkId: post.id, quote: "quite still" }]);
  t.deepEqual(await host.kept(await host.person("lee")), {});
});

test("bookmarks that somebody left to a blog are its owner's once they are erased, without the highlights and copies of before", async (t) => {
  const { host, ask, kim } = await open(t, {}, { blogs: [{ host: "kim.example", members: { lee: "author" } }] });
  network(host.network);
  const lee = await host.person("lee");
  const draft = { ...keep("https://lee.example/herons"), title: "Herons" };
  const post = await host.publish(draft, host.blog, lee);
  await host.runJobs();
  await ask((store) => store.setTags(lee.id, post.id, ["own"]));
  await ask((store) => store.highlight(lee.id, post.id, { quote: "quite still" }));
  await host.house.storage.write((db) => db.run("UPDATE posts SET author_id = ? WHERE id = ?", [kim, post.id]));
  const erased = () =>
    host.house.host.current.deliver({ ...host.scope(), blog: null }, "bookmarks", "account.erased", { accountId: lee.id });

  await erased();
  await erased();

  t.like(await ask((store) => store.list(kim)), [{ id: post.id, url: "https://lee.example/herons", copy: { state: "waiting" } }]);
  t.deepEqual(await ask((store) => store.list(lee.id)), []);
  t.deepEqual(await host.house.storage.query("SELECT id FROM p_bookmarks_highlights"), []);
  t.deepEqual(await host.house.storage.query("SELECT id FROM p_bookmarks_copies"), []);
  t.deepEqual(host.failures(), []);
});
