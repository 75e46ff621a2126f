import test from "ava";
import { createConnection } from "mysql2/promise";
import { DatabaseSync } from "node:sqlite";
import { PublicError } from "../../core/errors.ts";
import { definePlugin } from "../../core/plugin.ts";
import { databases, mysqlServer, testDatabase } from "../../core/storage/testing.ts";
import { createTestHost, type TestHost } from "../../core/testing/test-host.ts";
import { Readers } from "./reader.ts";

// Lets a test publish over HTTP as an app would, and puts something read from the database on every page.
const app = definePlugin({
  id: "app",
  name: "App",
  description: "Publishes what is sent.",
  version: "1.0.0",
  api: 1,
  capabilities: ["posts:read", "posts:write"],
  hooks: {
    "page.head": async (_about, { posts }) => [
      { tag: "meta", attributes: { name: "count", content: String((await posts.list()).length > 0) } },
    ],
  },
  routes: [
    {
      method: "POST",
      on: "blog",
      access: "public",
      path: "/app",
      async run({ form, context }) {
        const sent = await form();
        const made = await context.posts.publish({
          content: sent.get("text") ?? "",
          slug: sent.get("slug") ?? "",
          key: sent.get("slug") ?? "",
        });
        if (!made.ok) throw new PublicError("app.refused", made.refusal.refuse, made.refusal.status ?? 422);
        return { status: 201, text: made.post.path };
      },
    },
  ],
});

const pages = ["/", "/?x=1", "/2026/05/01/p1", "/2026/05/01/p2", "/2026/05"];
const right: Record<string, RegExp> = { "/2026/05/01/p1": /Post number 1\b/, "/2026/05/01/p2": /Post number 2\b/ };

/** Readers for whom every answer must be the right page, or one of the statuses that are allowed besides. */
function readAll(host: TestHost, ...besides: number[]): Readers {
  return new Readers({ port: host.port, host: host.blog.host }, pages, (path, { status, text, retryAfter }) => {
    if (besides.includes(status)) return retryAfter === undefined ? `${status} without Retry-After` : null;
    if (status === 304) return null;
    if (status !== 200) return `${status} ${text.slice(0, 100)}`;
    return (right[path] ?? /Post number 2\b/).test(text) && /content="?true/.test(text) ? null : "a wrong page";
  });
}

async function open(t: Parameters<typeof createTestHost>[0], dialect: (typeof databases)[number]): Promise<TestHost> {
  const host = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect), plugins: [app as never] });
  await host.publish({ text: "Post number 1", slug: "p1" });
  await host.publish({ text: "Post number 2", slug: "p2" });
  return host;
}

// An address may send 60 of these a minute.
const send = (host: TestHost, slug: string, text = `Sent ${slug}`) => host.request("POST", "/app", { slug, text });

const pragma = (host: TestHost, sql: string) =>
  host.house.storage.source.query(`PRAGMA ${sql}`) as Promise<Record<string, number>[]>;

test("a database that cannot be written: pages go on, writes say 503 and when to come back, and it recovers by itself", async (t) => {
  const host = await open(t, "sqlite");
  t.is((await send(host, "before")).status, 201);
  const readers = readAll(host);

  await pragma(host, "query_only = 1");
  for (const slug of ["a", "b", "c", "d", "e", "f"]) {
    const refused = await send(host, slug);
    t.is(refused.status, 503);
    t.truthy(refused.headers["retry-after"]);
    t.regex(refused.text, /database/);
  }
  await readers.more(20);
  await pragma(host, "query_only = 0");

  t.is((await send(host, "a")).status, 201);
  await readers.more(20);
  await readers.stop();
  t.deepEqual(readers.failures, []);
  t.deepEqual(host.failures(), [], "an outage is no failure of the plugin's");
  for (const slug of ["before", "a"]) t.is((await host.get(`/2026/05/01/${slug}`)).status, 200);
  t.is((await host.get("/2026/05/01/b")).status, 404);
});

