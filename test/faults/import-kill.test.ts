import test from "ava";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeBlogWithOwner } from "../../core/blogs/blogs.ts";
import { importById } from "../../core/host/imports/import-rows.ts";
import { startImport } from "../../core/host/imports/start-import.ts";
import { runDue } from "../../core/jobs/worker.ts";
import { createAccount } from "../../core/people/accounts.ts";
import { workerOptions } from "../../core/start.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import type { Line } from "../../core/host/imports/import-lines.testing.ts";
import type { House } from "../../core/house.ts";
import { openImporting } from "./importing.ts";

const program = fileURLToPath(new URL("importer.ts", import.meta.url));
const posts = 1_500;

async function scopeOf(house: House) {
  const [row] = await house.storage.query("SELECT id FROM blogs");
  const blog = (await house.blog(String(row!.id)))!;
  return house.scope({ blog, via: "test", principal: { accountId: blog.ownerId, role: "admin", scopes: null } });
}

const publishedAt = "2020-05-01T10:00:00.000Z";
const talked = Array.from({ length: posts }, (_, n): Line => {
  const comment = { author: { name: "Lee" }, html: "<p>Hi</p>", publishedAt, isApproved: true };
  return {
    post: {
      sourceId: `post ${n}`,
      draft: { title: `Post ${n}`, content: `Text ${n}`, publishedAt, categories: [`Category ${n % 9}`] },
      comments: [{ ...comment, sourceId: `https://old.example/${n}#comment` }],
    },
  };
});

/** Founds an installation with an import that waits for a worker; gives the import's id. */
async function found(folder: string, url: string, lines: readonly Line[]): Promise<string> {
  const house = await openImporting(folder, url);
  const now = house.clock.now();
  const kim = { username: "kim", name: "Kim", role: "admin", passwordHash: null } as const;
  const { id: ownerId } = await house.storage.write((db) => createAccount(db, kim, now));
  await house.storage.write((db) => makeBlogWithOwner(db, { name: "kim", title: "Kim", ownerId }, house.site, now));
  await house.host.enable("import-lines");
  const file = join(folder, "posts.jsonl");
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  const importId = await startImport(await scopeOf(house), { kind: "lines", file, options: { media: true } }, true);
  await house.close();
  return importId;
}

/** Lets a worker read the file until that line, or until `kill` says so, then kills it. */
async function workUntilKilled(folder: string, url: string, line: number, kill?: Promise<void>): Promise<void> {
  const child = spawn(process.execPath, [program, folder, url], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  void kill?.then(() => child.kill("SIGKILL"));
  for await (const said of createInterface({ input: child.stdout })) if (Number(said) === line) child.kill("SIGKILL");
  await exited;
}

for (const dialect of databases) {
  test(`${dialect}: an import whose process is killed goes on by itself, and every post is there exactly once`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "rookery-import-kill-"));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const url = await testDatabase(t, dialect);
    const id = await found(folder, url, talked);

    await workUntilKilled(folder, url, 450);
    // An hour later the lease of the killed is over, and whoever works next takes the job back.
    const house = await openImporting(folder, url, { clock: { now: () => new Date(Date.now() + 3_600_000) } });
    t.teardown(() => house.close());
    const scope = await scopeOf(house);
    t.is((await importById(scope, id))!.state, "running");
    const [before] = await scope.storage.query("SELECT COUNT(*) AS number FROM posts");
    t.true(Number(before!.number) >= 300 && Number(before!.number) < posts, `${before!.number} were in`);
    await runDue(workerOptions(house, new AbortController().signal));

    const one = (await importById(scope, id))!;
    t.is(one.state, "done");
    t.like(one.report!.counts, { posts, comments: posts, categories: 9 });
    t.is(one.report!.counts.duplicates, undefined);
    const titles = (await scope.storage.query("SELECT title FROM posts")).map((row) => String(row.title));
    t.is(titles.length, posts);
    t.is(new Set(titles).size, posts);
    for (const [table, number] of [
      ["interactions", posts],
      ["post_categories", posts],
      ["revisions", posts],
      ["jobs", 0],
    ] as const)
      t.is(Number((await scope.storage.query(`SELECT COUNT(*) AS number FROM ${table}`))[0]!.number), number, table);
  });
}

for (const dialect of databases) {
  test(`${dialect}: fetching files whose process is killed goes on by itself, and every file is there exactly once`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "rookery-media-kill-"));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const url = await testDatabase(t, dialect);
    const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: "teal" } })
      .jpeg()
      .toBuffer();
    const asked: string[] = [];
    const middle = Promise.withResolvers<void>();
    const site = createServer((request, response) => {
      // The 15th is asked for and never answered: its asker dies waiting.
      if (asked.push(request.url!) === 15) middle.resolve();
      else response.end(jpeg);
    }).listen(0, "127.0.0.1");
    await once(site, "listening");
    t.teardown(() => site.close());
    const pictures = Array.from({ length: 30 }, (_, n) => `http://127.0.0.1:${(site.address() as AddressInfo).port}/${n}.jpg`);
    const lines = pictures.flatMap((picture, n): Line[] => [
      { post: { sourceId: `${n}`, draft: { content: `<img src="${picture}" alt="">`, format: "html", publishedAt } } },
      { media: { sourceId: picture, url: picture, title: "" } },
    ]);
    const id = await found(folder, url, lines);

    await workUntilKilled(folder, url, -1, middle.promise);
    const house = await openImporting(folder, url, { clock: { now: () => new Date(Date.now() + 3_600_000) } });
    t.teardown(() => house.close());
    const scope = await scopeOf(house);
    t.like((await importById(scope, id))!.progress.files, { done: 14, total: 30 });
    await runDue(workerOptions(house, new AbortController().signal));

    t.like((await importById(scope, id))!.report!.files, { done: 30, total: 30, isFinished: true, failed: { total: 0 } });
    t.is(asked.length, 31);
    t.is(new Set(asked).size, 30);
    t.is((await scope.storage.query("SELECT id FROM media")).length, 30);
    const left = await scope.storage.query("SELECT id FROM posts WHERE html LIKE '%127.0.0.1%'");
    t.is(left.length, 0);
  });
}
