import test from "ava";
import { openHost } from "../nest.testing.ts";
import { discoveryCases } from "./discovery-cases.testing.ts";

test("every case of discovery leads to the endpoint, with one request for the page", async (t) => {
  const { host, network, later } = await openHost(t);
  const origin = "https://lee.example";
  const links = discoveryCases.map((one, at) => {
    const url = `${origin}/case/${at}/page`;
    const said = (text: string) => text.replaceAll("{origin}", origin);
    const headers = Object.fromEntries(
      Object.entries(one.headers ?? {}).map(([name, value]) => [name, said(value).replace("\n", ", ")]),
    );
    const answer = {
      headers: { ...headers, "content-type": one.type ?? "text/html; charset=utf-8" },
      bytes: new TextEncoder().encode(said(one.html)),
    };
    network.on(`GET ${url}`, one.at === undefined ? answer : { redirect: `${origin}${one.at}` });
    if (one.at !== undefined) network.on(`GET ${origin}${one.at}`, answer);
    return url;
  });
  network.on("POST *", { status: 202 });

  await host.publish({ html: links.map((url) => `<a href="${url}">x</a>`).join(" ") });
  await later();

  const posts = network.requests.filter(({ method }) => method === "POST");
  for (const [at, one] of discoveryCases.entries()) {
    const endpoint = one.endpoint?.replace("{page}", links[at]!).replace("{folder}", links[at]!.replace(/page$/, "")) ?? null;
    const got = posts.filter(({ content }) => (content as Record<string, string>).target === links[at]);
    t.deepEqual(
      got.map(({ url }) => url),
      endpoint === null ? [] : [new URL(endpoint, origin).href],
      one.name,
    );
    t.is(network.requestsTo(`GET ${links[at]}`).length, 1, one.name);
  }
});

test("links of the entry are told after Undo, once each, as written; copies, own posts and drafts are not", async (t) => {
  const { host, network, page, sent, later } = await openHost(t);
  for (const path of ["a", "b?x=1&y=2", "reply", "like", "tagged"]) page(`https://lee.example/${path}`);
  const before = await host.publish({ text: "Earlier" });
  const post = await host.publish({
    html: `<p><a href="https://lee.example/a">a</a> <a href="https://lee.example/a">again</a> <a href="https://lee.example/b?x=1&amp;y=2">b</a>
      <a href="${before.url}">own</a> <a href="https://copies.example/1">copy</a> <a href="mailto:lee@lee.example">mail</a></p>`,
    properties: {
      "in-reply-to": ["https://lee.example/reply"],
      "like-of": "https://lee.example/like",
      syndication: ["https://copies.example/1"],
      category: [{ type: ["h-card"], properties: { name: ["Lee"], url: ["https://lee.example/tagged"] } }],
    },
  });
  await host.publish({ html: '<a href="https://lee.example/never">x</a>', status: "draft" });
  await host.publish({ html: '<a href="https://lee.example/never">x</a>', visibility: "private" });
  await host.runJobs();
  t.deepEqual(sent(), [], "nothing leaves before the time for Undo is over");

  await later();
  await later();

  const targets = ["reply", "like", "tagged", "a", "b?x=1&y=2"].map((path) => `${post.url} https://lee.example/${path}`);
  t.deepEqual(sent().sort(), targets.sort());
  t.is(network.requestsTo("GET https://lee.example/a").length, 1);
  t.deepEqual(Object.keys(network.sent<Record<string, string>>("POST https://lee.example/wm")[0]!), ["source", "target"]);
});

