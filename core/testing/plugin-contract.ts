import { readdirSync } from "node:fs";
import type { TestFn } from "ava";
import type { Plugin } from "../host/manifest.ts";
import { brokenParts, openAddresses } from "./contract/addresses.ts";
import { tablesByMigrations, tablesUnlike } from "./contract/agreeing-tables.ts";
import { badNeighbour } from "./contract/bad-neighbour.ts";
import { load, open, type ContractOptions } from "./contract/contract-host.ts";
import { faultsUnderFire } from "./contract/hostile-requests.ts";
import { leftovers, traces } from "./contract/leftovers.ts";
import { wrongTexts } from "./contract/translations.ts";
import { pages, use } from "./contract/use-blog.ts";
import { createTestHost, type TestHost } from "./test-host.ts";
export type { ContractOptions } from "./contract/contract-host.ts";

/**
 * What every plugin keeps, as tests: it is sound and speaks its languages; it can be switched on, used, off and on again; its
 * hooks deal in plain data and its addresses refuse garbage; off, it leaves no trace, and erased, nothing at all; a neighbour
 * that throws does not disturb it.
 * @since 1
 */
export function pluginContract(test: TestFn, folder: string, options: ContractOptions = {}): void {
  const id = folder.replace(/\/+$/, "").split("/").at(-1)!;

  test(`${id}: its manifest is sound, with a README and texts complete in each of its languages`, async (t) => {
    const loaded = await load(folder);
    t.is(loaded.plugin.id, id);
    t.true(readdirSync(folder).includes("README.md"), "a plugin has a README.md");
    t.deepEqual(wrongTexts(folder), []);
  });

  test(`${id}: it is switched on, used, off and on again without a failure; its hooks deal in plain data`, async (t) => {
    const host = await open(t, folder, options);

    await host.house.host.enable(id);
    const before = await traces(host, id);
    await host.house.host.enable(id);
    t.deepEqual(await traces(host, id), before, "a second activate changes nothing");
    t.deepEqual(await tablesUnlike(host.house.storage, pluginOf(host, id)), [], "its tables are what it declares");
    await use(host);
    t.deepEqual(await brokenParts(host, pluginOf(host, id)), []);
    await host.house.host.disable(id);
    await use(host);
    await host.house.host.enable(id);
    await use(host);

    t.deepEqual(host.failures(), []);
    t.deepEqual(await host.deadJobs(), []);
    t.deepEqual(host.network.unexpected, []);
  });

  test(`${id}: switched off, pages are as if it had never been there, and nothing of it is called any more`, async (t) => {
    const host = await open(t, folder, options, { allowUnexpected: true });
    await use(host);
    const before = await pages(host);

    await host.house.host.enable(id);
    const plugin = pluginOf(host, id);
    await pages(host);
    await host.runJobs();
    await host.house.host.disable(id);

    t.deepEqual(await pages(host), before);
    const calls = host.house.host.guard.records.get(id)?.calls ?? 0;
    await use(host);
    host.clock.advance({ days: 40 });
    await host.runJobs();
    t.deepEqual(await openAddresses(host, plugin), []);
    t.is(host.house.host.guard.records.get(id)?.calls ?? 0, calls, "no hook, slot, job or schedule of it was called");
  });

  test(`${id}: off on one blog means off there only`, async (t) => {
    const host = await open(t, folder, options);
    await host.house.host.enable(id);
    if (pluginOf(host, id).scope === "network") return t.pass();

    await host.house.host.disable(id, { blog: host.blog });

    t.false(host.house.host.current.isActive(id, host.blog));
    t.true(host.house.host.current.isActive(id, host.blogs[1]!));
  });

  test(`${id}: a throwing neighbour costs only its own part`, async (t) => {
    const { plugin } = await load(folder);
    const neighbour = badNeighbour(plugin);
    const host = await open(t, folder, options, { neighbours: [neighbour.loaded] });
    const order = plugin.offers ? [id, "bad-neighbour"] : ["bad-neighbour", id];
    for (const one of order) await host.house.host.enable(one);
    neighbour.begin();

    await use(host);

    t.deepEqual(
      host.failures().filter((failure) => failure.plugin !== "bad-neighbour"),
      [],
    );
  });

  test(`${id}: its addresses refuse garbage and never fail`, async (t) => {
    const { plugin } = await load(folder);
    if (!plugin.routes?.length && !plugin.screens?.length) return t.pass();
    const host = await open(t, folder, options, { allowUnexpected: true });
    await host.house.host.enable(id);

    t.deepEqual(await faultsUnderFire(host, plugin), []);
    t.deepEqual(host.failures(), []);
  });

  test(`${id}: erased, it leaves no table, document, setting, job, schedule, secret or file`, async (t) => {
    const host = await open(t, folder, options);
    await host.house.host.enable(id);
    await use(host);
    await host.house.host.disable(id);

    await host.house.host.erase(id);

    const wrong = host.logged.filter(({ level, message }) => level === "error" && message.startsWith(`${id}:`));
    t.deepEqual(wrong, [], "nothing fails while it goes");
    t.deepEqual(await leftovers(host, id), {});
    await host.house.host.enable(id);
    t.deepEqual(host.failures(), []);
  });

  test(`${id}: its migrations lead to the tables it declares, the same as in a fresh installation`, async (t) => {
    const { plugin } = await load(folder);
    if (!plugin.migrations?.length) return t.pass();
    const [fresh, old] = [await createTestHost(t), await createTestHost(t)];

    const tables = await tablesByMigrations(fresh.house.storage, old.house.storage, plugin, fresh.clock.now());

    t.deepEqual(tables.byMigrations, tables.fresh);
  });

  test(`${id}: with its folder deleted the rest still runs, and says what is missing`, async (t) => {
    const host = await open(t, folder, options);
    await host.house.storage.write(async (db) => {
      const row =
        "INSERT INTO plugins (id, version, state, reason, is_everywhere, updated_at) VALUES ('gone', '1.0.0', 'enabled', '', 1, '2026-05-01T12:00:00.000Z')";
      await db.run(row);
    });

    await host.house.host.refresh();

    t.is((await host.get("/")).status, 200);
    t.is((await host.house.host.list()).find((one) => one.id === "gone")?.state, "missing");
  });
}

function pluginOf(host: TestHost, id: string): Plugin {
  return host.house.host.current.plugins.get(id)!.plugin;
}
