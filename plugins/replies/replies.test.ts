import test from "ava";
import { pluginContract } from "rookery/testing";
import webmention from "../webmention/plugin.ts";
import { below, open, timelineFolder } from "./replies.testing.ts";

pluginContract(test, import.meta.dirname, { requires: [timelineFolder] });

test("a reply appears under the post, a reply to it below it, and both in timelines; edits and deletes follow", async (t) => {
  const { host, store, threads, timeline, kim, lee, ana, post } = await open(t);
  const first = await store.reply({
    accountId: kim.id,
    number: post.number,
    text: "Look, @lee: **herons**\r\nand <script>x</script> `@lee`",
  });
  t.regex(first.url, /^http:\/\/hub\.example:\d+\/replies\/[0-9A-Z]{26}$/);
  await host.runJobs();
  const [shown] = await host.conversation(post);
  t.is(shown!.number, first.number);
  t.is(shown!.sourceUrl, first.url);
  t.regex(shown!.html, /<a href="[^"]*\/people\/lee"[^>]*>@lee<\/a>: <strong>herons<\/strong>/);
  t.regex(shown!.html, /<code>@lee<\/code>/);
  t.notRegex(shown!.html, /script/);

  host.clock.advance({ minutes: 2 });
  const second = await store.reply({ accountId: ana.id, number: first.number, text: "Where?" });
  await host.runJobs();
  const thread = (await threads.of(post.url))!;
  t.deepEqual(
    thread.replies.map(({ number, replyTo, author }) => [number, replyTo, author.username]),
    [
      [first.number, post.number, "kim"],
      [second.number, first.number, "ana"],
    ],
  );
  const conversation = (await timeline.conversation(null, second.number))!;
  t.deepEqual(
    [conversation.root!.number, ...conversation.replies.map(({ number }) => number)],
    [post.number, first.number, second.number],
  );
  t.deepEqual(
    (await timeline.mentions(kim.id)).items.map(({ number }) => number),
    [second.number],
  );
  t.deepEqual(
    (await timeline.mentions(lee.id)).items.map(({ number }) => number),
    [second.number, first.number],
  );

  t.deepEqual(await store.edit(kim.id, first.url, "Look: terns"), first);
  await host.runJobs();
  t.deepEqual(await below(host, post), ["Look: terns", "Where?"]);
  t.regex((await timeline.item(null, first.number))!.html, /terns/);
  await t.throwsAsync(store.edit(ana.id, first.number, "Mine"), { message: /no such reply/ });
  await t.throwsAsync(store.remove(ana.id, first.number), { message: /no such reply/ });
  host.clock.advance({ hours: 25 });
  await t.throwsAsync(store.edit(kim.id, first.number, "Late"), { message: /24 hours/ });

  await store.remove(kim.id, first.number);
  await host.runJobs();
  t.deepEqual(await below(host, post), ["Where?"]);
  t.is(await timeline.item(null, first.number), null);
  t.is(await store.byUrl(first.url), null);
  t.deepEqual((await store.own(kim.id)).items, []);
  t.deepEqual((await threads.of(post.url))!.replies[0]!.replyTo, post.number);
  t.deepEqual(host.failures(), []);
});

test("what is refused is kept as a draft; the same words within a minute are one reply, and a flood ends", async (t) => {
  const { host, store, kim, ana, post } = await open(t);
  const say = (text: string, key?: string) => store.reply({ accountId: ana.id, number: post.number, text, ...(key && { key }) });
  const both = await Promise.all([say("Twice"), say("Twice")]);
  t.deepEqual(both[0], both[1]);
  host.clock.advance({ seconds: 40 });
  t.deepEqual(await say("Twice"), both[0]);
  host.clock.advance({ seconds: 61 });
  t.notDeepEqual(await say("Twice"), both[0], "later it is said again");
  const keyed = await say("Keyed", "k1");
  host.clock.advance({ hours: 1 });
  t.deepEqual(await say("Keyed", "k1"), keyed);
  t.deepEqual(await below(host, post), ["Twice", "Twice", "Keyed"]);
  const page = await store.own(ana.id, { limit: 2 });
  t.deepEqual(
    page.items.map(({ source }) => source),
    ["Keyed", "Twice"],
  );
  t.deepEqual(
    (await store.own(ana.id, { before: page.next! })).items.map(({ source }) => source),
    ["Twice"],
  );
  t.deepEqual(
    (await store.own(ana.id, { search: "key" })).items.map(({ source }) => source),
    ["Keyed"],
  );
  t.deepEqual((await store.own(ana.id, { search: "%_!" })).items, []);

  await t.throwsAsync(say(" \u0000\r\n"), { message: /Write something/ });
  await t.throwsAsync(say("x".repeat(10_001)), { message: /10000 letters/ });
  t.is((await store.draft(ana.id, post.number)).length, 10_001);
  await t.throwsAsync(say("<a>".repeat(2_500)), { message: /too many links/ });
  await t.throwsAsync(store.reply({ accountId: ana.id, number: 2_147_483_647, text: "To nothing" }), {
    message: /not there any more/,
  });
  t.is(await store.draft(ana.id, 2_147_483_647), "To nothing");
  await say("\uD800 \u202E ok");
  t.is(await store.draft(kim.id, post.number), "");

  for (let n = 0; n < 40; n++)
    try {
      await say(`Flood ${n}`);
    } catch (error) {
      t.is((error as { status?: number }).status, 429);
      t.is(await store.draft(ana.id, post.number), `Flood ${n}`);
      break;
    }
  t.true((await store.own(ana.id, { limit: 200 })).items.length <= 34);

  await host.remove(post);
  await host.runJobs();
  host.clock.advance({ hours: 1 });
  await t.throwsAsync(say("Too late"), { message: /not there any more/ });
  t.is(await store.draft(ana.id, post.number), "Too late");
  await host.house.storage.write((db) => db.run("UPDATE accounts SET state = 'suspended' WHERE id = ?", [ana.id]));
  await t.throwsAsync(store.mention({ accountId: ana.id, text: "@kim let me in" }), { message: /not active/ });
  t.is(await store.draft(ana.id, 0), "@kim let me in");
  t.deepEqual(host.failures(), []);
});

test("with a copy on the own blog it is one reply everywhere, whichever of the two changes or goes", async (t) => {
  const { host, store, threads, timeline, kim, lee, post, blogOf } = await open(t, {
    plugins: [{ plugin: webmention, folder: new URL("../webmention", import.meta.url).pathname }],
  });
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

test("something outside is answered on the installation, told by a webmention, and forgotten when it is deleted; mentions reach who is named", async (t) => {
  const { host, store, timeline, kim, lee, ana } = await open(t, {
    dashboard: true,
    plugins: [{ plugin: webmention, folder: new URL("../webmention", import.meta.url).pathname }],
  });
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
  t.regex(text, /class="e-content"[^>]*><p>A good <strong>walk/);

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
});
