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
