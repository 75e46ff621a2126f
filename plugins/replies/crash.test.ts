import test from "ava";
import { below, open } from "./replies.testing.ts";

const rows = "SELECT state, reason, number FROM p_replies_replies";

test("what was acknowledged is delivered once, wherever the process ended in between", async (t) => {
  const { host, store, ana, post } = await open(t, { dashboard: true });
  const { storage } = host.house;
  const run = (sql: string) => storage.write((db) => db.run(sql));
  const settle = async (minutes: number) => {
    host.clock.advance({ minutes });
    await host.runJobs();
  };
  const broken = () =>
    run("CREATE TRIGGER away BEFORE INSERT ON interactions BEGIN SELECT RAISE(ABORT, 'The disk is full'); END");

  // It cannot be delivered now: it is kept, and brought a minute later.
  await broken();
  t.like(await store.reply({ accountId: ana.id, number: post.number, text: "Once" }), { number: 0 });
  t.deepEqual(await below(host, post), []);
  await run("DROP TRIGGER away");
  await settle(2);
  t.deepEqual(await below(host, post), ["Once"]);

  // The process ended after delivering and before noting it.
  await run("UPDATE p_replies_replies SET state = 'waiting', is_due = 1, number = 0");
  host.clock.advance({ seconds: 1 });
  await host.runJobs();
  await settle(60 * 5);
  t.deepEqual(await below(host, post), ["Once"]);
  t.like((await storage.query(rows))[0], { state: "sent" });

  // It ended after writing the reply down and before the job: nobody was told yes, and still it arrives.
  await broken();
  await store.reply({ accountId: ana.id, number: post.number, text: "Twice" });
  await run("DROP TRIGGER away");
  await run("DELETE FROM jobs WHERE plugin_id = 'replies' AND name = 'settle'");
  await settle(60 * 5);
  t.deepEqual(await below(host, post), ["Once", "Twice"]);

  // It stays impossible: its writer sees that, and tries again.
  await broken();
  await store.reply({ accountId: ana.id, number: post.number, text: "Thrice" });
  for (let n = 0; n < 6; n++) await settle(60 * 3);
  const anas = await host.as("ana");
  t.regex((await anas.get("/replies?tab=mine")).text, /not delivered[\s\S]*tried several times/);
  await run("DROP TRIGGER away");
  const [failed] = await storage.query("SELECT id FROM p_replies_replies WHERE state = 'failed'");
  t.is((await anas.post("/replies", { intent: "retry", id: String(failed!.id) })).status, 303);
  t.deepEqual(await below(host, post), ["Once", "Twice", "Thrice"]);

  // Deleted while it could not be taken away: it goes later.
  await run("CREATE TRIGGER away BEFORE DELETE ON interactions BEGIN SELECT RAISE(ABORT, 'The disk is full'); END");
  await store.remove(ana.id, (await store.own(ana.id)).items[0]!.url);
  t.deepEqual(await below(host, post), ["Once", "Twice", "Thrice"]);
  await run("DROP TRIGGER away");
  await settle(2);
  t.deepEqual(await below(host, post), ["Once", "Twice"]);
  t.deepEqual(await host.deadJobs(), []);
});
