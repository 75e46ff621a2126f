import { readdirSync } from "node:fs";
import type { ExecutionContext, TestFn } from "ava";
import { loadPlugin, type LoadedPlugin } from "../host/load-plugins.ts";
import type { Plugin } from "../host/manifest.ts";
import { tablesOf } from "../host/plugin-data.ts";
import { createTestHost, type TestHost } from "./test-host.ts";

/** What a contract run may know of the plugin: values for settings it needs before it can work, and plugins it requires. */
export type ContractOptions = {
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Folders of the plugins it requires. */
  readonly requires?: readonly string[];
};

/**
 * What every plugin keeps, as tests: it is sound, can be switched on, used, off and on again, leaves pages without its traces
 * when it is off, leaves nothing at all when it is erased, and a throwing neighbour does not disturb it.
 * @since 1
 */
export function pluginContract(test: TestFn, folder: string, options: ContractOptions = {}): void {
  const id = folder.replace(/\/+$/, "").split("/").at(-1)!;

  test(`${id}: its manifest is sound, with a README and texts`, async (t) => {
    const loaded = await load(t, folder);
    t.is(loaded.plugin.id, id);
    t.true(readdirSync(folder).includes("README.md"), "a plugin has a README.md");
  });

  test(`${id}: it is switched on, used, off and on again without a failure`, async (t) => {
    const host = await open(t, folder, options);

    await host.house.host.enable(id);
    await host.house.host.enable(id);
    await use(host);
    await host.house.host.disable(id);
    await use(host);
    await host.house.host.enable(id);
    await use(host);

    t.deepEqual(host.failures(), []);
    t.deepEqual(host.network.unexpected, []);
  });

  test(`${id}: switched off, pages are as if it had never been there`, async (t) => {
    const host = await open(t, folder, options);
    await use(host);
    const before = await pages(host);

    await host.house.host.enable(id);
    await pages(host);
    await host.house.host.disable(id);

    t.deepEqual(await pages(host), before);
  });

  test(`${id}: off on one blog means off there only`, async (t) => {
    const host = await open(t, folder, options);
    await host.house.host.enable(id);
    const loaded = host.house.host.current.plugins.get(id)!;
    if (loaded.plugin.scope === "network") return t.pass();

    await host.house.host.disable(id, { blog: host.blog });

    t.false(host.house.host.current.isActive(id, host.blog));
    t.true(host.house.host.current.isActive(id, { ...host.blog, id: "another" }));
  });

  test(`${id}: a throwing neighbour costs only its own part`, async (t) => {
    const neighbour = badNeighbour(folder);
    const host = await open(t, folder, options, [neighbour.loaded]);
    await host.house.host.enable("bad-neighbour");
    await host.house.host.enable(id);
    neighbour.begin();

    await use(host);

    t.deepEqual(
      host.failures().filter((failure) => failure.plugin !== "bad-neighbour"),
      [],
    );
  });

  test(`${id}: erased, it leaves no table, document, setting, job, schedule or secret`, async (t) => {
    const host = await open(t, folder, options);
    await host.house.host.enable(id);
    await use(host);
    await host.house.host.disable(id);

    await host.house.host.erase(id);

    t.deepEqual(await leftovers(host, id), {});
    await host.house.host.enable(id);
    t.deepEqual(host.failures(), []);
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

async function load(t: ExecutionContext, folder: string): Promise<LoadedPlugin> {
  const loaded = await loadPlugin(folder, true);
  if (!("plugin" in loaded)) throw new Error(loaded.reason);
  t.truthy(loaded.plugin);
  return loaded;
}

async function open(
  t: ExecutionContext,
  folder: string,
  options: ContractOptions,
  more: readonly LoadedPlugin[] = [],
): Promise<TestHost> {
  const own = await Promise.all([...(options.requires ?? []), folder].map((one) => load(t, one)));
  const plugins = [...own, ...more].map(({ plugin, folder: place }) => ({
    plugin: plugin as unknown as Plugin<never, never>,
    folder: place,
  }));
  const host = await createTestHost(t, { plugins, isEnabled: false });
  for (const { plugin } of own.slice(0, -1)) await host.house.host.enable(plugin.id);
  if (options.settings) await host.house.host.set(own.at(-1)!.plugin.id, options.settings);
  return host;
}

/** Everything a blog does in a week, so that whatever the plugin taps is called. */
async function use(host: TestHost): Promise<void> {
  const note = await host.publish({ text: "A note with a [link](https://lee.example/)" });
  await host.publish({ id: note.id, text: "The note, edited" });
  await host.publish({
    title: "An article",
    text: "Long *text*",
    categories: ["Walks"],
    photos: [{ url: "https://kim.example/media/x.jpg", alt: "A bird" }],
  });
  await host.publish({
    text: "An episode",
    audio: [{ url: "https://kim.example/media/x.mp3", type: "audio/mpeg", bytes: 1000, seconds: 60 }],
  });
  await host.publish({ kind: "page", title: "About", text: "Me" });
  await host.publish({ text: "Not yet", status: "draft" });
  const removed = await host.publish({ text: "Short-lived" });
  await host.remove(removed);
  await pages(host);
  await host.runJobs();
}

const addresses = ["/", "/archive", "/2026/05", "/categories/walks", "/about", "/robots.txt", "/nowhere"];

async function pages(host: TestHost): Promise<{ path: string; status: number; text: string }[]> {
  const found = [];
  for (const path of addresses) {
    const { status, text, headers } = await host.get(path);
    found.push({ path, status, text: `${headers.link ?? ""}\n${text}` });
  }
  return found;
}

// Well-behaved until it is on, or the smoke test would not let it in.
function badNeighbour(folder: string): { loaded: LoadedPlugin; begin(): void } {
  let isBad = false;
  const fail = () => {
    if (isBad) throw new Error("I am the bad neighbour");
  };
  const hooks = Object.fromEntries(
    ["post.beforeSave", "post.validate", "content.html", "page.head", "post.saved", "robots.lines", "response.links"].map(
      (name) => [name, fail],
    ),
  );
  const plugin = {
    id: "bad-neighbour",
    name: "Bad neighbour",
    description: "Throws everywhere.",
    version: "1.0.0",
    api: 1,
    capabilities: ["posts:write"],
    hooks,
    slots: { "after-content": fail },
  };
  const loaded = { plugin: plugin as unknown as Plugin, folder: `${folder}-bad-neighbour`, isBundled: true };
  return { loaded, begin: () => void (isBad = true) };
}

async function leftovers(host: TestHost, id: string): Promise<Record<string, number>> {
  const left: Record<string, number> = {};
  const { storage } = host.house;
  for (const table of ["plugins", "plugin_activations", "plugin_settings", "plugin_documents", "plugin_document_index", "jobs"]) {
    const column = table === "plugins" ? "id" : "plugin_id";
    const [row] = await storage.query(`SELECT COUNT(*) AS number FROM ${table} WHERE ${column} = ?`, [id]);
    if (Number(row!.number) > 0) left[table] = Number(row!.number);
  }
  const [schedules] = await storage.query("SELECT COUNT(*) AS number FROM schedules WHERE id LIKE ?", [`${id}/%`]);
  if (Number(schedules!.number) > 0) left.schedules = Number(schedules!.number);
  const [secrets] = await storage.query("SELECT COUNT(*) AS number FROM secrets WHERE place LIKE ?", [`plugin/${id}/%`]);
  if (Number(secrets!.number) > 0) left.secrets = Number(secrets!.number);
  for (const table of await tablesOf(storage, id)) left[table] = 1;
  return left;
}
