import test from "ava";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderStore } from "../../media/store.ts";
import { readZip } from "../../net/zip-read.testing.ts";
import { createAppToken } from "../../people/app-tokens.ts";
import { storeValues } from "../../host/plugin-settings.ts";
import { SecretBox } from "../../people/secret-box.ts";
import { startSession } from "../../people/sessions.ts";
import { publish } from "../../posts/publish.ts";
import { databases } from "../../storage/testing.ts";
import { testTown } from "../testing.ts";
import { askForExport, exportById, exportsOf } from "./exports.ts";
import { jsonList } from "./json-list.ts";
import { runExport, sweepExports } from "./run-export.ts";

const signal = new AbortController().signal;

async function desk(t: Parameters<typeof testTown>[0], dialect: "sqlite" | "mysql") {
  const town = await testTown(t, dialect);
  const folder = mkdtempSync(join(tmpdir(), "rookery-exports-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const store = new FolderStore(join(folder, "media"));
  const mail = { secrets: new SecretBox("x".repeat(32)), clock: town.clock };
  return {
    ...town,
    store,
    exports: join(folder, "exports"),
    parts: { media: store, folder: join(folder, "exports"), mail, keepers: () => [] },
  };
}

for (const dialect of databases) {
  test(`${dialect}: a person's archive holds what is theirs, no word of others and no secret`, async (t) => {
    const { storage, person, blog, join: joinBlog, as, system, store, exports, parts, clock } = await desk(t, dialect);
    const [kim, lee] = [await person("kim"), await person("lee")];
    const [site, own] = [await blog("kim", kim), await blog("lee", lee)];
    await joinBlog(site, lee, "author");
    await publish(as(kim, site), { content: "Kim's own words" });
    await publish(as(lee, site), { content: "Lee at Kim's" });
    for (let n = 0; n < 120; n++) await publish(as(lee, own), { content: `Heron ${n}`, ...(n === 7 && { status: "draft" }) });
    await store.put("2026/heron.jpg", Buffer.from("pixels"));
    const file =
      "'01JMEDIA000000000000000000', ?, ?, '2026/heron.jpg', 'image/jpeg', 6, 'A heron', 'heron.jpg', 'x', '{}', '2026-05-01'";
    const columns = "id, blog_id, account_id, name, type, bytes, alt, original_name, content_hash, variants, created_at";
    const secrets = await storage.write(async (db) => {
      await db.run(`INSERT INTO media (${columns}) VALUES (${file})`, [own.id, lee.id]);
      const { cookie } = await startSession(db, lee.id, { userAgent: "Browser", address: "" }, clock.now());
      const wanted = { accountId: lee.id, blogId: null, name: "Quill", scopes: ["create"] };
      return [cookie, (await createAppToken(db, wanted, clock.now())).token];
    });
    const rows = await storage.query("SELECT id_hash, csrf FROM sessions");

    const id = await storage.write((db) => askForExport(as(lee), db, { accountId: lee.id, blogId: null }));
    await runExport(system(), parts, id, signal);

    const ready = (await exportById(storage, id))!;
    const files = readZip(join(exports, ready.file));
    const names = [...files.keys()];
    const all = [...files.values()].map(String).join("\n");
    t.is(ready.state, "ready");
    t.is(names.filter((name) => name.startsWith("blogs/lee.hub.example/posts/")).length, 119);
    t.is(names.filter((name) => name.startsWith("blogs/lee.hub.example/drafts/")).length, 1);
    t.is(names.filter((name) => name.startsWith("blogs/kim.hub.example/posts/")).length, 1);
    t.is((JSON.parse(String(files.get("blogs/lee.hub.example/posts.json"))) as unknown[]).length, 120);
    t.is(String(files.get("blogs/lee.hub.example/media/2026/heron.jpg")), "pixels");
    t.regex(String(files.get("apps.json")), /Quill/);
    t.regex(String(files.get("sessions.json")), /Browser/);
    t.regex(String(files.get("profile.json")), /lee@mail\.example/);
    t.false(all.includes("Kim's own words"));
    for (const secret of [...secrets, String(rows[0]!.id_hash), String(rows[0]!.csrf)]) t.false(all.includes(secret));
    t.deepEqual(readdirSync(exports), [ready.file]);
    t.is((await storage.query("SELECT id FROM jobs WHERE name = 'mail'")).length, 1);
  });

  test(`${dialect}: one archive at a time is made; a finished one is not made again; after a week its file is gone`, async (t) => {
    const { storage, person, blog, as, system, exports, parts, wait, clock } = await desk(t, dialect);
    const kim = await person("kim");
    const site = await blog("kim", kim);
    const ask = () => storage.write((db) => askForExport(as(kim), db, { accountId: kim.id, blogId: site.id }));

    const outcomes = await Promise.allSettled([ask(), ask()]);
    t.deepEqual(outcomes.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
    const [{ id } = { id: "" }] = await exportsOf(storage, kim.id, clock.now());
    await runExport(system(site), parts, id, signal);
    const first = await exportById(storage, id);
    await runExport(system(site), parts, id, signal);

    t.deepEqual(await exportById(storage, id), first);
    t.true(readZip(join(exports, first!.file)).has("blog.json"));
    await ask();
    wait(8);
    await sweepExports(system(), exports);
    t.deepEqual(readdirSync(exports), []);
    t.deepEqual(await exportsOf(storage, kim.id, clock.now()), []);
  });
}

test("connections of plugins are no settings to take along: without their tokens they are nothing", async (t) => {
  const { storage, person, blog, as, system, exports, parts, clock } = await desk(t, "sqlite");
  const kim = await person("kim");
  const site = await blog("kim", kim);
  const place = { pluginId: "sender", scope: "blog", scopeId: site.id } as const;
  const one = { account: "@kim@birds.example", expiresAt: null, sealed: `plugin/sender/${site.id}/one` };
  const values = { one, several: [one], secret: one.sealed, line: "kept" };
  await storage.write((db) => storeValues(db, place, values, clock.now()));
  const id = await storage.write((db) => askForExport(as(kim), db, { accountId: kim.id, blogId: site.id }));

  await runExport(system(site), parts, id, signal);

  const blogFile = String(readZip(join(exports, (await exportById(storage, id))!.file)).get("blog.json"));
  t.deepEqual((JSON.parse(blogFile) as { plugins: unknown }).plugins, [{ plugin: "sender", name: "line", value: '"kept"' }]);
});

test("an export that is stopped leaves no half of a file", async (t) => {
  const { storage, person, blog, as, system, exports, parts } = await desk(t, "sqlite");
  const kim = await person("kim");
  const site = await blog("kim", kim);
  const id = await storage.write((db) => askForExport(as(kim), db, { accountId: kim.id, blogId: site.id }));

  await t.throwsAsync(runExport(system(site), parts, id, AbortSignal.abort()));

  t.deepEqual(readdirSync(exports), []);
  t.is((await exportById(storage, id))?.state, "waiting");
});

test("a list that comes piece by piece is JSON, also an empty one", async (t) => {
  const of = async (...elements: unknown[]) => {
    async function* come() {
      yield* elements;
    }
    let text = "";
    for await (const part of jsonList(come())) text += part;
    return JSON.parse(text) as unknown;
  };

  t.deepEqual(await of(), []);
  t.deepEqual(await of(1, { a: "é" }), [1, { a: "é" }]);
});
