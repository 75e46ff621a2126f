import { PublicError, sentenceOf } from "../../errors.ts";
import { audit } from "../../people/audit.ts";
import { alone } from "../../storage/migrate.ts";
import type { Storage } from "../../storage/storage.ts";
import { isStorageAway } from "../../storage/storage-trouble.ts";
import type { Generation } from "../generation.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { LoadedPlugin } from "../load-plugins.ts";
import type { Plugin } from "../manifest.ts";
import type { HostOptions } from "../plugin-host.ts";
import { pluginRows, storePlugin, type PluginRow } from "../plugin-rows.ts";
import { bringUpTables } from "./bring-up.ts";
import { shapeRecords } from "./shape-records.ts";
import { isOlder, upgradeOf, type Upgrade } from "./upgrade.ts";

type Options = Pick<HostOptions, "clock" | "log" | "scopeOn" | "schema">;

/** Brings what plugins keep up to their present version, before anything of them runs: the one place that does. */
export class Upgrades {
  /** What this process did. */
  readonly done: Upgrade[] = [];
  /** What is to be done, in a process that may only look. */
  waiting: readonly Upgrade[] = [];
  /** Plugins that could not be brought up to date, and why. */
  readonly failed = new Map<string, string>();
  /** Plugins whose code does not fit what they keep, and what to do: off in this process only, for others may have newer code. */
  readonly unfit = new Map<string, string>();
  // What the log has already: looking again is no news.
  readonly #said = new Map<string, string>();
  readonly #storage: Storage;
  readonly #lifecycle: Lifecycle;
  readonly #options: Options;

  constructor(storage: Storage, lifecycle: Lifecycle, options: Options) {
    this.#storage = storage;
    this.#lifecycle = lifecycle;
    this.#options = options;
  }

  /** Sets up a plugin that somebody switches on: its tables, then its `install` or `upgrade`. Throws PublicError. */
  prepare(plugin: Plugin, row: PluginRow | undefined): Promise<void> {
    return alone(this.#storage, 60, async () => {
      await bringUpTables(this.#storage, plugin, this.#options.clock.now(), row?.version);
      if (!row) await this.#lifecycle.run(plugin, "install");
      else if (isOlder(row.version, plugin.version)) await this.#lifecycle.run(plugin, "upgrade", { from: row.version });
    });
  }

  /**
   * Those of the plugins that are on whose tables are what they declare, the others brought there if they can be. One that fails is
   * `failed` from then on; one that another process is at, or that this process may not change, is left out for now.
   */
  async ready(
    plugins: readonly LoadedPlugin[],
    rows: ReadonlyMap<string, PluginRow>,
    current: Generation,
  ): Promise<LoadedPlugin[]> {
    const records = await shapeRecords(this.#storage);
    const kept: LoadedPlugin[] = [];
    const waiting: Upgrade[] = [];
    this.unfit.clear();
    for (const loaded of plugins) {
      const { plugin } = loaded;
      const upgrade = upgradeOf(plugin, rows.get(plugin.id), records.get(plugin.id));
      // What runs here already goes on with the code it has, when another process went ahead.
      if (!upgrade || current.plugins.get(plugin.id)?.plugin === plugin) kept.push(loaded);
      else if (this.#options.schema === "check") waiting.push(upgrade);
      else if (await this.#take(loaded, upgrade, current)) kept.push(loaded);
    }
    this.waiting = waiting;
    return kept;
  }

  async #take({ plugin }: LoadedPlugin, upgrade: Upgrade, current: Generation): Promise<boolean> {
    const { log } = this.#options;
    // At the start there is time; later, requests wait for it.
    const patience = current.number === 0 ? 60 : 1;
    try {
      return await alone(this.#storage, patience, () => this.#upgrade(plugin, upgrade, current));
    } catch (error) {
      if (!isBusy(error)) throw error;
      log.warn(`Plugin “${plugin.id}” is left out for now: another process is bringing it up to date.`, { plugin: plugin.id });
      return false;
    }
  }

  // Whoever waited looks again: another process may have done it, or failed.
  async #upgrade(plugin: Plugin, upgrade: Upgrade, current: Generation): Promise<boolean> {
    const row = (await pluginRows(this.#storage)).get(plugin.id);
    if (row?.state !== "enabled") return false;
    if (!upgradeOf(plugin, row, (await shapeRecords(this.#storage)).get(plugin.id))) return true;
    try {
      await bringUpTables(this.#storage, plugin, this.#options.clock.now(), row.version);
      if (isOlder(row.version, plugin.version)) await this.#lifecycle.run(plugin, "upgrade", { from: row.version });
    } catch (error) {
      if (isStorageAway(error)) throw error;
      const reason = sentenceOf(error);
      if (this.#said.get(plugin.id) !== reason) this.#options.log.error(reason, { plugin: plugin.id });
      this.#said.set(plugin.id, reason);
      if (error instanceof PublicError && (error.key === "plugin.older" || error.key === "plugin.unfit"))
        return (this.unfit.set(plugin.id, reason), false);
      this.failed.set(plugin.id, reason);
      await this.#note({ ...row, state: "failed", reason }, "plugin.failed", current);
      return false;
    }
    this.done.push(upgrade);
    await this.#note({ ...row, version: plugin.version }, "plugin.upgraded", current);
    return true;
  }

  // Other processes look again, too.
  async #note(row: PluginRow, action: string, current: Generation): Promise<void> {
    const now = this.#options.clock.now();
    await this.#storage.write(async (db) => {
      await storePlugin(db, row, now);
      await this.#options.scopeOn(current, null).touch(db, "plugins");
      await audit(db, { action, subject: row.id, accountId: null, blogId: null, via: "host" }, now);
    });
  }
}

function isBusy(error: unknown): boolean {
  const { key, errcode } = error as { key?: string; errcode?: number };
  return key === "storage.busy" || errcode === 5;
}
