import test, { type ExecutionContext } from "ava";
import { existsSync } from "node:fs";
import type { Plugin } from "../../core/host/manifest.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";

const place = (id: string): string => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const check = ["replies", "timeline", "webmention", "micropub"].every((id) => existsSync(`${place(id)}/plugin.ts`))
  ? test
  : test.skip;

/** An installation with replies and one plugin that they work with when it is there. */
async function open(t: ExecutionContext, id: string, more: object = {}) {
  const kit = (await import(
    `${place("replies")}/replies.testing.ts`
  )) as typeof import("../../plugins/replies/replies.testing.ts");
  const { default: plugin } = (await import(`${place(id)}/plugin.ts`)) as { default: Plugin };
  const opened = await kit.open(t, { plugins: [{ plugin, folder: place(id) }], ...more } as never);
  return { ...opened, below: kit.below };
}

for (const dialect of databases)
  check(
    `${dialect}: replies are kept once, listed by pages, and changed and removed by Micropub with their address`,
    async (t) => {
      const { host, store, kim, ana, post, below } = await open(t, "micropub", { databaseUrl: await testDatabase(t, dialect) });
      const say = (text: string) => store.reply({ accountId: ana.id, number: post.number, text });
      const same = await Promise.all([say("Herons 🪶"), say("Herons 🪶"), say("Herons 🪶")]);
      t.is(new Set(same.map(({ url }) => url)).size, 1);
      host.clock.advance({ minutes: 2 });
      // On a busy MariaDB one of three at once may have to be delivered by its job.
      await host.runJobs();
      await say("Terns");
      t.deepEqual(await below(host, post), ["Herons 🪶", "Terns"]);
      const page = await store.own(ana.id, { limit: 1 });
      t.deepEqual(
        [...page.items, ...(await store.own(ana.id, { before: page.next! })).items].map(({ source }) => source),
        ["Terns", "Herons 🪶"],
      );
      t.deepEqual(
        (await store.own(ana.id, { search: "heron" })).items.map(({ source }) => source),
        ["Herons 🪶"],
      );
      await t.throwsAsync(say(" "), { message: /Write something/ });
      for (const text of ["x", "y", "y"]) await t.throwsAsync(store.mention({ accountId: ana.id, text }), { message: /Begin/ });
      t.is(await store.draft(ana.id, 0), "y");

      const url = same[0]!.url;
      const [first] = host.blogs;
      const send = async (who: typeof ana, json: object, scopes = ["update", "delete"], blog: typeof first | null = null) => {
        const token = await host.token({ scopes, account: who, blog });
        return host.request({ host: "hub.example", path: "/micropub", json, headers: { authorization: `Bearer ${token}` } });
      };
      const update = (content: unknown) => ({ action: "update", url, replace: { content } });
      t.is((await send(ana, update(["Gulls"]))).status, 200);
      t.is((await send(ana, update("Grebes"), ["update"], first)).status, 200, "a bare text, with a key for one blog");
      t.deepEqual(await below(host, post), ["Grebes", "Terns"]);
      t.is((await send(kim, update(["Mine"]))).status, 403);
      t.is((await send(ana, update(["Mine"]), ["create"])).status, 403);
      t.is((await send(ana, { action: "update", url, replace: { name: ["x"] } })).status, 400);
      t.is((await send(ana, update([""]))).status, 400);
      host.clock.advance({ hours: 24 });
      t.is((await send(ana, update(["Late"]))).status, 403);
      t.is((await send(ana, { action: "delete", url })).status, 200);
      t.deepEqual(await below(host, post), ["Terns"]);
      t.is((await send(ana, { action: "delete", url })).status, 403, "it is no reply any more, and she has no blog");
      t.deepEqual(host.failures(), []);
    },
  );

