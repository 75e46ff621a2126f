import test from "ava";
import { existsSync } from "node:fs";
import { receive } from "../../core/interactions/receive.ts";
import { peopleApi } from "../../core/host/people-api.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";

const folder = new URL("../../plugins/timeline", import.meta.url).pathname;
const isThere = existsSync(`${folder}/plugin.ts`);

if (!isThere) test.skip("timeline: the plugin is not here", () => undefined);

for (const dialect of isThere ? databases : [])
  test.serial(`timeline: who is suspended is seen nowhere until they are restored (${dialect})`, async (t) => {
    const { open, words } = (await import(
      `${folder}/timeline.testing.ts`
    )) as typeof import("../../plugins/timeline/timeline.testing.ts");
    const { host, store, kim, lee, ana, follow, say } = await open(t, { databaseUrl: await testDatabase(t, dialect) });
    await follow(kim.id, "lee");
    const post = await say(lee, "Reeds");
    await say(ana, "I see @lee");
    const answer = await say(kim, "Where?", { properties: { "in-reply-to": post.url } });
    await host.runJobs();
    const people = peopleApi({ ...host.scope(), blog: null }, () => undefined);
    await people.suspend(lee.id, { reason: "Spam", withBlogs: false, by: kim.id });
    await host.runJobs();

    t.deepEqual(words(await store.home(kim.id)), ["Where?"]);
    t.deepEqual(words(await store.localPosts()), ["Where?", "I see @lee"]);
    t.is(await store.item(kim.id, post.number), null);
    t.is(await store.sourceByHandle("lee"), null);
    t.deepEqual(await store.following(kim.id), []);
    t.is(await store.resolve("@lee"), null);
    await t.throwsAsync(store.follow(ana.id, lee.id), { name: "PublicError" });
    const alone = await store.conversation(kim.id, answer.number);
    t.deepEqual([alone!.root, words({ items: alone!.replies })], [null, ["Where?"]]);

    await people.restore(lee.id, { by: kim.id });
    await host.runJobs();
    t.deepEqual(words(await store.home(kim.id)), ["Where?", "Reeds"]);
    t.is((await store.following(kim.id)).length, 1);
    t.is((await store.conversation(kim.id, answer.number))?.root?.id, post.id);
  });

for (const dialect of isThere ? databases : []) {
  test.serial(
    `timeline: replies and names are mentions, conversations begin with their first word, and what is erased is gone (${dialect})`,
    async (t) => {
      const { open, words } = (await import(
        `${folder}/timeline.testing.ts`
      )) as typeof import("../../plugins/timeline/timeline.testing.ts");
      const { host, store, kim, lee, ana, follow, say } = await open(t, { databaseUrl: await testDatabase(t, dialect) });
      const root = await say(kim, "Who saw the heron?");
      await host.runJobs();
      const answer = await say(lee, "I did, @kim and @ana. Not you@kim.example", { properties: { "in-reply-to": root.url } });
      await host.runJobs();
      const deeper = await say(ana, "So did I", { properties: { "in-reply-to": answer.url } });
      const stranger = { name: "Una \u202E<b>", url: "https://una.example/", photo: "" };
      const said = { postId: root.id, via: "test", author: stranger, html: "<p>From afar<script>x</script></p>" };
      const outside = await receive(host.scope(host.blogs[0], kim), { ...said, kind: "reply", source: "https://una.example/1" });
      await receive(host.scope(host.blogs[0], kim), { ...said, kind: "like", source: "https://una.example/2", html: "" });
      await host.runJobs();

      t.deepEqual(words(await store.mentions(kim.id)), ["From afar", "I did, @kim and @ana. Not you@kim.example"]);
      t.deepEqual(words(await store.mentions(ana.id)), ["I did, @kim and @ana. Not you@kim.example"]);
      t.deepEqual(words(await store.mentions(lee.id)), ["So did I"]);
      const whole = (await store.conversation(null, deeper.number))!;
      t.is(whole.root?.id, root.id);
      t.deepEqual(words({ items: whole.replies }), ["I did, @kim and @ana. Not you@kim.example", "So did I", "From afar"]);
      t.like(whole.replies[2], { number: outside!.number, author: { sourceId: "", handle: "una.example" } });

      // Only replies to people one follows, unless one wants all.
      await follow(ana.id, "lee");
      t.deepEqual(words(await store.home(ana.id)), ["So did I"]);
      await store.setReplies(ana.id, "all");
      t.is((await store.home(ana.id)).items.length, 2);
      await store.setReplies(ana.id, "followed");
      await follow(ana.id, "@kim");
      t.deepEqual(words(await store.home(ana.id)), [
        "So did I",
        "I did, @kim and @ana. Not you@kim.example",
        "Who saw the heron?",
      ]);

      await host.remove(root);
      await host.runJobs();
      t.like(await store.conversation(null, answer.number), { root: null, isRootGone: true });
      t.is(await store.conversation(null, 2_000_000_000), null);
      await store.mute(ana.id, { kind: "word", value: "Überall" });
      await store.mark(ana.id, { channel: "timeline", number: answer.number, markedAt: "" });

      // Erased: a blog, and a person.
      const rows = async (table: string, where: string, value: string) =>
        (await host.house.storage.query(`SELECT * FROM p_timeline_${table} WHERE ${where} = ?`, [value])).length;
      const leesBlog = host.blogs.find(({ ownerId }) => ownerId === lee.id)!;
      await follow(kim.id, "lee.example");
      const { tellFact } = await import("../../core/jobs/tell-facts.ts");
      await host.house.storage.write((db) => tellFact(host.scope(leesBlog, lee), db, "blog.erasing", { blog: leesBlog }));
      await host.runJobs();
      for (const [table, column] of [
        ["items", "place_id"],
        ["sources", "id"],
        ["follows", "source_id"],
      ] as const)
        t.is(await rows(table, column, leesBlog.id), 0, table);
      await host.house.storage.write(async (db) => {
        await db.run("UPDATE accounts SET state = 'deleted' WHERE id = ?", [ana.id]);
        await tellFact({ ...host.scope(), blog: null }, db, "account.deleted", { account: ana });
      });
      await host.runJobs();
      t.is(await store.sourceByHandle("ana"), null);
      await host.house.storage.write((db) => db.run("DELETE FROM accounts WHERE id = ?", [ana.id]));
      host.clock.advance({ days: 2 });
      await host.runJobs();
      for (const table of ["entries", "mentions", "follows", "mutes", "markers", "choices"])
        t.is(await rows(table, "account_id", ana.id), 0, table);
      for (const [table, column] of [
        ["items", "source_id"],
        ["sources", "id"],
      ] as const)
        t.is(await rows(table, column, ana.id), 0, table);
      t.deepEqual(host.failures(), []);
    },
  );
}
