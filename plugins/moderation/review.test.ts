import test from "ava";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import { receive } from "../../core/interactions/receive.ts";
import { apply, blogOf, open, toldTo, wordsOf } from "./moderation.testing.ts";

for (const dialect of databases)
  test(`${dialect}: spam of a new account waits, everything else goes out, and one click lets it through or suspends`, async (t) => {
    const { host, kim, lee, ana, mia, say, store, desk, at } = await open(t, {
      areNew: true,
      databaseUrl: await testDatabase(t, dialect),
    });
    for (const name of ["lee", "ana"]) await store.follow(kim.id, (await store.resolve(name))!.id);
    await say(lee, "Hello, I am new");
    await say(lee, "Buy here: https://boats.example/1");
    await say(lee, "Nothing to sell");
    t.deepEqual(await wordsOf(store, kim), ["Nothing to sell", "Hello, I am new"]);
    t.deepEqual(
      [mia, lee].map((who) => toldTo(host, who).map(({ subject }) => subject)),
      [[`held ${lee.id}`], []],
    );
    const byMia = await host.as(mia);
    t.regex((await byMia.get("/admin/moderation/held")).text, /Buy here[\s\S]*links in the first posts/);
    t.regex((await byMia.get("/admin/moderation/new")).text, /@lee[\s\S]*something waits/);

    t.is((await byMia.post("/admin/moderation/held", { person: lee.id, intent: "pass" })).status, 303);
    await host.runJobs();
    const boats = (await wordsOf(store, kim)).filter((words) => words.startsWith("Buy"));
    t.is(boats.length, 1);
    await say(lee, "More: https://boats.example/2");
    t.regex((await wordsOf(store, kim))[0]!, /^More/, "who was let through is known");

    for (const n of [1, 2, 3]) await say(ana, `Same words! ${n === 3 ? "…" : ""}`);
    t.is((await wordsOf(store, kim)).filter((words) => words.startsWith("Same")).length, 2);
    t.is((await byMia.post("/admin/moderation/new", { person: ana.id, intent: "refuse" })).status, 303);
    await host.runJobs();
    t.true((await desk.stateOf(ana.id)).isSuspended);
    t.deepEqual(await at.actions(), ["suspend active"]);
    t.notRegex((await byMia.get("/admin/moderation/new")).text, /@ana/);
    t.regex((await byMia.get("/admin/moderation/held")).text, /Nothing is held/);
    t.deepEqual([host.failures(), await host.deadJobs()], [[], []]);
  });

test("replies of who is held wait on others' blogs, and are shown when let through; what its people decided stands", async (t) => {
  const { host, kim, lee, mia, say, at } = await open(t);
  const post = await say(kim, "Reeds");
  const byMia = await host.as(mia);
  t.is((await apply(byMia, { person: lee.id, act: "hold", reason: "Let us see." })).status, 303);
  const scope = host.house.scopeOf(kim, blogOf(host, kim), "test");
  const reply = (n: number) =>
    receive(scope, {
      kind: "reply",
      source: `https://lee.example/${n}`,
      postId: post.id,
      author: { name: "Lee", url: "https://lee.example/" },
      html: `<p>Answer ${n}</p>`,
      via: "test",
      ...(n < 3 && { accountId: lee.id }),
    });
  const states = async () =>
    (await at.rows("SELECT state FROM interactions ORDER BY source_url")).map(({ state }) => String(state));
  for (const n of [1, 2, 3]) t.is((await reply(n))?.state, "held", String(n));
  await host.runJobs();
  t.deepEqual(await states(), ["held", "held", "held"], "also what comes from their own blog");
  await host.house.storage.write((db) =>
    db.run("UPDATE interactions SET state = 'hidden' WHERE source_url = 'https://lee.example/2'"),
  );
  t.is((await byMia.post("/admin/moderation/held", { person: lee.id, intent: "pass" })).status, 303);
  await host.runJobs();
  t.deepEqual(await states(), ["visible", "hidden", "visible"]);
  t.is((await reply(4))?.state, "held", "what comes later still waits");
  t.is((await byMia.post("/admin/moderation/held", { person: lee.id, intent: "drop" })).status, 303);
  t.deepEqual(await states(), ["visible", "hidden", "visible", "hidden"]);
  t.deepEqual(host.failures(), []);
});

test("a hidden reply stays hidden when the people of the blog show it", async (t) => {
  const { host, kim, ana, mia, say, at, desk } = await open(t);
  const post = await say(kim, "Reeds");
  const scope = host.house.scopeOf(kim, blogOf(host, kim), "test");
  const said = { kind: "reply", source: "https://ana.example/1", author: { name: "Ana" }, html: "Rude", via: "test" } as const;
  const reply = (await receive(scope, { ...said, postId: post.id, accountId: ana.id }))!;
  await host.runJobs();
  await desk.report({ by: null, about: { number: reply.number }, category: "abuse", note: "" });
  const byMia = await host.as(mia);
  const [id] = await at.openCases();
  t.regex((await byMia.get(`/admin/moderation/case/${id}`)).text, /Rude/);
  t.is((await apply(byMia, { case: id!, act: "hide", reason: "Rude.", close: "on" })).status, 303);
  const { decide } = await import("../../core/interactions/decide.ts");
  await decide(scope, reply.id, "visible");
  await host.runJobs();
  t.deepEqual(await host.conversation(post), []);
  t.deepEqual(host.failures(), []);
});