check("with a copy on the own blog it is one reply everywhere, whichever of the two changes or goes", async (t) => {
  const { host, store, threads, timeline, kim, lee, post, blogOf } = await open(t, "webmention");
  const sent = await store.reply({ accountId: kim.id, number: post.number, text: "Herons, @lee", copy: true });
  t.regex(sent.url, /^http:\/\/kim\.example/);
  const settle = async () => {
    host.clock.advance({ minutes: 5 });
    await host.runJobs();
  };
  await settle();
  const one = async () =>
    (await host.conversation(post)).map(({ sourceUrl, html }) => [sourceUrl, html.replace(/<[^>]*>/g, "").trim()]);
  t.deepEqual(await one(), [[sent.url, "Herons, @lee"]], "also after the webmention of the post");
  t.is((await host.conversation(post))[0]!.via, "webmention");
  const copy = (await host.house.storage.query("SELECT id FROM posts WHERE blog_id = ?", [blogOf(kim).id]))[0]!.id as string;
  const thread = (await threads.of(post.url))!;
  t.deepEqual(
    thread.replies.map(({ number }) => number),
    [sent.number],
  );
  t.deepEqual(
    (await timeline.conversation(null, post.number))!.replies.map(({ number }) => number),
    [sent.number],
  );
  const under = await store.reply({ accountId: lee.id, number: sent.number, text: "Thanks" });
  await settle();
  t.is((await threads.of(post.url))!.replies[1]!.replyTo, sent.number, "an answer to the copy stands below the reply");

  await store.edit(kim.id, sent.number, "Terns");
  await settle();
  t.deepEqual((await one())[0], [sent.url, "Terns"]);
  const stored = () => host.stored({ id: copy, blogId: blogOf(kim).id } as never);
  t.is((await stored())!.source, "Terns");
  await host.edit((await stored())!, { text: "Gulls" });
  await settle();
  t.deepEqual((await one())[0], [sent.url, "Gulls"]);
  t.is((await store.own(kim.id)).items[0]!.source, "Gulls");
  // At another address it is the same one, with what answers it.
  await host.edit((await stored())!, { slug: "gulls" });
  await settle();
  t.regex((await stored())!.url, /\/gulls$/);
  t.is((await one()).length, 2);
  t.is((await threads.of(post.url))!.replies[1]!.replyTo, sent.number);
  t.deepEqual(
    (await timeline.conversation(null, post.number))!.replies.map(({ number }) => number),
    [sent.number, under.number],
  );

  await host.remove((await stored())!);
  await settle();
  t.deepEqual(
    (await one()).map(([url]) => url),
    [under.url],
  );
  t.deepEqual((await store.own(kim.id)).items, []);

  const other = await store.reply({ accountId: kim.id, number: post.number, text: "Once more", copy: true });
  await settle();
  await store.remove(kim.id, other.url);
  await settle();
  t.deepEqual(
    (await one()).map(([url]) => url),
    [under.url],
  );
  const left = await host.house.storage.query("SELECT id FROM posts WHERE blog_id = ? AND status <> 'trash'", [blogOf(kim).id]);
  t.deepEqual(left, []);
  t.deepEqual(host.failures(), []);
});