test("an edit tells every page ever told, also removed links; no change tells nobody; deleting and restoring is told", async (t) => {
  const { host, network, page, sent, later } = await openHost(t);
  page("https://lee.example/one");
  page("https://lee.example/two");
  const post = await host.publish({ html: '<a href="https://lee.example/one">one</a>' });
  await later();
  const told = async (work: () => Promise<unknown>) => {
    const before = sent().length;
    await work();
    await later();
    return sent()
      .slice(before)
      .map((line) => line.split(" ")[1]!.slice(-3))
      .sort();
  };

  t.deepEqual(await told(() => host.edit(post, { html: '<a href="https://lee.example/two">two</a>' })), ["one", "two"]);
  t.deepEqual(await told(() => host.edit(post, { html: '<a href="https://lee.example/two">two</a>' })), [], "nothing changed");
  t.is(network.requestsTo("GET https://lee.example/one").length, 2, "the endpoint is looked for anew");
  t.deepEqual(await told(() => host.remove(post)), ["one", "two"]);
  t.is((await host.get(new URL(post.url).pathname)).status, 410);
  t.deepEqual(await told(() => host.get(`/hands/restore/${post.id}`)), ["one", "two"]);
  t.deepEqual(await told(() => host.edit(post, { visibility: "private" })), ["one", "two"]);
  t.is((await host.get(new URL(post.url).pathname)).status, 410, "whoever was told learns that it is gone");
  const secret = await host.publish({ text: "Never told", visibility: "private" });
  t.is((await host.get(new URL(secret.url).pathname)).status, 404);
  t.deepEqual(await told(() => host.edit(post, { html: "Private words" })), [], "private edits are nobody's business");
});

test("what a server cannot take now is tried again, as it says; a no is a no; the owner sees all of it and sends again", async (t) => {
  const { host, network, page, later } = await openHost(t, { dashboard: true });
  page("https://lee.example/busy");
  network.on("POST https://lee.example/wm", [
    { status: 503 },
    { status: 429, headers: { "retry-after": "7200" } },
    { status: 201, headers: { location: "/status/1" } },
  ]);
  network.on("GET https://ana.example/no", { html: '<a rel="webmention" href="/wm">wm</a>' });
  network.on("POST https://ana.example/wm", { status: 400, text: "no such post" });
  network.on("GET https://eve.example/none", { html: "<p>nothing</p>" });
  network.on("GET https://down.example/", { fails: "unreachable" });
  const post = await host.publish({
    html: ["https://lee.example/busy", "https://ana.example/no", "https://eve.example/none", "https://down.example/"]
      .map((url) => `<a href="${url}">x</a>`)
      .join(""),
  });
  const tries = () => network.requestsTo("POST https://lee.example/wm").length;
  await later();
  t.is(tries(), 1);
  await later(5);
  t.is(tries(), 2);
  await later(60);
  t.is(tries(), 2, "Retry-After counts for more than our own patience");
  await later(61);
  t.is(tries(), 3);
  for (let at = 0; at < 4; at++) await later(13 * 60);
  t.is(network.requestsTo("POST https://ana.example/wm").length, 1);
  t.is(network.requestsTo("GET https://down.example/").length, 5);

  const kim = await host.as("kim");
  const { text, status } = await kim.get("/b/kim.example/webmentions");
  t.is(status, 200);
  for (const words of [
    "https://lee.example/wm",
    "https://lee.example/status/1",
    "Answer 400",
    "no such post",
    "Takes none",
    "Not sent",
  ])
    t.true(text.includes(words), words);
  t.false(text.includes("&lt;a href"), "a post without a title is called by its words, not by its markup");
  const rows = await host.house.storage.query("SELECT id, target FROM p_webmention_sent WHERE target = 'https://ana.example/no'");
  await kim.post("/b/kim.example/webmentions/again", { id: String(rows[0]!.id) });
  await host.runJobs();
  t.deepEqual(network.sent("POST https://ana.example/wm").at(-1), { source: post.url, target: "https://ana.example/no" });
  t.is(network.requestsTo("POST https://ana.example/wm").length, 2);
  t.deepEqual(await host.deadJobs(), []);
});

test("a scheduled post is told when it comes out", async (t) => {
  const { host, page, sent, later } = await openHost(t);
  page("https://lee.example/one");
  const post = await host.publish({ html: '<a href="https://lee.example/one">one</a>', publishedAt: "2026-05-01T14:00:00.000Z" });
  await later(60);
  t.deepEqual(sent(), []);
  await later(61);
  await later();
  t.deepEqual(sent(), [`${(await host.stored(post))!.url} https://lee.example/one`]);
});
