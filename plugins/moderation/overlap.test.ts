import test from "ava";
import { definePlugin } from "rookery/plugin";
import { apply, open, wordsOf } from "./moderation.testing.ts";

test("what two decided goes on while one of them stands", async (t) => {
  const { host, lee, ana, mia, una, say, at, desk, store } = await open(t);
  const [byMia, byUna] = [await host.as(mia), await host.as(una)];
  await store.follow(ana.id, (await store.resolve("lee"))!.id);
  const post = await say(lee, "Reeds", { visibility: "unlisted" });
  const [number, reason] = [String(post.number), "Rude."];
  for (const by of [byMia, byUna]) t.is((await apply(by, { number, act: "hide", reason })).status, 303);
  await apply(byMia, { person: lee.id, act: ["limit", "suspend"], length: "day", reason });
  await apply(byUna, { person: lee.id, act: ["hold", "suspend"], reason });
  const undo = async (kind: string) => {
    const [row] = await at.rows("SELECT id FROM p_moderation_actions WHERE kind = ? AND state = 'active' ORDER BY id", [kind]);
    t.is((await byMia.post("/admin/moderation/undo", { person: lee.id, action: String(row!.id) })).status, 303, kind);
    await host.runJobs();
  };

  await undo("hide");
  t.is((await host.stored(post))!.visibility, "private", "the other one hid it too");
  await undo("hide");
  t.is((await host.stored(post))!.visibility, "unlisted", "as it was before the first");

  await say(lee, "Kept");
  host.clock.advance({ hours: 25 });
  await host.runJobs();
  t.true((await desk.stateOf(lee.id)).isSuspended, "the longer one goes on");
  await undo("suspend");
  t.false((await desk.stateOf(lee.id)).isSuspended);
  t.deepEqual(await wordsOf(store, ana), [], "what is held is not let out, nor forgotten, by the end of a limit");
  await undo("hold");
  t.deepEqual(await wordsOf(store, ana), ["Kept"]);
  t.deepEqual([host.failures(), await host.deadJobs()], [[], []]);
});

test("what was private or hidden before moderators came stays so after them", async (t) => {
  const { host, lee, ana, mia, say, at, desk } = await open(t);
  const post = await say(lee, "Reeds");
  await desk.report({ by: ana.id, about: { number: post.number }, category: "spam", note: "" });
  await host.edit(post, { visibility: "private" });
  const byMia = await host.as(mia);
  const [id] = await at.openCases();
  t.is((await apply(byMia, { case: id!, act: "hide", reason: "Rude." })).status, 303);
  const [action] = await at.rows("SELECT id FROM p_moderation_actions");
  t.is((await byMia.post("/admin/moderation/undo", { case: id!, action: String(action!.id) })).status, 303);
  t.is((await host.stored(post))!.visibility, "private");
});

test("what cannot be taken back does not keep the rest from ending", async (t) => {
  let isStrict = false;
  const strict = definePlugin({
    id: "strict",
    name: "Strict",
    description: "Refuses every change",
    version: "1.0.0",
    api: 1,
    category: "Social",
    scope: "network",
    capabilities: ["posts:read"],
    hooks: { "post.validate": () => (isStrict ? { refuse: "No.", key: "strict.no", status: 409 } : undefined) },
  });
  const { host, lee, mia, say, at, desk } = await open(t, { more: [strict] });
  const byMia = await host.as(mia);
  const post = await say(lee, "Reeds");
  await apply(byMia, { number: String(post.number), act: "hide", reason: "Rude." });
  await apply(byMia, { person: lee.id, act: "limit", length: "day", reason: "Loud." });
  await host.runJobs();
  const set = (sql: string) => host.house.storage.write((db) => db.run(sql, []));
  await set("UPDATE p_moderation_actions SET state = 'undoing', until_at = '2020-01-01T00:00:00.000Z' WHERE kind = 'hide'");
  isStrict = true;
  host.clock.advance({ hours: 25 });
  await host.runJobs();
  t.false((await desk.stateOf(lee.id)).isLimited);
  t.deepEqual(await at.actions(), ["hide undoing", "limit ended"]);

  isStrict = false;
  host.clock.advance({ hours: 1 });
  await host.runJobs();
  t.regex((await at.actions())[0]!, /^hide (undone|ended)$/);
  t.is((await host.stored(post))!.visibility, "public");
});

test("whom an admin lets in again is not kept apart any longer", async (t) => {
  const { host, kim, lee, ana, mia, say, at, store } = await open(t);
  await store.follow(ana.id, (await store.resolve("lee"))!.id);
  const [byMia, byKim] = [await host.as(mia), await host.as(kim)];
  await apply(byMia, { person: lee.id, act: "suspend", reason: "Rude." });
  await host.runJobs();
  t.is((await byKim.post("/admin/people/lee/restore", {})).status, 303);
  await host.runJobs();
  t.deepEqual(await at.actions(), ["suspend undone"]);
  await say(lee, "Back again");
  t.deepEqual(await wordsOf(store, ana), ["Back again"]);
  t.deepEqual([host.failures(), await host.deadJobs()], [[], []]);
});