check(
  "something outside is answered on the installation, told by a webmention, and forgotten when it is deleted; mentions reach who is named",
  async (t) => {
    const { host, store, timeline, kim, lee, ana } = await open(t, "webmention", { dashboard: true });
    host.network.on("GET https://una.example/1", { html: '<link rel="webmention" href="/wm"><p>Walks</p>' });
    host.network.on("POST https://una.example/wm", { status: 202, text: "Thanks" });
    const source = await timeline.keepSource("nests", {
      kind: "feed",
      key: "https://una.example/feed",
      title: "Una",
      url: "https://una.example/",
      avatar: "",
      handle: "una.example",
      language: "en",
    });
    const [number] = await timeline.put([
      { key: "1", sourceId: source.id, url: "https://una.example/1", html: "Walks", publishedAt: host.clock.now().toISOString() },
    ]);
    await timeline.follow(lee.id, ana.id).catch(() => undefined);
    const sent = await store.reply({ accountId: ana.id, number: number!, text: "A good **walk**", copy: true });
    await host.runJobs();
    const told = { source: sent.url, target: "https://una.example/1" };
    t.deepEqual(host.network.sent("POST https://una.example/wm"), [told]);
    t.like(await timeline.item(kim.id, sent.number), { url: sent.url, replyTo: "https://una.example/1" });
    const page = () => host.request({ host: "hub.example", path: new URL(sent.url).pathname });
    const { text } = await page();
    t.regex(text, /class="card h-entry"[\s\S]*class="u-in-reply-to" rel="in-reply-to" href="https:\/\/una\.example\/1"/);
    t.regex(text, /class="e-content[^>]*><p>A good <strong>walk/);

    await store.edit(ana.id, sent.url, "A bad walk");
    await host.runJobs();
    t.regex((await page()).text, /A bad walk/);
    await store.remove(ana.id, sent.number);
    await host.runJobs();
    const gone = await page();
    t.is(gone.status, 410);
    t.notRegex(gone.text, /walk/);
    t.is(host.network.sent("POST https://una.example/wm").length, 3);
    t.is(await timeline.item(ana.id, sent.number), null);

    const hello = await store.mention({ accountId: ana.id, text: "@Kim are you there?" });
    await host.runJobs();
    t.deepEqual(
      (await timeline.mentions(kim.id)).items.map((item) => item.number),
      [hello.number],
    );
    const answer = await store.reply({ accountId: kim.id, number: hello.number, text: "I am" });
    await host.runJobs();
    const noticed = host
      .events("account.notice")
      .map(({ accountId, notice }) => [accountId, notice.kind, notice.text, notice.url]);
    t.deepEqual(noticed, [
      [kim.id, "mention", "Ana mentioned you: @Kim are you there?", `/c/${hello.number}`],
      [ana.id, "reply", "Kim answered you: I am", `/c/${answer.number}`],
    ]);
    t.deepEqual(
      (await timeline.conversation(kim.id, hello.number))!.replies.map((item) => item.number),
      [answer.number],
    );
    t.deepEqual(
      (await timeline.mentions(ana.id)).items.map((item) => item.number),
      [answer.number],
    );
    for (const text of ["kim", "@nobody-here hi", "@kim.example hi", "hi @kim", "@kim@una.example hi"])
      await t.throwsAsync(store.mention({ accountId: ana.id, text }), { message: /Begin with the name/ }, text);
    t.deepEqual(host.failures(), []);
  },
);

check(
  "a reply's own page takes answers from other sites: they stand below it, follow their source, and go with it",
  async (t) => {
    const { host, store, threads, kim, ana, post, blogOf } = await open(t, "webmention", { dashboard: true });
    const first = await store.reply({ accountId: ana.id, number: post.number, text: "Herons" });
    const page = await host.request({ host: "hub.example", path: new URL(first.url).pathname });
    const [, endpoint] = /<a rel="webmention" href="([^"]+)"/.exec(page.text)!;
    const source = "https://una.example/1";
    const says = (html: string) => host.network.on(`GET ${source}`, { html: `<div class="h-entry">${html}</div>` });
    const answer = `<a class="u-in-reply-to" href="${first.url}"></a>`;
    const send = async (target: string, from = source) => {
      const { host: blog, pathname: path } = new URL(endpoint!);
      const sent = await host.request({ host: blog, path, form: { source: from, target } });
      host.clock.advance({ minutes: 1 });
      await host.runJobs();
      return sent.status;
    };
    const below = async () =>
      (await threads.of(post.url))!.replies.map(({ html, replyTo }) => [html.replace(/<[^>]*>/g, "").trim(), replyTo]);

    says(`${answer}<p class="e-content">Where?</p>`);
    t.is(await send(first.url), 201);
    t.deepEqual(await below(), [
      ["Herons", post.number],
      ["Where?", first.number],
    ]);
    // The same page answers the post as well: one answer still, and it stays for the one that it still links to.
    const both = `${answer}<a class="u-in-reply-to" href="${post.url}"></a>`;
    says(`${both}<p class="e-content">Where now?</p>`);
    t.is(await send(post.url), 201);
    t.deepEqual((await below())[1], ["Where now?", first.number]);
    says(`<a class="u-in-reply-to" href="${post.url}"></a><p class="e-content">Where else?</p>`);
    t.is(await send(first.url), 201);
    t.deepEqual((await below())[1], ["Where else?", post.number]);
    says("<p class='e-content'>Nothing</p>");
    t.is(await send(first.url), 201);
    t.is(await send(post.url), 201);
    t.deepEqual(await below(), [["Herons", post.number]]);

    // A like of the reply is none of the post; a post of this installation answers it too.
    says(`<a class="u-like-of" href="${first.url}"></a>`);
    t.is(await send(first.url), 201);
    t.is((await host.house.storage.query("SELECT id FROM interactions WHERE kind = 'like'")).length, 0);
    const inReplyTo = { "in-reply-to": [first.url] };
    await host.publish({ text: "From my blog", title: "", properties: inReplyTo }, blogOf(kim), kim);
    host.clock.advance({ minutes: 5 });
    await host.runJobs();
    t.deepEqual((await below())[1], ["From my blog", first.number]);

    t.is(await send(`${first.url.slice(0, -26)}01JNONE0000000000000000000`), 400);
    await store.remove(ana.id, first.url);
    await host.runJobs();
    t.is(await send(first.url), 400);
    t.deepEqual(host.failures(), []);
  },
);

