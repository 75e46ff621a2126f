import test from "ava";
import { entry, openHost } from "../nest.testing.ts";

const at = (n: number) => `https://s${n}.example/post`;

test("who wrote it is found by the authorship algorithm", async (t) => {
  const { host, network, mention } = await openHost(t);
  const { url } = await host.publish({ text: "Hello" });
  const link = `<a class="u-in-reply-to" href="${url}">re</a><p class="e-content">Yes</p>`;
  const cases: [string, string, string, string][] = [
    [
      "the entry's card",
      `<div class="h-entry"><a class="p-author h-card" href="/me">Lee Author</a>${link}</div>`,
      "Lee Author",
      "https://s0.example/me",
    ],
    ["words", `<div class="h-entry"><span class="p-author">Ana</span>${link}</div>`, "Ana", "https://s1.example/"],
    [
      "the feed's",
      `<div class="h-feed"><a class="p-author h-card" href="https://feed.example/">Feed</a><div class="h-entry">${link}</div></div>`,
      "Feed",
      "https://feed.example/",
    ],
    [
      "a page that is fetched",
      `<a rel="author" href="https://about.example/">by</a><div class="h-entry">${link}</div>`,
      "About Me",
      "https://about.example/",
    ],
    [
      "a card on the same page",
      `<div class="h-card"><a class="u-url p-name" href="https://here.example/">Here</a></div><div class="h-entry"><a class="u-author" href="https://here.example/"></a>${link}</div>`,
      "Here",
      "https://here.example/",
    ],
    [
      "rel=me",
      `<a rel="author" href="https://me.example/">by</a><div class="h-entry">${link}</div>`,
      "It is me",
      "https://me.example/",
    ],
    ["nobody", `<div class="h-entry">${link}</div>`, "s6.example", "https://s6.example/"],
    [
      "a page that fails",
      `<a rel="author" href="https://down.example/">by</a><div class="h-entry">${link}</div>`,
      "s7.example",
      "https://down.example/",
    ],
    [
      "a script for an address",
      `<div class="h-entry"><span class="p-author h-card"><b class="p-name">Eve</b><a class="u-url" href="javascript:alert(1)"></a></span>${link}</div>`,
      "Eve",
      "https://s8.example/",
    ],
  ];
  network.on("GET https://about.example/", {
    html: `<div class="h-card"><a class="u-url u-uid p-name" href="https://about.example/">About Me</a></div>`,
  });
  network.on("GET https://me.example/", {
    html: `<a rel="me" href="https://other.example/"></a><div class="h-card"><a class="u-url p-name" href="https://other.example/">It is me</a></div>`,
  });
  network.on("GET https://down.example/", { fails: "unreachable" });
  for (const [n, [, html]] of cases.entries()) {
    network.on(`GET ${at(n)}`, { html });
    await mention(at(n), url);
  }
  const shown = await host.conversation((await host.house.storage.query("SELECT id FROM posts"))[0] as never);
  for (const [n, [name, , author, page]] of cases.entries()) {
    const found = shown.find(({ sourceUrl }) => sourceUrl === at(n));
    t.like(found?.author, { name: author, url: page }, name);
    t.is(found?.kind, "reply", name);
  }
});

test("what is said is found in the entry the page is about; long pages are shortened, markup is cleaned", async (t) => {
  const { host, network, mention } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  const cases: [string, RegExp][] = [
    [
      entry(post.url, { content: `<a href="https://eve.example/" onclick="x()">look</a><img src="https://eve.example/t.gif">` }),
      /^<a href="https:\/\/eve\.example\/" rel="[^"]*nofollow[^"]*ugc[^"]*">look<\/a>(?!<img)/,
    ],
    [
      `<div class="h-entry"><a class="u-url" href="https://s1.example/other"></a><p class="e-content">Not this</p></div><div class="h-entry"><a class="u-url" href="${at(1)}"></a><a class="u-in-reply-to" href="${post.url}"></a><p class="e-content">But this</p></div>`,
      /^But this$/,
    ],
    [
      `<div class="h-entry"><h1 class="p-name">A title</h1><div class="e-content">${"word ".repeat(400)}<a href="${post.url}">x</a></div></div>`,
      /^<p>A title<\/p><p>(word ){20,}[^<]*…<\/p>$/,
    ],
    [
      `<div class="h-entry"><a class="u-in-reply-to" href="${post.url}"></a><p class="p-summary">Only &lt;b&gt;a summary</p></div>`,
      /^<p>Only &lt;b(&gt;|>)a summary<\/p>$/,
    ],
    [`<p>No microformats <a href="${post.url}">here</a></p>`, /^$/],
  ];
  for (const [n, [html]] of cases.entries()) {
    network.on(`GET ${at(n)}`, { html });
    await mention(at(n), post.url);
  }
  const shown = await host.conversation(post);
  for (const [n, [, words]] of cases.entries())
    t.regex(shown.find(({ sourceUrl }) => sourceUrl === at(n))!.html.trim(), words, String(n));
});

