import test from "ava";
import { receive } from "../../../core/interactions/receive.ts";
import { apply, blogOf, open, wordsOf } from "../moderation.testing.ts";

test("what somebody new changes later is looked at as it is then; what came after the look waits on", async (t) => {
  const { host, kim, lee, ana, mia, say, store, at } = await open(t, { areNew: true });
  for (const name of ["lee", "ana"]) await store.follow(kim.id, (await store.resolve(name))!.id);
  const byMia = await host.as(mia);
  const edit = async (post: Awaited<ReturnType<typeof say>>, draft: object) => {
    host.clock.advance({ minutes: 1 });
    await host.edit(post, draft);
    await host.runJobs();
  };
  const judged = async () => (await at.rows("SELECT state, why FROM p_moderation_judged ORDER BY id")).map((row) => row.state);

  const post = await say(lee, "I like herons");
  await edit(post, { text: "I like herons, and ducks" });
  t.deepEqual(await wordsOf(store, kim), ["I like herons, and ducks"], "harmless changes go out");
  await edit(post, { text: "I like herons, and [ducks](https://boats.example/)" });
  t.deepEqual([await wordsOf(store, kim), await judged()], [[], ["held"]], "the same words, and an address behind them");
  await edit(post, { slug: "elsewhere", text: "I like herons, and [swans](https://boats.example/)" });
  t.deepEqual(await judged(), ["held"], "under another address it is the same post");
  const held = await byMia.get("/admin/moderation/held");
  t.regex(held.text, /herons, and swans[\s\S]*links in the first posts/, "it is read as it is now");

  const pass = (page: string, intent = "pass") =>
    byMia.post("/admin/moderation/held", { person: lee.id, seen: /name="seen" value="([^"]*)"/.exec(page)![1]!, intent });
  await edit(post, { text: "Buy [boats](https://boats.example/)" });
  t.is((await pass(held.text)).status, 303);
  await host.runJobs();
  t.deepEqual([await wordsOf(store, kim), await judged()], [[], ["held"]], "nobody looked at these words yet");
  t.is((await pass((await byMia.get("/admin/moderation/held")).text, "drop")).status, 303);
  await edit(post, { text: "I like herons" });
  t.deepEqual([await wordsOf(store, kim), await judged()], [[], ["refused"]], "what was kept out is not smuggled in");
  t.regex((await host.stored(post))!.html, /I like herons/, "on their own blog it stands");

  for (const n of [1, 2, 3, 4]) await say(ana, `Link ${n}: https://boats.example/${n}`);
  t.deepEqual(await wordsOf(store, kim), [], "what is held makes nobody known");
  await say(ana, "A story", { title: "Herons", text: `${"Long words. ".repeat(60)} https://boats.example/5` });
  t.is((await judged()).filter((state) => state === "held").length, 5, "all of a post is read, not what timelines show of it");
  t.deepEqual([host.failures(), await host.deadJobs()], [[], []]);
});

test("the end of a limit lets out what it held, and nothing that the look at new accounts held", async (t) => {
  const { host, kim, lee, mia, say, store, at } = await open(t, { areNew: true });
  await store.follow(kim.id, (await store.resolve("lee"))!.id);
  const byMia = await host.as(mia);
  const there = await say(kim, "Reeds");
  const reply = (n: number, html: string) =>
    receive(host.house.scopeOf(kim, blogOf(host, kim), "test"), {
      kind: "reply",
      source: `https://lee.example/r${n}`,
      postId: there.id,
      author: { name: "Lee", url: "https://lee.example/" },
      html,
      via: "test",
      accountId: lee.id,
    });
  const states = async () => (await at.rows("SELECT state FROM interactions ORDER BY source_url")).map(({ state }) => state);
  const old = await say(lee, "Before the limit");
  await say(lee, "Spam: https://boats.example/1");
  await apply(byMia, { person: lee.id, act: "limit", reason: "Too loud." });
  await say(lee, "Under the limit");
  await say(lee, "More spam: https://boats.example/2");
  await reply(1, "A kind word");
  await reply(2, 'Buy <a href="https://boats.example/3">boats</a>');
  await host.edit(old, { text: "Before the limit, mended" });
  await host.runJobs();
  t.deepEqual([await wordsOf(store, kim), await states()], [["Reeds"], ["held", "held"]]);

  const undo = async () => {
    const [row] = await at.rows("SELECT id FROM p_moderation_actions WHERE state = 'active'");
    t.is((await byMia.post("/admin/moderation/undo", { person: lee.id, action: String(row!.id) })).status, 303);
    await host.runJobs();
  };
  await undo();
  const words = async () => (await wordsOf(store, kim)).filter((one) => one !== "Reeds" && one !== "A kind word");
  t.deepEqual(await words(), ["Under the limit", "Before the limit, mended"]);
  t.deepEqual(await states(), ["visible", "held"]);
  t.regex((await byMia.get("/admin/moderation/held")).text, /Spam[\s\S]*More spam[\s\S]*Buy boats/);

  await apply(byMia, { person: lee.id, act: "hold", reason: "Let us see." });
  await say(lee, "Held on purpose");
  await undo();
  t.is((await words())[0], "Held on purpose", "nothing was wrong with it");
  t.is((await at.rows("SELECT id FROM p_moderation_judged WHERE state = 'held'")).length, 3);

  await apply(byMia, { person: lee.id, act: "limit", length: "day", reason: "Too loud." });
  await say(lee, "Meant to stay at home");
  await host.edit(old, { text: "Before the limit, mended twice" });
  await host.runJobs();
  await byMia.post("/admin/moderation/held", { person: lee.id, intent: "pass" });
  await host.runJobs();
  const out = ["Held on purpose", "More spam: boats.example", "Under the limit", "Spam: boats.example"];
  const short = async () => (await words()).map((one) => one.replace(/https:\/\/(boats.example)\S*/, "$1"));
  t.deepEqual(await short(), out, "what a moderator looked at goes out, and nothing else");
  host.clock.advance({ hours: 25 });
  await host.runJobs();
  t.deepEqual(await short(), [...out, "Before the limit, mended twice"], "an old post is there again, what is new stays at home");
  t.deepEqual([host.failures(), await host.deadJobs()], [[], []]);
});
