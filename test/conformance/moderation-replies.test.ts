import { existsSync } from "node:fs";
import test from "ava";
import { decide } from "../../core/interactions/decide.ts";
import { receive } from "../../core/interactions/receive.ts";
import { deleteAccount } from "../../core/residents/standing/account-standing.ts";

type Kit = typeof import("../../plugins/moderation/moderation.testing.ts");

const address = new URL("../../plugins/moderation/moderation.testing.ts", import.meta.url);
const kit = existsSync(address) ? ((await import(address.href)) as Kit) : null;
const { apply, blogOf, open } = kit ?? ({} as Kit);
const there = kit ? test : test.skip;

there(
  "replies of who is held wait on others' blogs, and are shown when let through; what its people decided stands",
  async (t) => {
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
  },
);

there("a hidden reply stays hidden when the people of the blog show it", async (t) => {
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
  await decide(scope, reply.id, "visible");
  await host.runJobs();
  t.deepEqual(await host.conversation(post), []);
  t.deepEqual(host.failures(), []);
});

there("replies and mentions of a blocked domain do not come in", async (t) => {
  const { host, mia, kim, say } = await open(t);
  const post = await say(kim, "Reeds");
  const byMia = await host.as(mia);
  t.is((await byMia.post("/admin/moderation/domains", { intent: "block", host: "boats.example", reason: "Spam" })).status, 303);
  const from = (name: string) => {
    const source = `https://${name}/1`;
    const scope = host.house.scopeOf(kim, blogOf(host, kim), "test");
    return receive(scope, {
      kind: "reply",
      source,
      postId: post.id,
      author: { name: "A", url: source },
      html: "Hi",
      via: "test",
    });
  };
  t.is(await from("sea.boats.example"), null);
  t.truthy(await from("kind.example"));
});

there("what is kept of somebody goes after their account is erased; what they reported stays without their name", async (t) => {
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
