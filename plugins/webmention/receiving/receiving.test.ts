import test from "ava";
import { PublicError } from "rookery/plugin";
import { entry, openHost } from "../nest.testing.ts";
import { countUse } from "./often.ts";
import { mustHaveRoom } from "./room.ts";
import { nextOnes } from "./turns.ts";

const source = "https://lee.example/answer";

test("what is wrong at once is said at once, and nothing is fetched", async (t) => {
  const { host, mention } = await openHost(t, { blogs: [{ host: "kim.example" }, { host: "lee.example", owner: "lee" }] });
  const post = await host.publish({ text: "Hello" });
  const hidden = await host.publish({ text: "Mine", visibility: "private" });
  const draft = await host.publish({ text: "Not yet", status: "draft" });
  const trashed = await host.publish({ text: "Gone" });
  await host.remove(trashed);
  const wrong: [string, string, string, RegExp][] = [
    ["no source", "", post.url, /source is missing/],
    ["no target", source, "", /target is missing/],
    ["a source that is no address", "lee", post.url, /source is no address/],
    ["another scheme", "ftp://lee.example/", post.url, /source is no address/],
    ["a script", "javascript:alert(1)", post.url, /source is no address/],
    ["a name and password", "https://kim:secret@lee.example/", post.url, /source is no address/],
    ["an endless source", `https://lee.example/${"x".repeat(2048)}`, post.url, /source is no address/],
    ["a target that is no address", source, "/2026", /target is no address/],
    ["the same page", post.url, post.url, /same page/],
    ["the same page but for a fragment", `${post.url}#a`, `${post.url}#b`, /same page/],
    ["another site", source, "https://ana.example/", /not on this site/],
    ["a page without a post", source, "https://kim.example/", /no post/],
    ["a post that is not there", source, "https://kim.example/2026/05/nothing", /no post/],
    ["a private post", source, hidden.url, /no post/],
    ["a draft", source, `https://kim.example/${draft.id}`, /no post/],
    ["a deleted post", source, trashed.url, /no post/],
  ];
  for (const [name, from, to, sentence] of wrong) {
    const { status, text } = await mention(from, to);
    t.is(status, 400, name);
    t.regex(text, sentence, name);
  }
  const twice = await host.request({
    method: "POST",
    path: "/webmention",
    form: { source: [source, `${source}2`], target: post.url },
  });
  t.deepEqual([twice.status, /one source and one target/.test(twice.text)], [400, true]);
  t.is((await host.request({ path: "/webmention", json: { source, target: post.url } })).status, 415);
  t.is((await host.request({ method: "PUT", path: "/webmention", body: "x" })).status, 405);
  const form = await host.get("/webmention");
  t.is(form.status, 200);
  t.regex(form.text, /<form method="post" action="https?:\/\/kim\.example[^"]*\/webmention">/);
  t.is((await host.get("/webmention/nothing")).status, 404);
  t.deepEqual(host.network.requests, []);
  await host.set("webmention", { receive: false });
  t.is((await mention(source, post.url)).status, 404);
  t.notRegex((await host.get("/")).headers.link ?? "", /webmention/);
});

