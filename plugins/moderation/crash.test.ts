import test from "ava";
import { apply, open, toldTo } from "./moderation.testing.ts";

test("what a crash left half done is gone on with, once", async (t) => {
  const { host, lee, mia, say, at } = await open(t);
  const post = await say(lee, "Reeds");
  const byMia = await host.as(mia);
  await apply(byMia, { number: String(post.number), act: ["hide", "limit"], reason: "Rude." });
  await host.runJobs();
  const told = toldTo(host, lee).length;
  const set = (sql: string) => host.house.storage.write((db) => db.run(sql, []));

  // Written down, and nothing done: the process ended before.
  await set("UPDATE p_moderation_actions SET state = 'pending'");
  await set("UPDATE p_moderation_decisions SET is_told = 0");
  await set("UPDATE posts SET visibility = 'public'");
  host.clock.advance({ minutes: 11 });
  await host.runJobs();
  t.deepEqual(await at.actions(), ["hide active", "limit active"]);
  t.is((await host.stored(post))!.visibility, "private");
  t.is(toldTo(host, lee).length, told + 1);

  // Half taken back.
  await set("UPDATE p_moderation_actions SET state = 'undoing'");
  host.clock.advance({ minutes: 11 });
  await host.runJobs();
  t.deepEqual(await at.actions(), ["hide undone", "limit undone"]);
  t.is((await host.stored(post))!.visibility, "public");
  host.clock.advance({ minutes: 30 });
  await host.runJobs();
  t.is(toldTo(host, lee).filter(({ text }) => text.startsWith("Taken back")).length, 2);
  t.deepEqual([host.failures(), await host.deadJobs()], [[], []]);
});

test("what ends in between was never begun: no case is closed, and no appeal answered, without its decision", async (t) => {
  const { host, lee, ana, mia, una, say, desk, at } = await open(t);
  const post = await say(lee, "Reeds");
  await desk.report({ by: ana.id, about: { number: post.number }, category: "spam", note: "" });
  const [byMia, byUna, byLee] = [await host.as(mia), await host.as(una), await host.as(lee)];
  const [id] = await at.openCases();
  const set = (sql: string) => host.house.storage.write((db) => db.run(sql, []));
  const dies = (when: string) =>
    set(`CREATE TRIGGER died BEFORE INSERT ON ${when} BEGIN SELECT RAISE(ABORT, 'the power went'); END`);
  const hide = () => apply(byMia, { case: id!, act: "hide", reason: "Rude.", close: "on" });

  await dies("p_moderation_decisions");
  t.is((await hide()).status, 500);
  await host.runJobs();
  t.deepEqual([await at.openCases(), await at.actions(), toldTo(host, ana)], [[id], [], []]);
  await set("DROP TRIGGER died");
  t.is((await hide()).status, 303);
  await host.runJobs();
  t.regex(toldTo(host, ana).at(-1)!.text, /did something/);

  const decision = await at.lastDecision();
  t.is((await byLee.post(`/appeal/${decision}`, { words: "A joke." })).status, 303);
  await dies("jobs WHEN NEW.name = 'finish-appeal'");
  const grant = () => byUna.post(`/admin/moderation/appeals/${decision}`, { intent: "grant", answer: "So it is." });
  t.is((await grant()).status, 500);
  t.deepEqual(await at.rows("SELECT state FROM p_moderation_appeals"), [{ state: "waiting" }]);
  await set("DROP TRIGGER died");
  t.is((await grant()).status, 303);
  t.deepEqual(await at.actions(), ["hide undone"]);
  t.is((await host.stored(post))!.visibility, "public");
});
