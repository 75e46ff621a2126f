import test from "ava";
import { existsSync } from "node:fs";
import type { Post } from "../../core/hooks/values.ts";
import { erasePost, restore } from "../../core/posts/remove.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import { createTestHost } from "../../core/testing.ts";

const folder = (id: string) => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const isThere = existsSync(`${folder("bookmarks")}/plugin.ts`) && existsSync(`${folder("feeds")}/plugin.ts`);
const words = "The heron stood in the water, quite still, and waited for the morning, as it did on every day of that spring.";
const page = `<html lang="en"><head><title>Herons — Lee</title></head><body><nav><a href="/">Home</a></nav><article><h1>Herons</h1>${`<p>${words}</p>`.repeat(8)}<p>${words} <img src="/h.jpg" alt="A heron"></p></article></body></html>`;

if (!isThere) test.skip("bookmarks: the plugin is not here", () => undefined);

for (const dialect of isThere ? databases : [])
  test.serial(`bookmarks: a saved page is found, read, tagged, highlighted, trashed and brought back (${dialect})`, async (t) => {
    const plugins = [];
    for (const id of ["feeds", "bookmarks"])
      plugins.push({ plugin: (await import(`${folder(id)}/plugin.ts`)).default, folder: folder(id) });
    const host = await createTestHost(t, { plugins, databaseUrl: await testDatabase(t, dialect) });
    const kim = host.account.id;
    // oxlint-disable-next-line typescript/no-explicit-any -- the plugin may be missing, and its types with it
    const ask = async <T>(question: (store: any) => Promise<T>): Promise<T> => {
      const [found] = host.house.host.current.services(host.scope(), "bookmarks.store" as never);
      return question((found as unknown as { service: unknown }).service);
    };
    host.network.on("GET https://lee.example/herons", { html: page });

    const made = await ask<{ id: string; tags: string[] }>((store) =>
      store.add(kim, { url: "https://lee.example/herons", tags: ["Birds, Überall"] }),
    );
    t.like(made, { url: "https://lee.example/herons", title: "", isPublic: true, copy: { state: "waiting" } });
    t.deepEqual(made.tags, ["birds", "überall"]);
    await host.runJobs();

    const [kept] = await ask<{ number: number }[]>((store) => store.list(kim));
    t.like(kept, { id: made.id, title: "Herons — Lee", copy: { state: "kept", reason: "" } });
    t.true(kept!.number > 0);
    const post = await host.stored({ id: made.id } as Post);
    t.like(post, { kind: "bookmark", title: "Herons — Lee" });
    t.false((await host.get(new URL(post!.url).pathname)).text.includes("überall"), "tags are nobody else's");
    const copy = await ask<{ html: string }>((store) => store.copyOf(kim, made.id));
    t.regex(copy.html, /quite still/);
    t.regex(copy.html, /\[A heron\]/);
    t.notRegex(copy.html, /<img|Home/);

    const mark = await ask<{ id: string; quote: string }>((store) =>
      store.highlight(kim, made.id, { quote: " quite still,\nand waited " }),
    );
    t.is(mark.quote, "quite still, and waited");
    t.is(
      (await ask<{ id: string }>((store) => store.highlight(kim, made.id, { quote: "quite still, and waited" }))).id,
      mark.id,
      "twice is once",
    );
    await t.throwsAsync(
      ask((store) => store.highlight(kim, made.id, { quote: "an owl" })),
      { message: /not in the copy/ },
    );
    await t.throwsAsync(
      ask((store) => store.highlight(kim, made.id, { quote: " " })),
      { message: /which words/ },
    );
    await t.throwsAsync(
      ask((store) => store.highlight(kim, made.id, { quote: "x".repeat(2_001) })),
      { message: /2,000/ },
    );

    await ask((store) => store.setTags(kim, made.id, ["reading"]));
    await host.runJobs();
    t.deepEqual(await ask((store) => store.tags(kim)), ["reading"]);
    t.is((await host.stored({ id: made.id } as Post))!.updatedAt, post!.updatedAt, "its readers see no change");
    const found = async (filter: object) => (await ask<{ id: string }[]>((store) => store.list(kim, filter))).map(({ id }) => id);
    t.deepEqual(await found({ tag: "reading" }), [made.id]);
    t.deepEqual(await found({ tag: "birds" }), []);
    t.deepEqual(await found({ search: "HERONS lee.example" }), [made.id]);
    t.deepEqual(await found({ search: "herons owls" }), []);
    t.deepEqual(await found({ search: "%" }), []);

    const lee = (await host.person("lee")).id;
    t.deepEqual(await ask((store) => store.list(lee)), []);
    t.is(await ask((store) => store.byId(lee, made.id)), null);
    t.is(await ask((store) => store.copyOf(lee, made.id)), null);
    t.false(await ask((store) => store.removeHighlight(lee, mark.id)));
    await t.throwsAsync(
      ask((store) => store.remove(lee, made.id)),
      { message: /no such bookmark/ },
    );
    t.is(await ask((store) => store.byId(kim, "ñ".repeat(26))), null);

    await ask((store) => store.remove(kim, made.id));
    await host.runJobs();
    t.deepEqual(
      [await found({}), await ask((store) => store.tags(kim)), await ask((store) => store.highlights(kim))],
      [[], [], []],
    );
    await restore(host.scope(), made.id);
    await host.runJobs();
    t.is((await ask<{ quote: string }[]>((store) => store.highlights(kim)))[0]?.quote, "quite still, and waited");
    t.truthy(await ask((store) => store.copyOf(kim, made.id)));
    await erasePost(host.scope(), made.id);
    await host.runJobs();
    const rows = async (table: string) => host.house.storage.query(`SELECT id FROM ${table}`);
    t.deepEqual(
      [await rows("p_bookmarks_marks"), await rows("p_bookmarks_copies"), await rows("p_bookmarks_highlights")],
      [[], [], []],
    );
  });