test("replies to a reply are threaded; comments below a reply come with it, one level deep, and go with it", async (t) => {
  const { host, network, mention, later } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  const comment = (url: string, words: string) =>
    `<div class="u-comment h-cite"><a class="p-author h-card" href="https://ana.example/">Ana</a><a class="u-url" href="${url}"></a><p class="p-content e-content">${words}</p></div>`;
  network.on(`GET ${at(0)}`, { html: entry(post.url) });
  network.on(`GET ${at(1)}`, {
    html: entry(post.url, { more: `<a class="u-in-reply-to" href="${at(0)}"></a>`, content: "Me too" }),
  });
  await mention(at(0), post.url);
  await mention(at(1), post.url);
  const [first, second] = await host.conversation(post);
  t.is(second!.parentId, first!.id);

  const own = new URL(post.url);
  network.on(`GET ${at(0)}`, {
    html: entry(post.url, {
      more:
        comment("https://ana.example/c", "I am nested") +
        comment(at(1), "Forged") +
        comment(own.href, "Ours") +
        comment("", "No address"),
    }),
  });
  await mention(at(0), post.url);
  const all = await host.conversation(post);
  t.deepEqual(all.map(({ sourceUrl }) => sourceUrl).sort(), ["https://ana.example/c", at(0), at(1)].sort());
  t.like(
    all.find(({ sourceUrl }) => sourceUrl === "https://ana.example/c"),
    { parentId: first!.id, author: { name: "Ana" }, kind: "reply" },
  );
  t.regex(all.find(({ sourceUrl }) => sourceUrl === at(1))!.html, /Me too/, "what came from an address itself counts for more");
  network.on(`GET ${at(0)}`, { html: entry(post.url) });
  await mention(at(0), post.url);
  t.is((await host.conversation(post)).length, 2);
  await later();
  t.deepEqual(host.failures(), []);
});

test("comments that another page tells of wait as long as it does, and go when its reply is hidden, blocked or deleted", async (t) => {
  const { host, network, mention, later } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  const hold = async (rule: string) => {
    await host.house.storage.write((db) => db.run(`UPDATE blogs SET settings = '{"holdReplies":"${rule}"}'`));
    await host.house.host.refresh();
  };
  const words = async () => (await host.conversation(post)).map(({ sourceUrl }) => sourceUrl);
  const comment = `<div class="u-comment h-cite"><a class="p-author h-card" href="https://ana.example/">Ana</a><a class="u-url" href="https://ana.example/2"></a><p class="p-content">Buy this</p></div>`;
  network.on("GET https://ana.example/1", {
    html: entry(post.url, { author: '<a class="p-author h-card" href="https://ana.example/">Ana</a>' }),
  });
  await mention("https://ana.example/1", post.url);
  await hold("first-timers");
  network.on(`GET ${at(0)}`, { html: entry(post.url, { more: comment }) });
  await mention(at(0), post.url);
  t.deepEqual(await words(), ["https://ana.example/1"], "nobody speaks in the name of whom we know");
  const [held] = await host.house.storage.query("SELECT id FROM interactions WHERE state = 'held'");
  for (const state of ["hidden", "deleted"]) {
    await hold("nobody");
    await host.get(`/hands/decide/${held!.id}/visible`);
    await mention(at(0), post.url);
    t.is((await words()).length, 3);
    if (state === "hidden") await host.get(`/hands/decide/${held!.id}/hidden`);
    else network.on(`GET ${at(0)}`, { status: 410 });
    if (state === "deleted") await mention(at(0), post.url);
    await later();
    t.deepEqual(await words(), ["https://ana.example/1"], state);
  }
  t.deepEqual(host.failures(), []);
});

test("a post that answers another tells it of its own replies, and comes to rest", async (t) => {
  const { host, network, page, mention, sent, later } = await openHost(t);
  page("https://lee.example/first");
  const post = await host.publish({ text: "Yes", properties: { "in-reply-to": "https://lee.example/first" } });
  await later();
  t.is(sent().length, 1);
  network.on(`GET ${at(0)}`, { html: entry(post.url) });
  await mention(at(0), post.url);
  await later(2);
  t.is(sent().length, 2, "the conversation below it changed");
  await mention(at(0), post.url);
  await later(2);
  t.is(sent().length, 2, "nothing changed");
  for (let n = 0; n < 15; n++) {
    network.on(`GET ${at(0)}`, { html: entry(post.url, { content: `Version ${n}` }) });
    await mention(at(0), post.url);
    await later(2);
  }
  t.true(sent().length <= 11, `six at once, then six an hour: ${sent().length}`);
  await host.set("webmention", { salmention: false });
  const before = sent().length;
  network.on(`GET ${at(1)}`, { html: entry(post.url) });
  await mention(at(1), post.url);
  await later(2);
  t.is(sent().length, before);
});

