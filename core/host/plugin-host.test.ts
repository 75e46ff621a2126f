import test from "ava";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTestHost, type TestHostOptions } from "../testing/test-host.ts";
import { definePlugin } from "./define-plugin.ts";
import type { Plugin } from "./manifest.ts";

const basics = { name: "Test", description: "For a test.", version: "1.0.0", api: 1 } as const;
const make = (plugin: Partial<Plugin> & { id: string }): never => definePlugin({ ...basics, ...plugin } as Plugin) as never;
const open = (t: Parameters<typeof createTestHost>[0], plugins: never[], options: TestHostOptions = {}) =>
  createTestHost(t, { plugins, isEnabled: false, ...options });

test("a capability that is missing, an unknown hook and a malformed id are refused at definition", (t) => {
  t.throws(() => make({ id: "x1", hooks: { "post.beforeSave": () => undefined } }), {
    message: /“x1”.*needs the capability posts:write/,
  });
  t.throws(() => make({ id: "x1", hooks: { "post.nothing": () => undefined } as never }), { message: /no hook “post.nothing”/ });
  t.throws(() => make({ id: "X" }), { message: /the id must be/ });
  t.throws(() => make({ id: "x1", slots: { nowhere: () => null } }), { message: /no slot “nowhere”/ });
  t.throws(() => make({ id: "x1", capabilities: ["network:fetch"] }), { message: /needs the list `hosts`/ });
  t.throws(() => make({ id: "x1", tables: [{ name: "posts", columns: {} }] }), { message: /must be named p_x1_/ });
  const run = async () => undefined;
  for (const every of ["daily", { day: 1 }, { months: 0 }, 3600])
    t.throws(() => make({ id: "x1", jobs: { tidy: { run, every: every as never } } }), {
      message: /“every” of job “tidy” is .*no time: say/,
    });
  t.notThrows(() => make({ id: "x1", jobs: { tidy: { run, every: { weeks: 1 }, timeout: { minutes: 5 } } } }));
  t.notThrows(() => make({ id: "x1", capabilities: ["posts:write"], hooks: { "post.beforeSave": () => undefined } }));
});

test("a plugin that requires another comes on only after it, and holds it on", async (t) => {
  const first = make({ id: "first" });
  const second = make({ id: "second", requires: { plugins: { first: "^1.0" } } });
  const host = await open(t, [second, first]);

  await t.throwsAsync(host.house.host.enable("second"), {
    message: /“second” cannot be switched on: it requires the plugin “first”/,
  });
  await host.house.host.enable("first");
  await host.house.host.enable("second");
  await t.throwsAsync(host.house.host.disable("first"), { message: /required by “second”/ });
  t.deepEqual([...host.house.host.current.plugins.keys()], ["first", "second"]);
});

test("filters run in their order, and one that throws or hangs costs only its own change", async (t) => {
  const add = (id: string, word: string, tap: object = {}) =>
    make({
      id,
      capabilities: ["posts:write"],
      hooks: { "post.beforeSave": { run: (post) => ({ ...post, title: `${post.title} ${word}` }), ...tap } },
    });
  const plugins = [
    add("late", "late", { stage: 100 }),
    add("middle", "middle"),
    add("early", "early", { stage: -100 }),
    add("before", "before", { before: "middle" }),
    make({ id: "thrower", capabilities: ["posts:write"], hooks: { "post.beforeSave": () => Promise.reject(new Error("no")) } }),
    make({
      id: "hanger",
      capabilities: ["posts:write"],
      hooks: { "post.beforeSave": { run: () => new Promise(() => undefined), timeout: { milliseconds: 20 } } },
    }),
  ];
  const host = await createTestHost(t, { plugins });

  const post = await host.publish({ title: "Birds", text: "x" });

  t.is(post.title, "Birds early before middle late");
  t.deepEqual(
    host
      .failures()
      .map(({ plugin, error }) => `${plugin}: ${error}`)
      .toSorted(),
    ["hanger: took longer than 20 ms", "thrower: no"],
  );
});