test("a full disk: pages go on, what was acknowledged is there, and writing goes on when there is room", async (t) => {
  const host = await open(t, "sqlite");
  const readers = readAll(host);
  const count = (await pragma(host, "page_count"))[0]!.page_count!;

  await pragma(host, `max_page_count = ${count + 40}`);
  const sent = [];
  for (let n = 0; n < 12; n++)
    sent.push({ slug: `full-${n}`, status: (await send(host, `full-${n}`, "word ".repeat(4_000))).status });
  await readers.more(20);
  await pragma(host, "max_page_count = 1000000");
  const after = await send(host, "after");

  t.is(after.status, 201);
  await readers.stop();
  t.deepEqual(readers.failures, []);
  t.deepEqual([...new Set(sent.map(({ status }) => status))].sort(), [201, 503]);
  for (const { slug, status } of sent) t.is((await host.get(`/2026/05/01/${slug}`)).status, status === 201 ? 200 : 404, slug);
  const [posts] = await host.house.storage.query("SELECT COUNT(*) AS number FROM posts");
  const [revisions] = await host.house.storage.query("SELECT COUNT(*) AS number FROM revisions");
  t.is(posts!.number, revisions!.number);
  t.is((await host.house.storage.query("PRAGMA integrity_check"))[0]!.integrity_check, "ok");
});

test("while another process writes, readers are served and a write waits its turn", async (t) => {
  const host = await open(t, "sqlite");
  const readers = readAll(host);
  const other = new DatabaseSync(host.house.storage.url.slice("sqlite:".length));
  t.teardown(() => other.close());

  other.exec("BEGIN IMMEDIATE");
  const waiting = send(host, "patient");
  await readers.more(30);
  other.exec("COMMIT");

  t.is((await waiting).status, 201);
  await readers.stop();
  t.deepEqual(readers.failures, []);
});

if (databases.includes("mysql")) {
  test("connections to MariaDB killed under load: never a wrong page, 503 at most, nothing acknowledged lost, well again by itself", async (t) => {
    const host = await open(t, "mysql");
    const name = new URL(host.house.storage.url).pathname.slice(1);
    const killer = await createConnection({ uri: mysqlServer });
    t.teardown(() => killer.end());
    const readers = readAll(host, 503);
    const sent: { slug: string; status: number }[] = [];

    for (let round = 0; round < 12; round++) {
      const sending = [0, 1].map(async (lane) => {
        const slug = `k${round}-${lane}`;
        const { status, headers } = await send(host, slug);
        if (status === 503) t.truthy(headers["retry-after"]);
        sent.push({ slug, status });
      });
      const [rows] = await killer.query("SELECT id FROM information_schema.processlist WHERE db = ?", [name]);
      for (const { id } of rows as { id: number }[]) await killer.query(`KILL ${id}`).catch(() => undefined); // it may be gone already
      await Promise.all(sending);
      await readers.more(10);
    }
    await readers.stop();
    // Whatever was still in the pool broken is found out by being used.
    const well = readAll(host, 503);
    await well.more(40);
    await well.stop();
    const calm = readAll(host);
    await calm.more(40);
    await calm.stop();

    t.deepEqual([...readers.failures, ...well.failures, ...calm.failures], []);
    t.true(
      sent.every(({ status }) => status === 201 || status === 503),
      JSON.stringify(sent),
    );
    for (const { slug } of sent.filter(({ status }) => status === 201))
      t.is((await host.get(`/2026/05/01/${slug}`)).status, 200, slug);
    for (const { slug } of sent) t.is((await send(host, slug)).status, 201, `${slug} again`);
    const [posts] = await host.house.storage.query("SELECT COUNT(*) AS number FROM posts");
    t.is(Number(posts!.number), 2 + sent.length);
    t.deepEqual(host.failures(), []);
  });
}