test("that a conversation changed is written down with the reply, whatever becomes of the process", async (t) => {
  const { host, page, sent, later } = await openHost(t);
  page("https://lee.example/first");
  const post = await host.publish({ text: "Yes", properties: { "in-reply-to": "https://lee.example/first" } });
  await later();
  await host.get(`/hands/receive/${post.id}`);
  const jobs = await host.house.storage.query("SELECT name FROM jobs WHERE plugin_id = 'webmention'");
  t.deepEqual(
    jobs.map(({ name }) => name),
    ["event:interaction.received"],
  );
  await later();
  await later();
  t.is(sent().length, 2);
});

test("two blogs of one installation talk without the network, at old domains and old paths too", async (t) => {
  const { host, mention, later } = await openHost(t, { blogs: [{ host: "kim.example" }, { host: "lee.example", owner: "lee" }] });
  const [kim, lee] = host.blogs as [(typeof host.blogs)[0], (typeof host.blogs)[0]];
  const post = await host.publish({ text: "Hello" }, kim);
  const reply = await host.publish({ text: "Hi Kim", properties: { "in-reply-to": post.url } }, lee, await host.person("lee"));
  await later();
  const [heard] = await host.conversation(post);
  t.like(heard, { kind: "reply", sourceUrl: reply.url, accountId: reply.authorId, author: { name: "Lee", url: lee.url } });
  await host.edit(reply, { text: "Hi again" });
  await later();
  t.regex((await host.conversation(post))[0]!.html, /Hi again/);
  await host.remove(reply);
  await later();
  t.deepEqual(await host.conversation(post), []);

  const moved = await host.publish({ text: "Moved", slug: "old" }, kim);
  await host.edit(moved, { slug: "new", path: moved.path.replace("old", "new") });
  host.network.on(`GET ${at(0)}`, { html: entry(moved.url) });
  t.is((await mention(at(0), moved.url)).said, "accepted");
  t.is((await mention(at(0), moved.url, { host: "lee.example" })).said, "accepted", "any endpoint of the installation takes it");
  t.is((await host.conversation(moved)).length, 1);
  t.deepEqual(host.network.unexpected, []);
});

test("the picture of who answers is asked for by nobody before a page is read, and shown from here", async (t) => {
  const { host, network, mention } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  const card = `<span class="p-author h-card"><img class="u-photo" src="/face.png"><a class="p-name u-url" href="https://lee.example/">Lee</a></span>`;
  network.on(`GET ${at(0)}`, { html: entry(post.url, { author: card }) });
  await mention(at(0), post.url);
  t.is((await host.conversation(post))[0]!.author.photo, "https://s0.example/face.png");
  const page = (await host.get(new URL(post.url).pathname)).text;
  t.regex(page, /src="\/foreign\/[^"]+"/);
  t.notRegex(page, /s0\.example\/face\.png/);
  t.deepEqual(network.unexpected, []);
});

test("with Vouch, unknown sites wait unless a known one links to them; senders are asked to name one", async (t) => {
  const { host, network, mention, later } = await openHost(t);
  const post = await host.publish({ text: "Hello" });
  network.on(`GET ${at(0)}`, { html: entry(post.url) });
  await mention(at(0), post.url);
  await host.set("webmention", { vouch: true });
  for (const n of [1, 2, 3]) network.on(`GET ${at(n)}`, { html: entry(post.url) });
  network.on("GET https://s0.example/friends", {
    html: '<a href="https://s2.example/">S2</a> <a rel="nofollow" href="https://s3.example/">S3</a>',
  });
  await mention(at(1), post.url);
  await mention(at(2), post.url, { vouch: "https://s0.example/friends" });
  t.is((await mention(at(3), post.url, { vouch: "https://s0.example/friends" })).said, "rejected", "nofollow vouches for nobody");
  t.deepEqual(
    (await host.conversation(post)).map(({ sourceUrl }) => sourceUrl),
    [at(0), at(2)],
  );

  network.on("GET https://strict.example/", {
    html: '<link rel="webmention" href="/wm"><a href="https://s0.example/">a friend</a>',
  });
  network.on("POST https://strict.example/wm", [{ status: 449 }, { status: 202 }]);
  const mine = await host.publish({ html: '<a href="https://strict.example/">x</a>' });
  await later();
  t.deepEqual(network.sent("POST https://strict.example/wm"), [
    { source: mine.url, target: "https://strict.example/" },
    { source: mine.url, target: "https://strict.example/", vouch: at(0) },
  ]);
});
