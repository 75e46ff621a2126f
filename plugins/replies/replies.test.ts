import test from "ava";
import { definePlugin } from "rookery/plugin";
import { pluginContract } from "rookery/testing";
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
  host.clock.advance({ seconds: 40 });
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

test("words that were said, changed, and said again within a minute are not lost", async (t) => {
  const { host, store, kim, post } = await open(t);
  const say = (text: string) => store.reply({ accountId: kim.id, number: post.number, text });
  const first = await say("Herons");
  t.deepEqual(await say("Herons"), first, "twice is once");
  await store.edit(kim.id, first.number, "Terns");
  const again = await say("Herons");
  t.not(again.number, first.number);
  await host.runJobs();
  t.deepEqual((await below(host, post)).toSorted(), ["Herons", "Terns"]);
});

test("what is changed or deleted while it is on its way ends as it was said last", async (t) => {
  // Holds up what says so on its way to the post.
  let [arrived, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const gate = definePlugin({
    id: "gate",
    name: "Gate",
    description: "Holds up replies.",
    capabilities: ["interactions:write"],
    version: "1.0.0",
    api: 1,
    category: "Social",
    scope: "network",
    hooks: {
      "interaction.moderate": async ({ html }) => {
        if (!html.includes("slow")) return undefined;
        arrived.resolve();
        await goOn.promise;
        return undefined;
      },
    },
  });
  const { host, store, kim, post } = await open(t, { plugins: [gate as never] });
  const { number } = await store.reply({ accountId: kim.id, number: post.number, text: "Herons" });
  const overtaken = async (meanwhile: () => Promise<unknown>) => {
    [arrived, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = store.edit(kim.id, number, "slow");
    await arrived.promise;
    await meanwhile();
    goOn.resolve();
    await slow;
    host.clock.advance({ minutes: 5 });
    await host.runJobs();
    return below(host, post);
  };

  t.deepEqual(await overtaken(() => store.edit(kim.id, number, "Terns")), ["Terns"]);
  t.is((await store.own(kim.id)).items[0]!.source, "Terns");
  t.deepEqual(await overtaken(() => store.remove(kim.id, number)), []);
  t.deepEqual((await store.own(kim.id)).items, []);
  await t.throwsAsync(store.edit(kim.id, number, "Back"), { message: /no such reply/ });
  t.deepEqual(host.failures(), []);
});
