import test, { type ExecutionContext } from "ava";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeBlogWithOwner } from "../../core/blogs/blogs.ts";
import type { Scope } from "../../core/hooks/scope.ts";
import type { House } from "../../core/house.ts";
import { countJobs } from "../../core/jobs/list-jobs.ts";
import { runDue } from "../../core/jobs/worker.ts";
import { createAccount } from "../../core/people/accounts.ts";
import { publish } from "../../core/posts/publish.ts";
import { listPosts, monthsOf, postById } from "../../core/posts/read.ts";
import { workerOptions } from "../../core/start.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import { openWitnessed } from "./witness.ts";

const publisher = fileURLToPath(new URL("publisher.ts", import.meta.url));
const kills = 8;

/** What a publisher said was done. */
type Acknowledged = { readonly key: string; readonly id: string; readonly did: "published" | "edited" | "trashed" };

/** Lets a publisher work until it said so many things, then kills it; gives everything it managed to say. */
async function publishUntilKilled(folder: string, url: string, run: { name: string; lines: number }): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [publisher, folder, url, run.name], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const said: string[] = [];
  // Lines go on coming after the kill: what was written before it counts as acknowledged.
  for await (const line of createInterface({ input: child.stdout })) if (said.push(line) === run.lines) child.kill("SIGKILL");
  await exited;
  return said.filter((line) => line.endsWith("}")).map((line) => JSON.parse(line) as Acknowledged);
}

async function foundInstallation(folder: string, url: string): Promise<string> {
  const house = await openWitnessed(folder, url);
  const now = house.clock.now();
  const kim = { username: "kim", name: "Kim", role: "admin", passwordHash: null } as const;
  const account = await house.storage.write((db) => createAccount(db, kim, now));
  const wanted = { name: "kim", title: "Kim", ownerId: account.id };
  const blog = await house.storage.write((db) => makeBlogWithOwner(db, wanted, house.site, now));
  await house.host.enable("witness");
  await house.close();
  return blog.id;
}

for (const dialect of databases) {
  test(`${dialect}: a publisher killed ${kills} times loses nothing it acknowledged, doubles nothing and leaves nothing half done`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "rookery-kill-"));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const url = await testDatabase(t, dialect);
    const blogId = await foundInstallation(folder, url);

    const acknowledged: Acknowledged[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const lines = 1 + Math.floor(Math.random() * 60);
      acknowledged.push(...(await publishUntilKilled(folder, url, { name: `run${kill}`, lines })));
    }
    // Two hours later: the leases of the killed are over, and what failed is due again.
    const house = await openWitnessed(folder, url, { now: () => new Date(Date.now() + 7_200_000) });
    t.teardown(() => house.close());
    await runDue(workerOptions(house, new AbortController().signal));

    const blog = (await house.blog(blogId))!;
    const principal = { accountId: blog.ownerId, role: "admin", scopes: null } as const;
    const scope = house.scope({ blog, via: "test", principal });
    t.true(acknowledged.length >= kills);
    await holdsWhatWasAcknowledged(t, scope, acknowledged);
    await isWhole(t, scope);
    await isWitnessed(t, house);
    for (const { key, id } of acknowledged.filter((_, at) => at % 10 === 0)) {
      const again = await publish(scope, { key, content: `Post ${key}` });
      t.like(again, { ok: true, isNew: false, post: { id } });
    }
  });
}

async function holdsWhatWasAcknowledged(t: ExecutionContext, scope: Scope, acknowledged: readonly Acknowledged[]): Promise<void> {
  const rows = await scope.storage.query<{ id: string; source: string }>("SELECT id, source FROM posts");
  const idsByKey = Map.groupBy(rows, ({ source }) => source.split(" ")[1]!);
  for (const [key, posts] of idsByKey) t.is(posts.length, 1, `${key} is there once`);
  for (const { key, id, did } of acknowledged) {
    t.is(idsByKey.get(key)?.[0]?.id, id, `${key} is there`);
    const post = await postById(scope, id);
    if (did === "edited") t.is(post?.source, `Post ${key} better`);
    if (did === "trashed") t.is(post?.status, "trash");
  }
}

/** Everything that is kept beside a post agrees with it. */
async function isWhole(t: ExecutionContext, scope: Scope): Promise<void> {
  const { storage } = scope;
  const posts = await storage.query("SELECT id, version, is_listed, published_at, source FROM posts");
  const revisions = Map.groupBy(await storage.query("SELECT post_id, version, source FROM revisions"), (row) => row.post_id);
  const links = Map.groupBy(await storage.query("SELECT * FROM post_categories"), (row) => row.post_id);
  const keys = new Set((await storage.query("SELECT post_id FROM post_keys")).map((row) => row.post_id));
  for (const post of posts) {
    const own = revisions.get(post.id!) ?? [];
    // Moving to the trash raises the version without a revision: nothing in the text changed.
    t.true(
      own.some((revision) => revision.source === post.source),
      `${post.source} has its revision`,
    );
    const linked = links.get(post.id!) ?? [];
    t.is(linked.length, String(post.source).endsWith("better") ? 1 : 2, `${post.source} has its categories`);
    for (const link of linked)
      t.deepEqual([link.is_listed, link.published_at], [post.is_listed, post.published_at], `${post.source} in its categories`);
    t.true(keys.has(post.id!), `${post.source} has its key`);
  }
  t.is(revisions.size, posts.length);
  t.is(links.size, posts.length);

  const listed = posts.filter((post) => post.is_listed === 1);
  const byMonth = Map.groupBy(listed, (post) => String(post.published_at).slice(0, 7));
  const counted = (await monthsOf(scope)).map(({ month, count }) => [month, count]).sort();
  t.deepEqual(counted, [...byMonth].map(([month, all]) => [month, all.length]).sort());
  const seen: string[] = [];
  for (
    let page = await listPosts(scope, { limit: 100 });
    page.length > 0;
    page = await listPosts(scope, { limit: 100, after: seen.at(-1)! })
  )
    seen.push(...page.map((post) => post.id));
  t.deepEqual(seen.toSorted(), listed.map((post) => String(post.id)).sort());
}

async function isWitnessed(t: ExecutionContext, { storage }: House): Promise<void> {
  const documents = await storage.query("SELECT id FROM plugin_documents WHERE plugin_id = 'witness'");
  const posts = await storage.query("SELECT id FROM posts");
  t.deepEqual(documents.map((row) => row.id).sort(), posts.map((row) => row.id).sort());
  t.deepEqual(await countJobs(storage), { waiting: 0, running: 0, dead: 0, parked: 0 });
}
