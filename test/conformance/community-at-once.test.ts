import test from "ava";
import { existsSync } from "node:fs";
import { createTestHost, type TestHostOptions, type TestVisitor } from "../../core/testing.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";

const ids = ["feeds", "timeline", "replies", "discover", "moderation", "notifications"] as const;
const folders = ids.map((id) => new URL(`../../plugins/${id}`, import.meta.url).pathname);
const isThere = folders.every((folder) => existsSync(`${folder}/plugin.ts`));

if (!isThere) test.skip("community at once: not all of its plugins are here", () => undefined);

// On MariaDB where there is one: there the requests of one moment do run beside each other.
for (const dialect of isThere ? databases.slice(-1) : [])
  test(`what comes twice at the same moment is done once, and refused in words (${dialect})`, async (t) => {
    const plugins = await Promise.all(
      folders.map(async (folder) => ({ plugin: (await import(`${folder}/plugin.ts`)).default as never, folder })),
    );
    const host = await createTestHost(t, {
      plugins,
      dashboard: true,
      blogs: [
        { host: "kim.example", owner: "kim" },
        { host: "lee.example", owner: "lee" },
      ],
      databaseUrl: await testDatabase(t, dialect),
    } as TestHostOptions);
    const [lee, ana, bo] = [await host.person("lee"), await host.person("ana"), await host.person("bo")];
    const [mia, una] = [await host.person("mia", "moderator"), await host.person("una", "moderator")];
    host.clock.advance({ hours: 24 * 20 });
    const [byLee, byAna, byBo, byMia, byUna] = await Promise.all([lee, ana, bo, mia, una].map((who) => host.as(who)));
    const rows = (sql: string) => host.house.storage.query(sql, []);
    const twice = async (who: readonly TestVisitor[], path: string, form: Record<string, string | string[]>) => {
      const answers = await Promise.all([...who, ...who, ...who].map((one) => one.post(path, form)));
      return answers.map(({ status }) => status).toSorted();
    };
    const all = (status: number) => Array.from({ length: 3 }, () => status);

    t.deepEqual(await twice([byAna!], "/following", { intent: "replies", replies: "all" }), all(303));
    t.deepEqual(await twice([byAna!], "/muted", { kind: "word", value: "rain", end: "" }), all(303));
    t.is((await rows("SELECT id FROM p_timeline_mutes")).length, 1);
    t.deepEqual(await twice([byLee!], "/discover/mine", { intent: "choose" }), all(303));
    t.deepEqual(await twice([byLee!], "/discover/mine", { intent: "choose", picked: "on" }), all(303));
    const topic = { intent: "make", slug: "boats", "title-en": "Boats", emoji: "⛵", words: "" };
    const made = await twice([byMia!], "/admin/discover/topics", topic);
    t.deepEqual([made[0], made.every((status) => status < 500)], [303, true], made.join());
    t.is((await rows("SELECT id FROM p_discover_topics WHERE slug = 'boats'")).length, 1);

    // Two moderators decide about one report: one does, the other is told.
    t.is((await byAna!.post("/report", { handle: "lee", category: "spam", note: "" })).status, 303);
    const [open] = await rows("SELECT id FROM p_moderation_cases");
    const decision = { case: String(open!.id), act: ["warn", "limit"], reason: "Rude.", length: "open", close: "on" };
    t.deepEqual(await twice([byMia!, byUna!], "/admin/moderation/apply", decision), [303, 409, 409, 409, 409, 409]);
    t.regex((await byUna!.post("/admin/moderation/apply", decision)).text, /Somebody decided this already/);
    t.is((await rows("SELECT id FROM p_moderation_decisions")).length, 1);

    // Nobody hears of what is kept from them: of who is limited, and of who is blocked.
    t.is((await byAna!.post("/muted", { kind: "block", value: "bo", end: "" })).status, 303);
    t.is((await byLee!.post("/replies/to/0", { text: "@ana Buy my boats" })).status, 303);
    t.is((await byBo!.post("/replies/to/0", { text: "@ana Hear me" })).status, 303);
    t.is((await byBo!.post("/replies/to/0", { text: "@kim Hear me" })).status, 303);
    await host.runJobs();
    const told = await rows("SELECT account_id, text FROM p_notifications_notices WHERE kind = 'mention'");
    t.deepEqual(
      told.map(({ account_id: id }) => id),
      [host.account.id],
    );
    t.deepEqual([host.failures(), await host.deadJobs()], [[], []]);
  });
