import test from "ava";
import { existsSync } from "node:fs";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import { createTestHost } from "../../core/testing.ts";

const folder = (id: string) => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const isThere = existsSync(`${folder("sources")}/plugin.ts`) && existsSync(`${folder("timeline")}/plugin.ts`);
const at = "https://lee.example/feed.xml";
const item = (day: number, text: string) =>
  `<item><guid isPermaLink="false">ü${day}</guid><link>https://lee.example/${day}</link><description>${text}</description><pubDate>${day} Apr 2026 10:00 GMT</pubDate></item>`;
const rss = (items: string) =>
  `<rss version="2.0"><channel><title>Lee</title><link>https://lee.example/</link>${items}</channel></rss>`;

if (!isThere) test.skip("sources: the plugin, or the timeline, is not here", () => undefined);

for (const dialect of isThere ? databases : [])
  test.serial(
    `sources: a feed is followed in the timeline, which hears of what is new and what changed (${dialect})`,
    async (t) => {
      const plugins = [];
      for (const id of ["timeline", "sources"])
        plugins.push({ plugin: (await import(`${folder(id)}/plugin.ts`)).default, folder: folder(id) });
      const host = await createTestHost(t, { plugins, databaseUrl: await testDatabase(t, dialect) });
      const kim = host.account.id;
      // oxlint-disable-next-line typescript/no-explicit-any -- the plugin may be missing, and its types with it
      const ask = async <T>(question: (store: any) => Promise<T>): Promise<T> => {
        const [found] = host.house.host.current.services(host.scope(), "timeline.store" as never);
        return question((found as unknown as { service: unknown }).service);
      };
      const home = async () =>
        (await ask<{ items: { html: string }[] }>((store) => store.home(kim))).items.map(({ html }) => html);
      host.network.on(`GET ${at}`, { xml: rss(item(29, "Old 🐦")) });

      const source = await ask<{ id: string; kind: string }>((store) => store.resolve("lee.example/feed.xml"));
      t.like(source, { kind: "feed" });
      await ask((store) => store.follow(kim, source.id));
      await host.runJobs();
      const said = await ask<{ items: { html: string }[] }>((store) => store.profile(kim, source.id));
      t.regex(said.items.map(({ html }) => html).join(""), /Old 🐦/);

      const fresh = item(2, "New").replace("Apr", "May");
      host.network.on(`GET ${at}`, { xml: rss(fresh + item(29, "Old, mended")) });
      host.clock.advance({ hours: 25 });
      await host.runJobs();
      t.true((await home()).some((html) => html.includes("New")));
      const after = await ask<{ items: { html: string }[] }>((store) => store.profile(kim, source.id));
      t.true(after.items.some(({ html }) => html.includes("mended")));

      await ask((store) => store.unfollow(kim, source.id));
      await host.runJobs();
      t.deepEqual(await host.house.storage.query("SELECT id FROM p_sources_feeds"), []);
      t.deepEqual(await host.deadJobs(), []);
      t.deepEqual(host.failures(), []);
    },
  );

(isThere ? test.serial : test.serial.skip)(
  "sources: what somebody writes on a site that is proven to be theirs is theirs in the timeline, from then on",
  async (t) => {
    const plugins = [];
    for (const id of ["timeline", "sources"])
      plugins.push({ plugin: (await import(`${folder(id)}/plugin.ts`)).default, folder: folder(id) });
    const host = await createTestHost(t, { plugins, dashboard: true });
    const lee = await host.person("lee");
    // oxlint-disable-next-line typescript/no-explicit-any -- the plugin may be missing, and its types with it
    const [found] = host.house.host.current.services(host.scope(), "timeline.store" as never) as any[];
    const store = found.service;
    const words = async (list: Promise<{ items: { html: string }[] }>) =>
      (await list).items.map(({ html }) => html.replace(/<[^>]*>/g, "").trim());
    host.network.on(`GET ${at}`, { xml: rss(item(29, "Old")) });
    host.network.on("GET https://lee.example/", { html: `<a rel="me" href="http://hub.example:${host.port}/people/lee">me</a>` });
    const preferences = JSON.stringify({ links: [{ label: "", url: "https://lee.example/" }] });
    await host.house.storage.write((db) => db.run("UPDATE accounts SET preferences = ? WHERE id = ?", [preferences, lee.id]));
    const kim = host.account.id;
    await (await host.as("lee")).post("/sources/new", { url: at });
    await host.runJobs();
    await store.follow(kim, (await store.sourceByHandle("lee")).id);
    await host.runJobs();
    t.deepEqual(await words(store.profile(kim, lee.id)), ["Old"]);

    const fresh = item(2, "New").replace("Apr", "May");
    host.network.on(`GET ${at}`, { xml: rss(fresh + item(29, "Old")) });
    host.clock.advance({ hours: 25 });
    await host.runJobs();
    t.deepEqual(
      (await words(store.home(kim))).filter((word) => word === "New"),
      ["New"],
    );
    t.deepEqual(await words(store.profile(kim, lee.id)), ["New", "Old"]);

    // Taken back there, it goes here.
    host.network.on(`GET ${at}`, { xml: rss(`<at:deleted-entry ref="ü2"/>${item(29, "Old")}`) });
    host.clock.advance({ hours: 25 });
    await host.runJobs();
    t.deepEqual(await words(store.profile(kim, lee.id)), ["Old"]);
    t.deepEqual(host.failures(), []);
  },
);