test("a guard's refusal reaches the author; a guard that fails on publishing lets through, on media it does not", async (t) => {
  const strict = make({
    id: "strict",
    capabilities: ["posts:read"],
    hooks: { "post.validate": (post) => (post.title === "" ? { refuse: "Give it a title.", field: "title" } : null) },
  });
  const broken = make({
    id: "broken",
    capabilities: ["posts:read", "media:read"],
    hooks: { "post.validate": () => Promise.reject(new Error("no")), "media.accept": () => Promise.reject(new Error("no")) },
  });
  const host = await createTestHost(t, { plugins: [strict, broken] });

  await t.throwsAsync(host.publish({ text: "x" }), { message: "Give it a title." });
  await t.notThrowsAsync(host.publish({ title: "Birds", text: "x" }));
  t.like(await host.house.host.current.guard(host.scope(), "media.accept", { name: "x", type: "image/png", bytes: 1 }), {
    status: 503,
  });
});

test("a plugin that keeps failing is paused, says why, and comes back by Retry", async (t) => {
  let isBroken = false;
  const moody = make({ id: "moody", hooks: { "page.head": () => (isBroken ? Promise.reject(new Error("bad mood")) : []) } });
  const host = await createTestHost(t, { plugins: [moody] });

  isBroken = true;
  for (let round = 0; round < 3; round++) {
    for (let call = 0; call < 6; call++)
      await host.house.host.current.collect(host.scope(), "page.head", { page: { type: "home", path: "/", url: "", title: "" } });
    host.clock.advance({ seconds: 31 });
  }
  await host.house.host.refresh();

  const [info] = await host.house.host.list();
  t.like(info, { id: "moody", state: "paused" });
  t.regex(info!.reason, /kept failing in page\.head: bad mood/);
  t.is((await host.get("/")).status, 200);
  isBroken = false;
  await host.house.host.enable("moody");
  t.is((await host.house.host.list())[0]?.state, "enabled");
});

test("a plugin that breaks the home page is not switched on, and says how", async (t) => {
  const breaker = make({ id: "breaker", hooks: { "page.head": () => Promise.reject(new Error("no head")) } });
  const host = await open(t, [breaker]);

  await t.throwsAsync(host.house.host.enable("breaker"), {
    message:
      /“breaker” was not switched on, because with it something fails on the home page of kim\.example: page\.head: no head/,
  });

  t.is((await host.house.host.list())[0]?.state, "available");
});

test("two plugins with one address: the second is refused by both names", async (t) => {
  const route = { method: "GET", path: "/x", on: "blog", access: "public", run: () => ({ text: "x" }) } as const;
  const host = await open(t, [make({ id: "one", routes: [route] }), make({ id: "two", routes: [route] })]);
  await host.house.host.enable("one");

  await t.throwsAsync(host.house.host.enable("two"), { message: /“one” and “two” both claim GET \/x/ });
  t.is((await host.get("/x")).text, "x");
});

test("a request that began with one generation ends with it", async (t) => {
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const run = async ({ context }: { context: { pluginId: string } }) => {
    begun.resolve();
    await gate.promise;
    return { text: `still ${context.pluginId}` };
  };
  const host = await createTestHost(t, {
    plugins: [make({ id: "slow", routes: [{ method: "GET", path: "/slow", on: "blog", access: "public", run }] })],
  });

  const answer = host.get("/slow");
  await begun.promise;
  await host.house.host.disable("slow");
  t.is((await host.get("/slow")).status, 404);
  gate.resolve();

  t.like(await answer, { status: 200, text: "still slow" });
});

test("a folder dropped in is found without a restart; a syntax error is a sentence with file and line; mended, it runs", async (t) => {
  const host = await open(t, []);
  const folder = join(host.folder, "plugins", "dropped");
  mkdirSync(folder, { recursive: true });
  const source = (text: string) =>
    `import { definePlugin } from "rookery/plugin";\nimport { word } from "./word.ts";\nexport default definePlugin({ id: "dropped", name: "D", description: "D", version: "1.0.0", api: 1,\n` +
    `routes: [{ method: "GET", path: "/word", on: "blog", access: "public", run: () => ({ text: ${text} }) }] });\n`;

  writeFileSync(join(folder, "word.ts"), `export const word: string = "one";\n`);
  writeFileSync(join(folder, "plugin.ts"), source("word +"));
  const [broken] = await host.house.host.list();
  t.is(broken?.state, "broken");
  t.regex(broken!.reason, /cannot be read/);
  await t.throwsAsync(host.house.host.enable("dropped"), { message: /cannot be loaded/ });

  writeFileSync(join(folder, "plugin.ts"), `${source("word")}\n`);
  await host.house.host.enable("dropped");
  t.is((await host.get("/word")).text, "one");

  writeFileSync(join(folder, "word.ts"), `export const word: string = "two, longer";\n`);
  await host.house.host.disable("dropped");
  await host.house.host.enable("dropped");
  t.is((await host.get("/word")).text, "two, longer");

  rmSync(folder, { recursive: true });
  await host.house.host.refresh();
  t.is((await host.house.host.list())[0]?.state, "missing");
  t.is((await host.get("/")).status, 200);
});

