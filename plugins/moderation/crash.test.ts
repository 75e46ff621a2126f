import test from "ava";
import { deleteAccount } from "../../core/residents/standing/account-standing.ts";
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

test("what is kept of somebody goes after their account is erased; what they reported stays without their name", async (t) => {
  const { host, lee, ana, mia, say, at, desk } = await open(t);
  const post = await say(lee, "Reeds");
  await desk.report({ by: ana.id, about: { number: post.number }, category: "spam", note: "Look" });
  await desk.report({ by: lee.id, about: { handle: "ana" }, category: "abuse", note: "By lee" });
  await apply(await host.as(mia), { number: String(post.number), act: "warn", reason: "Please." });
  await host.runJobs();
  const scope = { ...host.scope(), principal: { accountId: lee.id, role: lee.role, scopes: null } };
  await host.house.storage.write((db) => deleteAccount(scope, db, lee, "erase"));
  await host.runJobs();
  t.is((await at.rows("SELECT id FROM p_moderation_decisions")).length, 1, "not before the 30 days are over");
  for (const days of [30, 2]) {
    host.clock.advance({ hours: 24 * days });
    await host.runJobs();
  }
  for (const table of ["decisions", "actions"]) t.deepEqual(await at.rows(`SELECT id FROM p_moderation_${table}`), [], table);
  t.deepEqual(
    (await at.rows("SELECT note, account_id FROM p_moderation_reports ORDER BY note")).map((row) => [row.note, row.account_id]),
    [
      ["By lee", ""],
      ["Look", ana.id],
    ],
  );
  t.deepEqual(await at.rows("SELECT id FROM p_moderation_cases WHERE title LIKE '%Reeds%'"), []);
  t.deepEqual(host.failures(), []);
});
