import { existsSync } from "node:fs";
import test from "ava";
import { decide } from "../../core/interactions/decide.ts";
import { receive } from "../../core/interactions/receive.ts";
import { hashPassword } from "../../core/people/passwords.ts";
import { deleteAccount } from "../../core/residents/standing/account-standing.ts";

type Kit = typeof import("../../plugins/moderation/moderation.testing.ts");

const address = new URL("../../plugins/moderation/moderation.testing.ts", import.meta.url);
const kit = existsSync(address) ? ((await import(address.href)) as Kit) : null;
const { apply, blogOf, open, wordsOf } = kit ?? ({} as Kit);
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

there("the end of a limit lets out what it held, and nothing that the look at new accounts held", async (t) => {
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
  await reply(1, '<a href="https://boats.example/4">A kind word</a>');
  t.deepEqual(await states(), ["held", "held"], "an address behind the same words is looked at");

  await apply(byMia, { person: lee.id, act: "hold", reason: "Let us see." });
  await say(lee, "Held on purpose");
  await undo();
  t.is((await words())[0], "Held on purpose", "nothing was wrong with it");
  t.is((await at.rows("SELECT id FROM p_moderation_judged WHERE state = 'held'")).length, 4);

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

there(
  "somebody suspended who has no address reads why at the sign-in and can appeal from there, without a session",
  async (t) => {
    const { host, kim, lee, mia, at } = await open(t);
    const password = "eight geese on the lawn";
    const hash = await hashPassword(password);
    await host.house.storage.write((db) =>
      db.run("UPDATE accounts SET email = NULL, password_hash = ? WHERE id = ?", [hash, lee.id]),
    );
    const origin = host.house.site.url.replace(/\/$/, "");
    const jar = new Map<string, string>();
    const ask = async (path: string, form?: Record<string, string>) => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, ...(form && { origin }) };
      const answer = await host.request({
        method: form ? "POST" : "GET",
        path,
        host: "hub.example",
        headers,
        ...(form && { form }),
      });
      for (const line of [answer.headers["set-cookie"] ?? []].flat())
        jar.set(...(/^([^=]+)=([^;]*)/.exec(line)!.slice(1) as [string, string]));
      return answer;
    };
    const csrfOf = (text: string) => /name="csrf" value="([^"]*)"/.exec(text)![1]!;
    const enter = async (typed = password) =>
      ask("/signin", { csrf: csrfOf((await ask("/signin")).text), name: "lee", password: typed });
    const linkIn = (text: string) => /href="(\/appeal\/[0-9A-Z]{26}\?key=[\w.]+)">Read the decision and appeal/.exec(text)?.[1];

    // By an admin, outside of the desk: there is nothing to appeal against here.
    t.is((await (await host.as(kim)).post("/admin/people/lee/suspend", { reason: "By hand." })).status, 303);
    t.is(linkIn((await enter()).text), undefined);
    t.is((await (await host.as(kim)).post("/admin/people/lee/restore", {})).status, 303);
    await host.runJobs();

    await apply(await host.as(mia), { person: lee.id, act: "suspend", reason: "Sells herons." });
    t.is(linkIn((await enter("something else")).text), undefined, "nobody learns it who does not know the password");
    const refused = await enter();
    t.is(refused.status, 403);
    t.regex(refused.text, /Sells herons\./);
    const link = linkIn(refused.text)!;
    t.is((await ask("/account")).status, 303, "no session");
    const page = await ask(link);
    t.is(page.status, 200);
    t.is((await ask(`${link.slice(0, -1)}${link.endsWith("0") ? "1" : "0"}`)).status, 404, "forged");
    const [path, key] = link.split("?key=") as [string, string];
    t.is((await ask(path, { csrf: csrfOf(page.text), key, words: "They were mine." })).status, 303);
    t.deepEqual(
      (await at.rows("SELECT words, account_id FROM p_moderation_appeals")).map((row) => [row.words, row.account_id]),
      [["They were mine.", lee.id]],
    );
    host.clock.advance({ hours: 25 });
    t.is((await ask(link)).status, 404, "good for a day");
    t.deepEqual(host.failures(), []);
  },
);
