import test from "ava";
import { insert } from "../../storage/rows.ts";
import { databases, testDatabase } from "../../storage/testing.ts";
import { createTestHost } from "../../testing/test-host.ts";
import { definePlugin } from "../define-plugin.ts";
import type { Plugin } from "../manifest.ts";
import { revokeOfBlog } from "./revoke-all.ts";
import { disconnect } from "./disconnect.ts";

type Tokens = { readonly access: string };
const told: string[] = [];

const plugin = definePlugin({
  id: "sender",
  name: "Sender",
  description: "Sends.",
  version: "1.0.0",
  api: 1,
  settings: { accounts: { type: "oauth", label: "Accounts", multiple: true } },
  connections: {
    accounts: {
      begin: async () => ({ url: "https://x.example" }),
      finish: async () => Promise.reject(new Error()),
      revoke: async (_context, { account, tokens }) => {
        if (account === "@ana@birds.example") throw new Error("Nobody there.");
        told.push(`${account} ${(tokens as Tokens).access}`);
      },
    },
  },
});

for (const dialect of databases) {
  test.serial(`${dialect}: a setting holds several accounts, each once, sealed, renewed and taken away by name`, async (t) => {
    told.length = 0;
    const databaseUrl = await testDatabase(t, dialect);
    const host = await createTestHost(t, { plugins: [plugin], databaseUrl });
    const { house, blog } = host;
    const given = plugin as unknown as Plugin;
    const held = async () => {
      const { accounts } = (await house.host.contexts.settings(given, blog)) as { accounts: readonly Record<string, unknown>[] };
      return accounts.map(({ account, tokens }) => `${String(account)} ${(tokens as Tokens).access}`);
    };
    const connect = (account: string, access: string) =>
      house.host.connect("sender", "accounts", { account, expiresAt: null, tokens: { access } }, { blog });
    const renew = (account: string) => {
      const context = house.host.contexts.make(given, host.scope(), {}, new AbortController().signal);
      return context.renewConnection("accounts", { account, expiresAt: null, tokens: { access: "renewed" } });
    };
    const sealed = async () => (await house.storage.query("SELECT place FROM secrets WHERE place LIKE 'plugin/sender/%'")).length;

    t.deepEqual(await held(), []);
    t.false(await renew("@kim@birds.example"));
    await connect("@kim@birds.example", "first");
    await Promise.all([connect("@lee@birds.example", "one"), connect("@ana@birds.example", "two")]);
    await connect("@kim@birds.example", "second");
    t.deepEqual((await held()).toSorted(), ["@ana@birds.example two", "@kim@birds.example second", "@lee@birds.example one"]);
    t.is((await held())[0], "@kim@birds.example second");
    for (const table of ["plugin_settings", "secrets"])
      t.false(JSON.stringify(await house.storage.query(`SELECT * FROM ${table}`)).includes("access"), table);

    for (const target of ["sender/kim", "other/kim"])
      await house.storage.write((db) => insert(db, "post_targets", [parked(blog.id, target)]));
    const sleeping = async () =>
      (await house.storage.query("SELECT target FROM post_targets WHERE state = 'parked'")).map(({ target }) => target);
    t.true(await renew("@lee@birds.example"));
    t.is((await sleeping()).length, 2, "a session that goes on is nothing others waited for");
    await connect("@lee@birds.example", "renewed");
    t.deepEqual(await sleeping(), ["other/kim"], "only copies this plugin speaks for");
    t.false(await renew("@nobody@birds.example"));
    t.true((await held()).includes("@lee@birds.example renewed"));
    t.is(await sealed(), 3);

    const parts = { host: house.host, secrets: house.secrets };
    const gone = (account?: string) =>
      disconnect(parts, host.scope(), { pluginId: "sender", setting: "accounts", blog, ...(account && { account }) });
    t.true(await gone("@lee@birds.example"));
    t.deepEqual(told, ["@lee@birds.example renewed"]);
    t.false(await gone("@ana@birds.example"), "the service could not be told");
    t.deepEqual(await held(), ["@kim@birds.example second"]);
    t.true(await gone());
    t.deepEqual([await held(), await sealed()], [[], 0]);
    t.deepEqual(await house.storage.query("SELECT name FROM plugin_settings WHERE plugin_id = 'sender'"), []);
    await t.throwsAsync(() => disconnect(parts, host.scope(), { pluginId: "sender", setting: "none", blog }), {
      message: /nothing to connect/,
    });
  });
}

test.serial("a blog that is erased takes its connections back at the services, whatever one of them says", async (t) => {
  told.length = 0;
  const host = await createTestHost(t, { plugins: [plugin] });
  for (const account of ["@ana@birds.example", "@lee@birds.example"])
    await host.house.host.connect(
      "sender",
      "accounts",
      { account, expiresAt: null, tokens: { access: "here" } },
      { blog: host.blog },
    );
  await revokeOfBlog(host.house.host, host.scope());
  t.deepEqual(told, ["@lee@birds.example here"]);
});

const parked = (blogId: string, target: string) => {
  const key = { post_id: "01JB0000000000000000000000", plugin_id: "hub", target, blog_id: blogId };
  const rest = {
    own_text: null,
    label: "",
    url: "",
    copy: "null",
    reason: "",
    attempts: 0,
    updated_at: "2026-05-01T12:00:00.000Z",
  };
  return { ...key, state: "parked", ...rest };
};

test.serial("no more accounts than a person could look through, and what a plugin left behind is erased", async (t) => {
  const host = await createTestHost(t, { plugins: [plugin] });
  const { house, blog } = host;
  const connect = (at: number) =>
    house.host.connect("sender", "accounts", { account: `@kim@${at}.example`, expiresAt: null, tokens: {} }, { blog });
  for (let at = 0; at < 50; at++) await connect(at);

  await t.throwsAsync(connect(50), { message: /No more than 50/ });
  await connect(49);
  told.length = 0;
  await house.host.disable("sender");
  await house.host.erase("sender");
  t.is(told.length, 50, "services are told before the tokens go");
  t.deepEqual(await house.storage.query("SELECT place FROM secrets WHERE place LIKE 'plugin/sender/%'"), []);
});