test("a reply is looked at by a job, appears, changes and goes; its status page says so", async (t) => {
  const { host, network, mention } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  network.on(`GET ${source}`, { html: entry(post.url) });
  const link = (await host.get(new URL(post.url).pathname)).headers.link ?? "";
  t.regex(link, /<[^>]*\/webmention>; rel="?webmention/);

  const accepted = await host.post("/webmention", { source, target: post.url });
  t.is(accepted.status, 201);
  t.is(network.requests.length, 0, "nothing is fetched while the sender waits");
  const path = new URL(accepted.headers.location!).pathname;
  t.like((await host.get(path)).json() as object, { status: "waiting", source, target: post.url });
  await host.runJobs();

  t.like((await host.get(path)).json() as object, { status: "accepted" });
  const page = await host.request({ path, headers: { accept: "text/html,*/*" } });
  t.regex(page.text, /<h1>Webmention<\/h1><p[^>]*>Accepted/);
  const [reply] = await host.conversation(post);
  t.like(reply, {
    kind: "reply",
    via: "webmention",
    sourceUrl: source,
    author: { name: "Lee", url: "https://lee.example/", photo: "" },
    publishedAt: "2026-04-30T10:00:00.000Z",
  });
  t.regex(reply!.html, /Well said/);
  t.regex(network.requestsTo(`GET ${source}`)[0]!.headers.accept ?? "", /text\/html.*application\/json/);

  network.on(`GET ${source}`, { html: entry(post.url, { content: "Even <b>better</b><script>x</script>" }) });
  t.is((await mention(source, post.url)).location, accepted.headers.location);
  const changed = await host.conversation(post);
  t.is(changed.length, 1, "the same pair never makes a second comment");
  t.is(changed[0]!.id, reply!.id);
  t.is(changed[0]!.html.replace(/\s+/g, " ").trim(), "Even <b>better</b>");

  network.on(`GET ${source}`, { html: "<p>Nothing about it</p>" });
  t.is((await mention(source, post.url)).said, "deleted");
  t.deepEqual(await host.conversation(post), []);

  network.on(`GET ${source}`, { html: entry(post.url) });
  await mention(source, post.url);
  t.is((await host.conversation(post)).length, 1);
  network.on(`GET ${source}`, { status: 410, html: "gone" });
  t.is((await mention(source, post.url)).said, "deleted");
  t.deepEqual(await host.conversation(post), []);
  t.deepEqual(host.failures(), []);
});

test("only a link to exactly the target counts, by the source's type", async (t) => {
  const { host, network, mention } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  const { url } = post;
  const cases: [string, object, boolean][] = [
    ["an href", { html: `<a href="${url}">x</a>` }, true],
    ["a fragment on the link", { html: `<a href="${url}#c1">x</a>` }, true],
    ["an img", { html: `<img src="${url}">` }, true],
    ["a srcset", { html: `<img srcset="/a.jpg 1x, ${url} 2x">` }, true],
    ["a poster", { html: `<video poster="${url}"></video>` }, true],
    ["a quotation", { html: `<blockquote cite="${url}">x</blockquote>` }, true],
    ["an object", { html: `<object data="${url}"></object>` }, true],
    ["a comment", { html: `<!-- <a href="${url}">x</a> -->` }, false],
    ["escaped markup", { html: `&lt;a href="${url}"&gt;` }, false],
    ["a script", { html: `<script>"<a href='${url}'>"</script>` }, false],
    ["a template", { html: `<template><a href="${url}">x</a></template>` }, false],
    ["words", { html: `<p>${url}</p>` }, false],
    ["a longer address", { html: `<a href="${url}/more">x</a>` }, false],
    ["another query", { html: `<a href="${url}?x=1">x</a>` }, false],
    ["an address in another's query", { html: `<a href="https://eve.example/?u=${url}">x</a>` }, false],
    ["JSON with the value", { json: { items: [{ deep: url }] } }, true],
    ["JSON with more around it", { json: { text: `see ${url}` } }, false],
    ["JSON that is none", { text: "{", headers: { "content-type": "application/json" } }, false],
    ["text", { text: `see ${url} there` }, true],
    ["text with a longer address", { text: `see ${url}/more` }, false],
    ["a picture", { bytes: new TextEncoder().encode(url), headers: { "content-type": "image/png" } }, false],
    ["not there", { status: 404, html: `<a href="${url}">x</a>` }, false],
  ];
  for (const [at, [name, answer, isLink]] of cases.entries()) {
    const from = `https://s${at}.example/`;
    network.on(`GET ${from}`, answer);
    t.is((await mention(from, url)).said, isLink ? "accepted" : "rejected", name);
  }
  t.is((await host.conversation(post)).length, cases.filter(([, , isLink]) => isLink).length);
});

test("sources that are slow, endless, circular or private are given up; what was there of them stays", async (t) => {
  const { host, network, mention, later } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  network.on(`GET ${source}`, { html: entry(post.url) });
  await mention(source, post.url);
  network.on(`GET ${source}`, [{ status: 503 }, { fails: "timeout" }, { fails: "unreachable" }, { status: 500 }]);
  t.is((await mention(source, post.url)).said, "waiting");
  t.is((await host.conversation(post)).length, 1, "until a definite answer it stays");
  for (const minutes of [6, 61, 361, 1000]) await later(minutes);
  t.is(network.requestsTo(`GET ${source}`).length, 5);
  t.is((await host.conversation(post)).length, 1);

  let pulled = 0;
  network.on("GET https://endless.example/", () => ({ html: `<a href="${post.url}">x</a>${"x".repeat(3_000_000)}` }));
  t.is((await mention("https://endless.example/", post.url)).said, "accepted", "what stands in the first megabyte counts");
  network.on("GET https://late.example/", () => ({ html: `${"x".repeat(3_000_000)}<a href="${post.url}">x</a>` }));
  t.is((await mention("https://late.example/", post.url)).said, "rejected");
  network.on("GET https://circle.example/*", () => ({ redirect: `https://circle.example/${pulled++}` }));
  t.is((await mention("https://circle.example/", post.url)).said, "rejected");
  t.true(pulled <= 6);
  t.deepEqual(await host.deadJobs(), []);
  t.deepEqual(host.failures(), []);
});

test("likes and reposts are the people's of the blog; RSVPs and bookmarks say so; a page that mentions two posts appears below both", async (t) => {
  const { host, network, mention } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  const other = await host.publish({ text: "Another" });
  const kinds = { like: "u-like-of", repost: "u-repost-of", bookmark: "u-bookmark-of", mention: "u-url-of-nothing" };
  for (const [name, kind] of Object.entries(kinds)) {
    network.on(`GET https://${name}.example/`, { html: entry(post.url, { kind }) });
    await mention(`https://${name}.example/`, post.url);
  }
  network.on("GET https://rsvp.example/", {
    html: entry(post.url, { content: "", more: '<data class="p-rsvp" value="yes"></data>' }),
  });
  await mention("https://rsvp.example/", post.url);
  const rows = await host.house.storage.query("SELECT source_url, kind, properties FROM interactions ORDER BY id");
  t.deepEqual(
    rows.map(({ source_url, kind, properties }) => `${source_url} ${kind} ${properties}`),
    [
      "https://like.example/ like {}",
      "https://repost.example/ repost {}",
      `https://bookmark.example/ mention {"bookmark-of":"${post.url}"}`,
      "https://mention.example/ mention {}",
      'https://rsvp.example/ reply {"rsvp":"yes"}',
    ],
  );
  const shown = await host.conversation(post);
  t.deepEqual(shown.map(({ kind }) => kind).sort(), ["mention", "mention", "reply"]);
  t.is(shown.find(({ kind }) => kind === "reply")!.html, "<p>is coming</p>");

  network.on("GET https://both.example/", { html: `${entry(post.url)}<a href="${other.url}">and</a>` });
  await mention("https://both.example/", post.url);
  await mention("https://both.example/", other.url);
  t.is((await host.conversation(post)).filter(({ sourceUrl }) => sourceUrl.startsWith("https://both.example/")).length, 1);
  t.is((await host.conversation(other)).length, 1);
});

test("what is changed after a yes is asked again, what was deleted stays so, whom the blog blocks is not heard", async (t) => {
  const { host, network, mention } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  await host.house.storage.write((db) => db.run(`UPDATE blogs SET settings = '{"holdReplies":"everyone"}'`));
  await host.house.host.refresh();
  network.on(`GET ${source}`, { html: entry(post.url) });
  t.is((await mention(source, post.url)).said, "accepted", "what is held is the people's to know");
  const [held] = await host.house.storage.query("SELECT id, state FROM interactions");
  t.is(held!.state, "held");
  await host.get(`/hands/decide/${held!.id}/visible`);
  await mention(source, post.url);
  t.is((await host.conversation(post)).length, 1, "the same words need no second yes");
  network.on(`GET ${source}`, { html: entry(post.url, { content: "Buy this" }) });
  await mention(source, post.url);
  t.is((await host.conversation(post)).length, 0, "other words do");
  await host.house.storage.write((db) => db.run("UPDATE interactions SET state = 'deleted'"));
  t.is((await mention(source, post.url)).said, "rejected");
  t.is((await host.conversation(post)).length, 0);
});

test("what a service sends at once for many sites is taken; too much in a row waits", async (t) => {
  const { host } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  const sent = Array.from({ length: 100 }, (_, at) =>
    host.post("/webmention", { source: `https://lee.example/${at}`, target: post.url }),
  );
  t.deepEqual([...new Set((await Promise.all(sent)).map(({ status }) => status))], [201]);

  const context = { blog: { id: "often" }, clock: { now: () => new Date(0) }, t: (key: string) => key };
  const use = (key: string) => countUse(context as never, key, { times: 2, seconds: 60 });
  use("a");
  use("a");
  t.like(
    t.throws(() => use("a"), { instanceOf: PublicError }),
    { status: 429, values: { wait: 30 } },
  );
  t.notThrows(() => use("b"));

  const counts = [{ waiting: 998 }, { waiting: 1_000 }];
  const tables = { query: async () => [counts.shift()] };
  const room = () => mustHaveRoom({ ...context, tables } as never, "counted");
  await room();
  await room();
  t.is(counts.length, 1, "in a burst what waits is not counted each time");
  await t.throwsAsync(room, { instanceOf: PublicError });
});

test("of one post a thousand wait at most, whoever sends them; other posts are heard", async (t) => {
  const { host } = await openHost(t);
  const [post, other] = [await host.publish({ text: "Hello" }), await host.publish({ text: "Hello you" })];
  const send = (source: string, target: string) => host.post("/webmention", { source, target });
  t.is((await send("https://lee.example/first", post.url)).status, 201);
  const columns = "blog_id, post_id, source, source_hash, target, vouch, state, reason, attempts, stored_as, nested, received_at";
  await host.house.storage.write(async (db) => {
    for (let at = 0; at < 999; at++)
      await db.run(
        `INSERT INTO p_webmention_received (id, ${columns}) SELECT ?, ${columns} FROM p_webmention_received WHERE source = 'https://lee.example/first' LIMIT 1`,
        [String(at).padStart(26, "0")],
      );
  });
  host.clock.advance({ seconds: 1 });
  const refused = await send("https://ana.example/one-more", post.url);
  t.deepEqual([refused.status, refused.headers["retry-after"]], [429, "60"]);
  t.is((await send("https://ana.example/one-more", other.url)).status, 201);
  const tables = { query: host.house.storage.query.bind(host.house.storage) };
  const next = await nextOnes({ tables, blog: host.blog } as never, { atLeast: 8, atMost: 32 });
  t.deepEqual(
    next.map((one) => new URL(one.source).hostname),
    ["lee.example", "lee.example", "ana.example"],
    "whoever sends very many holds up nobody else",
  );
});
