import { existsSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import { databases, testDatabase } from "../../core/storage/testing.ts";

type Kit = typeof import("../../plugins/moderation/moderation.testing.ts");
type Town = Awaited<ReturnType<Kit["open"]>>;

const address = new URL("../../plugins/moderation/moderation.testing.ts", import.meta.url);
const kit = existsSync(address) ? ((await import(address.href)) as Kit) : null;
if (!kit) test.skip("moderation: the plugin is not here", () => undefined);

if (kit)
  for (const dialect of databases)
    test(`${dialect}: spam of new accounts waits; a post is reported, hidden, appealed against, and shown again by another moderator`, async (t) => {
      const town = await kit.open(t, { areNew: true, databaseUrl: await testDatabase(t, dialect) });
      await newcomers(t, town, kit);
      town.host.clock.advance({ hours: 24 * 20 });
      await reports(t, town, kit);
      t.deepEqual([town.host.failures(), await town.host.deadJobs()], [[], []]);
    });

async function newcomers(
  t: ExecutionContext,
  { host, kim, lee, ana, mia, say, store, desk, at }: Town,
  { toldTo, wordsOf }: Kit,
) {
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
  const [suspension] = await at.rows("SELECT id FROM p_moderation_actions");
  t.is((await byMia.post("/admin/moderation/undo", { person: ana.id, action: String(suspension!.id) })).status, 303);
  t.false((await desk.stateOf(ana.id)).isSuspended);
}

async function reports(
  t: ExecutionContext,
  { host, kim, lee, ana, mia, una, say, at, store }: Town,
  { apply, toldTo, wordsOf }: Kit,
) {
  await store.follow(ana.id, lee.id).catch(async () => store.follow(ana.id, (await store.resolve("lee"))!.id));
  const post = await say(lee, "Herons are thieves");
  t.is((await wordsOf(store, ana))[0], "Herons are thieves");
  const [byAna, byMia, byUna, byLee] = [await host.as(ana), await host.as(mia), await host.as(una), await host.as(lee)];

  t.regex((await byAna.get(`/report?number=${post.number}`)).text, /Herons are thieves/);
  const sent = await byAna.post("/report", { number: String(post.number), category: "abuse", note: "Rude to birds" });
  t.is(sent.headers.location, "/report/thanks");
  t.is((await byAna.post("/report", { number: String(post.number), category: "abuse", note: "Ruder still" })).status, 303);
  await host.runJobs();
  const [id, ...others] = await at.openCases();
  t.deepEqual(others, [], "all reports of one thing are one case");
  t.deepEqual(
    (await at.rows("SELECT note FROM p_moderation_reports")).map(({ note }) => note),
    ["Ruder still"],
    "a person counts once",
  );
  t.deepEqual(
    [kim, mia, una, lee, ana].map((who) => toldTo(host, who).filter(({ subject }) => subject.startsWith("case")).length),
    [1, 1, 1, 0, 0],
    "moderators are told once",
  );
  t.regex((await byMia.get("/admin/moderation")).text, /Herons are thieves/);
  const page = await byMia.get(`/admin/moderation/case/${id}`);
  for (const words of ["Ruder still", "@ana", "@lee", "Insults or harassment"]) t.true(page.text.includes(words), words);
  t.is((await byMia.post("/admin/moderation/note", { case: id!, note: "Not the first time" })).status, 303);
  t.regex((await byMia.get(`/admin/moderation/case/${id}`)).text, /Not the first time[\s\S]*@mia/);

  t.is((await apply(byMia, { case: id!, act: ["hide", "warn"], close: "on" })).status, 422, "a reason is needed");
  const done = await apply(byMia, { case: id!, act: ["hide", "warn"], reason: "Herons are protected.", close: "on" });
  t.is(done.status, 303, done.text.slice(0, 300));
  await host.runJobs();
  t.deepEqual(await at.actions(), ["suspend undone", "hide active", "warn active"]);
  t.is((await host.stored(post))!.visibility, "private");
  t.is((await host.get(new URL(post.url).pathname, { host: "lee.example" } as never)).status, 404);
  t.not((await wordsOf(store, ana))[0], "Herons are thieves");
  t.regex((await byMia.get("/admin/moderation")).text, /Queue is clear/);
  await t.throwsAsync(host.edit(post, { visibility: "public" }), { message: /stays private/ });
  t.regex(toldTo(host, lee).at(-1)!.text, /hidden.*warned.*Herons are protected/s);
  t.regex(toldTo(host, ana).at(-1)!.text, /did something/);

  const decision = await at.lastDecision();
  t.regex((await byLee.get("/appeal")).text, new RegExp(decision));
  t.is((await byAna.get(`/appeal/${decision}`)).status, 404, "nobody else learns of it");
  t.regex((await byLee.get(`/appeal/${decision}`)).text, /Herons are protected/);
  t.is((await byLee.post(`/appeal/${decision}`, { words: "" })).status, 422);
  t.is((await byLee.post(`/appeal/${decision}`, { words: "It was a joke among birders." })).status, 303);
  t.is((await byLee.post(`/appeal/${decision}`, { words: "Again" })).status, 409);
  await host.runJobs();
  t.deepEqual(
    [mia, una].map((who) => toldTo(host, who).filter(({ subject }) => subject.startsWith("appeal")).length),
    [0, 1],
    "another moderator is asked",
  );
  t.is((await byMia.post(`/admin/moderation/appeals/${decision}`, { intent: "grant", answer: "Mine" })).status, 403);
  t.regex((await byUna.get("/admin/moderation/appeals")).text, /a joke among birders/);
  t.is((await byUna.post(`/admin/moderation/appeals/${decision}`, { intent: "grant", answer: "A joke it is." })).status, 303);
  t.is((await byUna.post(`/admin/moderation/appeals/${decision}`, { intent: "refuse", answer: "No" })).status, 409);
  await host.runJobs();
  t.deepEqual(await at.actions(), ["suspend undone", "hide undone", "warn undone"]);
  t.is((await host.stored(post))!.visibility, "public");
  t.is((await wordsOf(store, ana))[0], "Herons are thieves");
  t.regex(toldTo(host, lee).at(-1)!.text, /granted.*A joke it is/);
  t.regex((await byLee.get(`/appeal/${decision}`)).text, /taken back/i);
  const log = (await at.rows("SELECT action FROM audit_log WHERE action LIKE 'moderation.%' ORDER BY id")).map(
    ({ action }) => action,
  );
  const wanted = ["case-closed", "hide", "warn", "hide-undone", "warn-undone", "appeal-granted"];
  t.deepEqual(
    log.slice(-6),
    wanted.map((word) => `moderation.${word}`),
  );
}
