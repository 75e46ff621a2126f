import test, { type ExecutionContext } from "ava";
import { changeBlog } from "../../core/blogs/blogs.ts";
import { House } from "../../core/house.ts";
import { definePlugin } from "../../core/plugin.ts";
import { publish } from "../../core/posts/publish.ts";
import { erasePost, restore, trash, unpublish } from "../../core/posts/remove.ts";
import type { Dialect } from "../../core/storage/columns.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import { createTestHost } from "../../core/testing/test-host.ts";
import { read } from "./reader.ts";

const greeter = definePlugin({
  id: "greeter",
  name: "Greeter",
  description: "Says a word on every page.",
  version: "1.0.0",
  api: 1,
  settings: { word: { type: "text", label: "Word", default: "hello" } },
  hooks: {
    "page.head": (_about, { settings }) => [{ tag: "meta", attributes: { name: "greeting", content: settings.word ?? "" } }],
  },
});

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** A serving installation and a second house on its database, which stands for another process: nothing in memory is shared. */
async function twoProcesses(t: ExecutionContext, dialect: Dialect) {
  const databaseUrl = await testDatabase(t, dialect);
  const host = await createTestHost(t, { databaseUrl, plugins: [greeter as never], isEnabled: false });
  const other = await House.open(host.house.settings, {
    log,
    bundled: "/nowhere",
    plugins: [{ plugin: greeter as never, folder: `${host.folder}/given-0`, isBundled: true }],
  });
  t.teardown(() => other.close());
  const from = { port: host.port, host: host.blog.host };
  const page = (path: string) => read(from, path);
  // A page may be as old as the interval of looking (20 ms); reading goes on until it shows, and fails when it never does.
  const shows = async (path: string, isRight: (answer: Awaited<ReturnType<typeof page>>) => boolean) => {
    for (let tries = 0; tries < 500; tries++) if (isRight(await page(path))) return true;
    return false;
  };
  const scope = other.scopeOf(host.account, host.blog, "other");
  const write = async (draft: Parameters<typeof publish>[1]) => {
    const outcome = await publish(scope, draft);
    if (!outcome.ok) throw new Error(outcome.refusal.refuse);
    return outcome.post;
  };
  return { host, other, page, shows, scope, write };
}

for (const dialect of databases) {
  test(`${dialect}: what another process publishes, edits and removes is on the next page`, async (t) => {
    const { shows, page, scope, write } = await twoProcesses(t, dialect);
    await page("/");

    for (let n = 0; n < 10; n++) {
      const post = await write({ content: `Word ${n}a`, slug: `word-${n}`, categories: ["Words"] });
      t.true(await shows("/", ({ text }) => text.includes(`Word ${n}a`)));
      t.is((await page(post.path)).status, 200);
      t.true((await page("/categories/words")).text.includes(`Word ${n}a`));
      await write({ id: post.id, content: `Word ${n}b` });
      t.true(await shows(post.path, ({ text }) => text.includes(`Word ${n}b`)));
      t.false((await page("/")).text.includes(`Word ${n}a`));
      await trash(scope, post.id);
      t.true(await shows(post.path, ({ status }) => status === 404 || status === 410));
      t.false((await page("/")).text.includes(`Word ${n}b`));
      await restore(scope, post.id);
      t.true(await shows("/", ({ text }) => text.includes(`Word ${n}b`)));
      await unpublish(scope, post.id);
      t.true(await shows("/", ({ text }) => !text.includes(`Word ${n}b`)));
      await erasePost(scope, post.id);
    }
  });

  test(`${dialect}: what another process does to plugins, settings and the blog itself is on the next page`, async (t) => {
    const { host, other, shows, page } = await twoProcesses(t, dialect);
    await page("/");

    for (let n = 0; n < 5; n++) {
      await other.host.enable("greeter");
      t.true(await shows("/", ({ text }) => /name="?greeting/.test(text)));
      await other.host.set("greeter", { word: `ahoy${n}` }, { blog: host.blog });
      t.true(await shows("/", ({ text }) => text.includes(`ahoy${n}`)));
      await other.storage.write((db) => changeBlog(db, host.blog.id, { title: `Kim's ${n}th house` }, other.clock.now()));
      t.true(await shows("/", ({ text }) => text.includes(`${n}th house`)));
      await other.host.disable("greeter", { blog: host.blog });
      t.true(await shows("/", ({ text }) => !/name="?greeting/.test(text)));
      await other.host.disable("greeter");
    }
  });

  test(`${dialect}: two processes that switch plugins at the same moment end with the same ones`, async (t) => {
    const { host, other, shows } = await twoProcesses(t, dialect);
    const hosts = [host.house.host, other.host];

    for (let n = 0; n < 10; n++) {
      await Promise.all(hosts.map((one, at) => ((n + at) % 2 === 0 ? one.enable("greeter") : one.disable("greeter"))));
      const isOn = (await host.house.storage.query("SELECT state FROM plugins"))[0]?.state === "enabled";
      t.true(await shows("/", ({ text }) => /name="?greeting/.test(text) === isOn));
      await other.freshness.look();
      t.is(other.host.current.isActive("greeter", host.blog), isOn);
    }
  });

  test(`${dialect}: a page stays as it is while nothing shown changes`, async (t) => {
    const { host, page, scope, write } = await twoProcesses(t, dialect);
    await write({ content: "Shown" });
    const { etag } = await page("/");
    const versions = () => host.house.storage.query("SELECT scope, number FROM versions ORDER BY scope");
    const before = await versions();

    const draft = await write({ content: "A draft", status: "draft", categories: ["Quiet"] });
    await write({ id: draft.id, content: "A better draft" });
    await trash(scope, draft.id);
    const own = await write({ content: "For myself", visibility: "private" });
    await write({ id: own.id, content: "Still for myself" });
    await host.publish({ text: "Another draft", status: "draft" });
    await host.publish({ text: "For tomorrow", publishedAt: "2099-01-01T00:00:00Z" });

    t.deepEqual(await versions(), before);
    t.is((await page("/")).etag, etag);
  });
}

test("a blog changed in the very moment it is read is not kept under its new number", async (t) => {
  const host = await createTestHost(t);
  const { sites } = host.house;
  sites.changed(host.blog.id);

  const reading = sites.find(host.blog.host);
  sites.changed(host.blog.id);
  const old = await reading;

  t.not(old!.version, (await sites.find(host.blog.host))!.version);
});