check(
  "a reply gets a copy on the own blog later, and loses it and stays: one reply everywhere, with what answers it, and no news",
  async (t) => {
    const { host, store, threads, timeline, kim, lee, ana, post, blogOf } = await open(t, "webmention", { dashboard: true });
    const kims = await host.as("kim");
    await timeline.follow(ana.id, (await timeline.resolve("kim"))!.id);
    await timeline.setReplies(ana.id, "all");
    const settle = async () => {
      host.clock.advance({ minutes: 5 });
      await host.runJobs();
    };
    const first = await store.reply({ accountId: kim.id, number: post.number, text: "Herons, @ana" });
    await settle();
    const under = await store.reply({ accountId: lee.id, number: first.number, text: "Thanks" });
    await settle();
    const told = () => host.events("account.notice").filter(({ notice }) => !notice.isChange).length;
    const notices = told();
    const change = async (intent: string) => {
      const [row] = await host.house.storage.query("SELECT id FROM p_replies_replies WHERE account_id = ? ORDER BY id", [kim.id]);
      t.is((await kims.post("/replies", { intent, id: String(row!.id) })).status, 303);
      await settle();
      const [own] = (await store.own(kim.id)).items;
      const all = (await threads.of(post.url))!.replies;
      t.deepEqual(
        all.map(({ number, replyTo }) => [number, replyTo]),
        [
          [own!.number, post.number],
          [under.number, own!.number],
        ],
      );
      const shown = (await timeline.conversation(null, post.number))!.replies.map(({ number }) => number);
      t.deepEqual(shown, [own!.number, under.number]);
      const home = (await timeline.home(ana.id)).items.map(({ html }) => html.replace(/<[^>]*>/g, "").trim());
      t.deepEqual(home, ["Herons, @ana"]);
      t.deepEqual((await timeline.profile(null, kim.id)).items.length, 1);
      t.is(told(), notices, "who is named has heard of it");
      return all[0]!.url;
    };
    const onBlog = async () =>
      (await host.house.storage.query("SELECT status FROM posts WHERE blog_id = ?", [blogOf(kim).id])).map(
        ({ status }) => status,
      );

    t.regex((await kims.get("/replies?tab=mine")).text, /Put it on my blog too/);
    const copied = await change("copy");
    t.regex(copied, /^http:\/\/kim\.example/);
    t.deepEqual(await onBlog(), ["published"]);
    t.regex((await kims.get("/replies?tab=mine")).text, /Take it off my blog/);
    t.is(await change("uncopy"), first.url);
    t.deepEqual(await onBlog(), ["trash"]);
    t.is(await change("copy"), copied);
    t.deepEqual(await onBlog(), ["published"]);

    // What answers something outside: its own page is gone while it stands on the blog, so that others forget it.
    host.network.on("GET https://una.example/1", { html: '<link rel="webmention" href="/wm"><p>Walks</p>' });
    host.network.on("POST https://una.example/wm", { status: 202 });
    const at = host.clock.now().toISOString();
    const feed = { kind: "feed", key: "https://una.example/feed", title: "Una", url: "https://una.example/", avatar: "" };
    const una = await timeline.keepSource("nests", { ...feed, handle: "una.example", language: "en" });
    const [number] = await timeline.put([
      { key: "1", sourceId: una.id, url: "https://una.example/1", html: "W", publishedAt: at },
    ]);
    const out = await store.reply({ accountId: kim.id, number: number!, text: "A walk" });
    await settle();
    const page = () => host.request({ host: "hub.example", path: new URL(out.url).pathname });
    const swap = async (intent: string) => {
      await kims.post("/replies", { intent, id: out.url.slice(-26) });
      await settle();
      const [own] = (await store.own(kim.id)).items;
      t.deepEqual(
        (await timeline.conversation(kim.id, number!))!.replies.map((item) => [item.number, item.url]),
        [[own!.number, own!.url]],
      );
      const { status, text } = await page();
      return [status, text.includes("http://kim.example")];
    };
    t.deepEqual(await swap("copy"), [410, true]);
    t.deepEqual(await swap("uncopy"), [200, false]);
    const sources = host.network
      .sent("POST https://una.example/wm")
      .map((sent) => new URL((sent as { source: string }).source).host);
    t.deepEqual(
      sources.map((name) => name.split(":")[0]),
      ["hub.example", "hub.example", "kim.example", "hub.example", "kim.example"],
    );
    t.deepEqual(host.failures(), []);
  },
);
