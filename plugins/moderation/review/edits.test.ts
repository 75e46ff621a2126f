import test from "ava";
import { apply, open, wordsOf } from "../moderation.testing.ts";

test("what somebody new changes later is looked at as it is then; what came after the look waits on", async (t) => {
  const { host, kim, lee, ana, mia, una, say, store, at } = await open(t, { areNew: true });
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

  const set = (sql: string) => host.house.storage.write((db) => db.run(sql, []));
  const settle = (by: typeof byMia, intent: string) => by.post("/admin/moderation/held", { person: ana.id, intent });
  await set(
    "CREATE TRIGGER died BEFORE INSERT ON jobs WHEN NEW.name = 'release' BEGIN SELECT RAISE(ABORT, 'the power went'); END",
  );
  t.is((await settle(byMia, "pass")).status, 500);
  await set("DROP TRIGGER died");
  host.clock.advance({ minutes: 2 });
  await host.runJobs();
  t.is((await wordsOf(store, kim)).length, 5, "what was let through comes, whatever ended in between");

  // Not new any more, so it is held on purpose.
  await apply(byMia, { person: ana.id, act: "hold", reason: "Let us see." });
  await say(ana, "Both of you at once");
  await Promise.all([settle(byMia, "pass"), settle(await host.as(una), "drop")]);
  await host.runJobs();
  const [last] = await at.rows("SELECT state FROM p_moderation_judged ORDER BY id DESC LIMIT 1");
  t.is((await wordsOf(store, kim)).includes("Both of you at once"), last!.state === "released", "one of two decides");
  t.is((await wordsOf(store, ana)).includes("Both of you at once"), last!.state === "released");
  t.deepEqual(await host.deadJobs(), []);
});
