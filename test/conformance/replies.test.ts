import test from "ava";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import micropub from "../../plugins/micropub/plugin.ts";
import { below, open } from "../../plugins/replies/replies.testing.ts";

const folder = new URL("../../plugins/micropub", import.meta.url).pathname;

for (const dialect of databases)
  test(`${dialect}: replies are kept once, listed by pages, and changed and removed by Micropub with their address`, async (t) => {
    const { host, store, kim, ana, post } = await open(t, {
      plugins: [{ plugin: micropub, folder }],
      databaseUrl: await testDatabase(t, dialect),
    });
    const say = (text: string) => store.reply({ accountId: ana.id, number: post.number, text });
    const same = await Promise.all([say("Herons 🪶"), say("Herons 🪶"), say("Herons 🪶")]);
    t.is(new Set(same.map(({ url }) => url)).size, 1);
    host.clock.advance({ minutes: 2 });
    await say("Terns");
    t.deepEqual(await below(host, post), ["Herons 🪶", "Terns"]);
    const page = await store.own(ana.id, { limit: 1 });
    t.deepEqual(
      [...page.items, ...(await store.own(ana.id, { before: page.next! })).items].map(({ source }) => source),
      ["Terns", "Herons 🪶"],
    );
    t.deepEqual(
      (await store.own(ana.id, { search: "heron" })).items.map(({ source }) => source),
      ["Herons 🪶"],
    );
    await t.throwsAsync(say(" "), { message: /Write something/ });
    for (const text of ["x", "y", "y"]) await t.throwsAsync(store.mention({ accountId: ana.id, text }), { message: /Begin/ });
    t.is(await store.draft(ana.id, 0), "y");

    const url = same[0]!.url;
    const send = async (who: typeof ana, json: object, scopes = ["update", "delete"]) => {
      const token = await host.token({ scopes, account: who, blog: null });
      return host.request({ host: "hub.example", path: "/micropub", json, headers: { authorization: `Bearer ${token}` } });
    };
    const update = (content: unknown) => ({ action: "update", url, replace: { content } });
    t.is((await send(ana, update(["Gulls"]))).status, 200);
    t.is((await send(ana, update("Grebes"))).status, 200, "a bare text");
    t.deepEqual(await below(host, post), ["Grebes", "Terns"]);
    t.is((await send(kim, update(["Mine"]))).status, 403);
    t.is((await send(ana, update(["Mine"]), ["create"])).status, 403);
    t.is((await send(ana, { action: "update", url, replace: { name: ["x"] } })).status, 400);
    t.is((await send(ana, update([""]))).status, 400);
    host.clock.advance({ hours: 24 });
    t.is((await send(ana, update(["Late"]))).status, 403);
    t.is((await send(ana, { action: "delete", url })).status, 200);
    t.deepEqual(await below(host, post), ["Terns"]);
    t.is((await send(ana, { action: "delete", url })).status, 403, "it is no reply any more, and she has no blog");
    t.deepEqual(host.failures(), []);
  });
