import test from "ava";
import { spawn } from "node:child_process";
import { once } from "node:events";
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
import type { House } from "../../core/house.ts";
import { openImporting } from "./importing.ts";

const program = fileURLToPath(new URL("importer.ts", import.meta.url));
const posts = 1_500;

async function scopeOf(house: House) {
  const [row] = await house.storage.query("SELECT id FROM blogs");
  const blog = (await house.blog(String(row!.id)))!;
  return house.scope({ blog, via: "test", principal: { accountId: blog.ownerId, role: "admin", scopes: null } });
}

/** Founds an installation with an import that waits for a worker; gives the import's id. */
async function found(folder: string, url: string): Promise<string> {
  const house = await openImporting(folder, url);
  const now = house.clock.now();
  const kim = { username: "kim", name: "Kim", role: "admin", passwordHash: null } as const;
  const { id: ownerId } = await house.storage.write((db) => createAccount(db, kim, now));
  await house.storage.write((db) => makeBlogWithOwner(db, { name: "kim", title: "Kim", ownerId }, house.site, now));
  await house.host.enable("import-lines");
  const file = join(folder, "posts.jsonl");
  const publishedAt = "2020-05-01T10:00:00.000Z";
  const comment = { author: { name: "Lee" }, html: "<p>Hi</p>", publishedAt, isApproved: true };
  const lines = Array.from({ length: posts }, (_, n) => ({
    post: {
      sourceId: `post ${n}`,
      draft: { title: `Post ${n}`, content: `Text ${n}`, publishedAt, categories: [`Category ${n % 9}`] },
      comments: [{ ...comment, sourceId: `https://old.example/${n}#comment` }],
    },
  }));
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  const importId = await startImport(await scopeOf(house), { kind: "lines", file }, true);
  await house.close();
  return importId;
}

/** Lets a worker read the file until that line, then kills it. */
async function workUntilKilled(folder: string, url: string, line: number): Promise<void> {
  const child = spawn(process.execPath, [program, folder, url], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  for await (const said of createInterface({ input: child.stdout })) if (Number(said) === line) child.kill("SIGKILL");
  await exited;
}

for (const dialect of databases) {
  test(`${dialect}: an import whose process is killed goes on by itself, and every post is there exactly once`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "rookery-import-kill-"));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const url = await testDatabase(t, dialect);
    const id = await found(folder, url);

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