test("settings are checked, secrets are sealed and opened only for the plugin", async (t) => {
  const keeper = make({
    id: "keeper",
    settings: { key: { type: "secret", label: "Key" }, size: { type: "number", label: "Size", min: 1, max: 5, default: 2 } },
    routes: [{ method: "GET", path: "/size", on: "blog", access: "public", run: ({ context }) => ({ json: context.settings }) }],
  });
  const host = await createTestHost(t, { plugins: [keeper] });

  const refused = await host.house.host.set("keeper", { size: "9", nothing: "x" }, { blog: host.blog });
  const inherited = await host.house.host.set("keeper", JSON.parse('{"__proto__":"x"}'), { blog: host.blog });
  t.false(inherited.ok);
  await host.set("keeper", { key: "s3cret", size: "4" });

  t.deepEqual(refused.ok ? {} : Object.keys(refused.errors), ["size", "nothing"]);
  t.deepEqual((await host.get("/size")).json(), { key: "s3cret", size: 4 });
  for (const table of ["plugin_settings", "secrets"])
    t.false(JSON.stringify(await host.house.storage.query(`SELECT * FROM ${table}`)).includes("s3cret"));
});

test("own tables are made when it is switched on and gone when it is erased", async (t) => {
  const tables = [
    {
      name: "p_tabular_rows",
      columns: { id: { type: "ascii", length: 26, primary: true }, blog_id: { type: "ascii", length: 26 } },
    },
  ] as const;
  const host = await open(t, [make({ id: "tabular", tables })]);

  await host.house.host.enable("tabular");
  t.deepEqual(await host.house.storage.query("SELECT * FROM p_tabular_rows"), []);
  await t.throwsAsync(host.house.host.erase("tabular"), { message: /switch it off before/ });
  await host.house.host.disable("tabular");
  await host.house.host.erase("tabular");

  await t.throwsAsync(host.house.storage.query("SELECT * FROM p_tabular_rows"));
});

test("own tables are a plugin's own: read and written, and no other", async (t) => {
  const tables = [
    {
      name: "p_rows_words",
      columns: { word: { type: "ascii", length: 26, primary: true }, blog_id: { type: "ascii", length: 26 } },
    },
  ] as const;
  const run = async ({
    context,
  }: {
    context: {
      tables: {
        query(sql: string, values?: string[]): Promise<object[]>;
        run(sql: string, values?: string[]): Promise<number>;
        write<T>(work: () => Promise<T>): Promise<T>;
      };
      audit(line: { action: string; subject: string; accountId: null }): Promise<void>;
    };
  }) => {
    const put = (word: string) => context.tables.run("INSERT INTO p_rows_words (word, blog_id) VALUES (?, ?)", [word, "b"]);
    await context.tables.write(async () => {
      await put("bird");
      await context.audit({ action: "seen", subject: "bird", accountId: null });
    });
    const half = async () => {
      await put("half");
      await context.audit({ action: "seen", subject: "half", accountId: null });
      throw new Error("in between");
    };
    await context.tables.write(half).catch(() => undefined);
    const foreign = await context.tables.query("SELECT * FROM accounts").catch((error: Error) => error.message);
    return { json: { words: await context.tables.query("SELECT word FROM p_rows_words"), foreign } };
  };
  const host = await createTestHost(t, {
    plugins: [
      make({ id: "rows", tables, routes: [{ method: "GET", path: "/words", on: "blog", access: "public", run: run as never }] }),
    ],
  });

  t.deepEqual((await host.get("/words")).json(), {
    words: [{ word: "bird" }],
    foreign: "Plugin “rows” may only use its own tables, not “accounts”",
  });
  const lines = await host.house.storage.query("SELECT subject FROM audit_log WHERE action = 'rows.seen'");
  t.deepEqual(lines, [{ subject: "bird" }], "of what ended in between nothing is there");
});
