import test from "ava";
import { existsSync } from "node:fs";
import { receive } from "../../core/interactions/receive.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";

const folder = new URL("../../plugins/discover", import.meta.url).pathname;
const isThere = existsSync(`${folder}/plugin.ts`);

if (!isThere) test.skip("discover: the plugin is not here", () => undefined);

// On MariaDB where there is one: every statement of the plugin is run here.
for (const dialect of isThere ? databases.slice(-1) : [])
  test(`discover: picks appear at their time, also after a crash; candidates are sifted, skipped and left out, never ranked (${dialect})`, async (t) => {
    const { numbersOf, open } = (await import(
      `${folder}/discover.testing.ts`
    )) as typeof import("../../plugins/discover/discover.testing.ts");
    const databaseUrl = await testDatabase(t, dialect);
    const { host, shelves, lee, ana, una, say, act, curator } = await open(t, { databaseUrl });
    const [reeds, boats] = [await say(lee, "Reeds"), await say(ana, "Boats with 🎵", { language: "fr" })];
    const reply = await say(una, "An answer", { properties: { "in-reply-to": reeds.url } });
    const herons = await say(una, "Herons", { photos: [{ url: "https://una.example/heron.jpg", alt: "A heron" }] });
    const list = async (query = "") => {
      const { text } = await curator.get(`/admin/discover${query}`);
      return [...text.matchAll(/<li class="row" id="n(\d+)"/g)].map(([, number]) => Number(number));
    };
    t.deepEqual(await list(), [herons.number, boats.number, reeds.number], "the newest first, without replies");
    t.deepEqual(await list("?photo=on"), [herons.number]);
    t.deepEqual(await list("?language=fr"), [boats.number]);
    t.deepEqual(await list("?topic=music"), [boats.number]);
    t.is((await act("pick", { number: String(reply.number) })).status, 422);
    const like = { kind: "like", source: "https://far.example/like", via: "test", author: { name: "Far" }, html: "" } as const;
    const scope = host.scope(host.blogs.find(({ id }) => id === reeds.blogId)!);
    for (const at of [1, 2, 3]) await receive(scope, { ...like, source: `${like.source}${at}`, postId: reeds.id });
    await host.runJobs();
    t.deepEqual(await list(), [herons.number, boats.number, reeds.number], "reactions change nothing");

    t.is((await act("pick", { number: String(reeds.number), at: "2026-05-01T18:00" })).status, 303);
    t.is((await act("pick", { number: String(boats.number), at: "2026-05-01T16:00" })).status, 303);
    t.deepEqual(await list("?first=on"), [herons.number], "ana and lee were picked");
    t.deepEqual((await shelves.picks()).entries, []);
    t.regex((await curator.get("/admin/discover?tab=scheduled")).text, /Scheduled[\s\S]*Boats[\s\S]*Reeds/);
    host.clock.set("2026-05-01T16:00:01Z");
    await host.runJobs();
    t.deepEqual(numbersOf((await shelves.picks()).entries), [boats.number]);
    // The job is lost, as if the server had been killed before it was written down.
    await host.house.storage.write((db) => db.run("DELETE FROM jobs WHERE plugin_id = 'discover' AND name = 'show'"));
    host.clock.set("2026-05-01T18:20:00Z");
    await host.runJobs();
    t.deepEqual(numbersOf((await shelves.picks()).entries), [reeds.number, boats.number]);

    const later = await say(una, "More herons");
    t.is((await act("skip", { number: String(later.number), back: "?photo=on" })).headers.location, "/admin/discover?photo=on");
    t.is((await act("skip", { number: String(later.number), back: "//evil.example" })).headers.location, "/admin/discover");
    t.deepEqual(await list(), [herons.number]);
    t.deepEqual(await list("?show=skipped"), [later.number]);
    await act("unskip", { number: String(later.number) });
    await act("leave-out", { number: String(later.number), reason: "Asked me to" });
    t.deepEqual(await list(), []);
    const authors = await curator.get("/admin/discover/authors");
    t.regex(authors.text, /Una|una[\s\S]*Asked me to/);
    t.is((await curator.post("/admin/discover/authors", { intent: "let-in", account: una.id })).status, 303);
    t.deepEqual(await list(), [later.number, herons.number]);
    t.is((await curator.post("/admin/discover/authors", { who: "@nobody" })).status, 422);
    t.regex((await curator.get(`/admin/discover/post?url=${encodeURIComponent(reeds.url)}`)).text, /Change|Save/);
    t.regex((await curator.get("/admin/discover/post?url=https://far.example/")).text, /no public post/);
    // Two press the same button at the same moment; a day later all is swept, and nothing of it is lost.
    const both = await Promise.all([
      act("pick", { number: String(later.number) }),
      act("pick", { number: String(later.number) }),
    ]);
    t.deepEqual(both.map(({ status }) => status).toSorted(), [303, 422]);
    t.deepEqual(numbersOf((await shelves.picks()).entries), [later.number, reeds.number, boats.number]);
    host.clock.advance({ days: 1 });
    await host.runJobs();
    t.deepEqual(numbersOf((await shelves.picks({ language: "fr" })).entries), [boats.number]);
    t.is((await shelves.picks()).entries.length, 3);
    t.deepEqual(host.failures(), []);
  });
