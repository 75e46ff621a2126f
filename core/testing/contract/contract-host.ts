import { loadPlugin, type LoadedPlugin } from "../../host/load-plugins.ts";
import type { Plugin } from "../../host/manifest.ts";
import type { Connection } from "../../hooks/fields.ts";
import type { Json } from "../../hooks/values.ts";
import { createTestHost, type TestHost, type TestHostOptions } from "../test-host.ts";
import type { TestNetwork } from "../test-network.ts";
import { watched } from "./watched.ts";

type Teardown = { teardown(work: () => unknown): void };

/** What a contract may know of the plugin: values for settings it needs before it can work, and plugins it requires. */
export type ContractOptions = {
  readonly settings?: Readonly<Record<string, Json>>;
  /** What its settings of type `oauth` are connected with. */
  readonly connections?: Readonly<Record<string, Connection<Json>>>;
  /** Folders of the plugins it requires, those that require nothing first. */
  readonly requires?: readonly string[];
  /** Says what the network answers; without it the plugin must not ask for anything. */
  readonly network?: (network: TestNetwork) => void;
};

/** Loads a plugin from its folder, or throws why it cannot be. */
export async function load(folder: string): Promise<LoadedPlugin> {
  const loaded = await loadPlugin(folder, true);
  if (!("plugin" in loaded)) throw new Error(loaded.reason);
  return loaded;
}

/** Opens an installation with the plugin (watched, and off) and what it requires (on). */
export async function open(
  t: Teardown,
  folder: string,
  options: ContractOptions,
  more: {
    neighbours?: readonly LoadedPlugin[];
    dependents?: NonNullable<TestHostOptions["plugins"]>;
    allowUnexpected?: boolean;
    isWatched?: boolean;
  } = {},
): Promise<TestHost> {
  const required = await Promise.all((options.requires ?? []).map((one) => load(one)));
  const own = await load(folder);
  const shown = more.isWatched === false ? own : { ...own, plugin: watched(own.plugin) };
  const loaded = [...required, shown, ...(more.neighbours ?? [])].map(({ plugin, folder: place }) => ({
    plugin: plugin as unknown as Plugin<never, never>,
    folder: place,
  }));
  const plugins = [...loaded, ...(more.dependents ?? [])];
  const allowUnexpected = more.allowUnexpected ?? false;
  const blogs = [{ host: "kim.example" }, { host: "lee.example", owner: "lee", language: "de" }];
  // The dashboard is drawn only for plugins that have something in it: it makes a host slower.
  const dashboard = Boolean(own.plugin.screens?.length);
  const host = await createTestHost(t, { plugins, isEnabled: false, allowUnexpected, blogs, dashboard });
  options.network?.(host.network);
  for (const { plugin } of required) await host.house.host.enable(plugin.id);
  if (options.settings) {
    const outcome = await host.house.host.set(own.plugin.id, options.settings);
    if (!outcome.ok) throw new Error(Object.values(outcome.errors).join(" "));
  }
  for (const [setting, connection] of Object.entries(options.connections ?? {}))
    await host.connect(own.plugin.id, setting, connection);
  return host;
}
