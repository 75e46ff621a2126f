import { existsSync } from "node:fs";
import test from "ava";
import { databases, testDatabase } from "../../core/storage/testing.ts";

const pluginFolder = (id: string) => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const isThere = ["client-api", "timeline", "feeds", "bookmarks"].every((id) => existsSync(`${pluginFolder(id)}/plugin.ts`));
const plugin = async (id: string) => ({
  plugin: ((await import(`${pluginFolder(id)}/plugin.ts`)) as { default: never }).default,
  folder: pluginFolder(id),
});
type Feed = { items: { id: number; content_text: string }[] };

if (!isThere) test.skip("client-api: the plugin, timeline, feeds or bookmarks is not here", () => undefined);

for (const dialect of isThere ? databases : [])
  test.serial(`books, notes, bookmarks and what was read are the same, also from two devices at once (${dialect})`, async (t) => {
    const { open } = (await import(
      `${pluginFolder("client-api")}/client-api.testing.ts`
    )) as typeof import("../../plugins/client-api/client-api.testing.ts");
    const plugins = [await plugin("feeds"), await plugin("bookmarks")];
    const { host, kim, lee, ask, keyOf } = await open(t, { databaseUrl: await testDatabase(t, dialect), plugins });
    await host.set("bookmarks", { keepCopies: false, fetchTitles: false });
    const key = await keyOf(kim);
    const get = async <T = Feed>(path: string) => (await ask(`GET ${path}`, { key })).json() as T;
    const twice = <T>(work: () => Promise<T>) => Promise.all([work(), work(), work()]);

    await twice(() => get("/books/bookshelves"));
    const shelves = (await get("/books/bookshelves")).items;
    t.is(shelves.length, 3);
    await twice(() => get("/books/goals"));
    t.is((await get("/books/goals")).items.length, 1);
    const form = { title: "Ärger 100%_|", author: "Una 🦢", isbn: "9780000000002", bookshelf_id: String(shelves[2]!.id) };
    await ask("POST /books", { key, form });
    t.is((await get("/books/search?q=%C3%A4RGER%20100%25_|")).items.length, 1);
    const second = { ...form, isbn: "9780000000019" };
    const ids = (await twice(() => ask("POST /books", { key, form: second }))).map(
      (answer) => (answer.json() as { id: number }).id,
    );
    t.is(new Set(ids).size, 1, "a book is on a shelf once");
    t.is((await get(`/books/bookshelves/${shelves[2]!.id}`)).items.length, 2);
    t.is((await get("/books/search?q=%25%25")).items.length, 0, "signs of SQL are letters");

    const found = await twice(() => get("/notes/notebooks"));
    t.true(found.every(({ items }) => items.length >= 1));
    const [notebook] = (await get("/notes/notebooks")).items;
    const note = (await ask("POST /notes", { key, form: { text: "A 🦢", notebook_id: String(notebook!.id) } })).json() as {
      id: number;
    };
    await ask("POST /notes", { key, form: { id: String(note.id), text: "B 🦢" } });
    t.deepEqual(
      (await get(`/notes/${note.id}/versions`)).items.map(({ content_text: text }) => text),
      ["A 🦢"],
    );
    t.is((await get(`/notes/notebooks/${notebook!.id}?count=1`)).items[0]?.content_text, "B 🦢");
    await Promise.all(["C", "D", "E"].map((text) => ask("POST /notes", { key, form: { id: String(note.id), text } })));
    const [last] = (await get(`/notes/notebooks/${notebook!.id}?count=1`)).items;
    const all = [last!, ...(await get(`/notes/${note.id}/versions`)).items].map(({ content_text: text }) => text);
    t.deepEqual(all.toSorted(), ["A 🦢", "B 🦢", "C", "D", "E"], "nothing that a device wrote is lost");
    const muted = await twice(() => ask("POST /users/mute", { key, form: { keyword: "reeds" } }));
    t.is(((await get<unknown[]>("/users/muting")) as unknown[]).length, 1);
    t.true(muted.every(({ status }) => status === 200));

    await ask("POST /feeds/v2/subscriptions.json", { key, json: { feed_url: "https://lee.example/" } });
    const [one, two] = [
      await host.publish({ text: "One" }, host.blogs[1], lee),
      await host.publish({ text: "Two" }, host.blogs[1], lee),
    ];
    await host.runJobs();
    const entries = [one.number, two.number];
    // One bookmark of one post, as often as it is let go and kept again.
    for (const round of [1, 2]) {
      await twice(() => ask("POST /posts/bookmarks", { key, form: { id: String(one.number) } }));
      t.is((await get("/posts/bookmarks")).items.length, 1, `round ${round}`);
      await ask(`DELETE /posts/bookmarks/${one.number}`, { key });
      t.is((await get("/posts/bookmarks")).items.length, 0);
    }
    await twice(() => ask("DELETE /feeds/v2/unread_entries.json", { key, json: { unread_entries: entries } }));
    await twice(() => ask("POST /feeds/v2/starred_entries.json", { key, json: { starred_entries: entries } }));
    t.deepEqual(await get("/feeds/v2/unread_entries.json"), []);
    t.is((await get<number[]>("/feeds/v2/starred_entries.json")).length, 2);
    await ask(`POST /feeds/${one.number}/highlights`, { key, form: { text: "One", start: "0", end: "3" } });
    t.is((await get("/feeds/highlights")).items.length, 1);
    t.is((await ask(`GET /hybrid/signin?token=${key}`)).status, 302);

    // Whoever leaves for good takes everything along.
    await host.house.storage.write((db) => db.run("UPDATE p_client_api_notes SET account_id = '01ARZ3NDEKTSV4RRFFQ69G5FAV'"));
    host.clock.advance({ days: 100 });
    await host.runJobs();
    for (const [table, rows] of [
      ["notes", 0],
      ["books", 2],
      ["views", 0],
      ["versions", 0],
    ] as const)
      t.is((await host.house.storage.query(`SELECT 1 AS one FROM p_client_api_${table}`)).length, rows, table);
    t.deepEqual(host.failures(), []);
  });
