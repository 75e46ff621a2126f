import type { Clock } from "../clock.ts";
import { PublicError, sentenceOf } from "../errors.ts";
import type { Connection } from "../hooks/fields.ts";
import type { Log, Scope } from "../hooks/scope.ts";
import type { Blog, Json } from "../hooks/values.ts";
import { parkJobs, unparkJobs } from "../jobs/plugin-jobs.ts";
import { audit } from "../people/audit.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { Breakers } from "./breaker.ts";
import { keepConnection } from "./connections/keep-connection.ts";
import { revokeEverywhere } from "./connections/revoke-all.ts";
import { ContextMaker } from "./context.ts";
import { Generation, type OnEvent } from "./generation.ts";
import { Guard } from "./guarded.ts";
import type { HostServices } from "./host-services.ts";
import { Lifecycle } from "./lifecycle.ts";
import { changedAt, inOrder, loadPlugin, pluginFolders, type BrokenPlugin, type LoadedPlugin } from "./load-plugins.ts";
import type { Plugin } from "./manifest.ts";
import { eraseData } from "./plugin-data.ts";
import { rememberConsent } from "./plugin-consent.ts";
import { infoOf, refuseConflicts, type PluginInfo } from "./plugin-info.ts";
import { pluginRows, readActivations, recordGeneration, storeActivation, storePlugin, type PluginRow } from "./plugin-rows.ts";
import { saveSettings, type SettingsOutcome } from "./save-settings.ts";
import { AddressTaken, type TakenAddress } from "./screens/screen-table.ts";
import { Upgrades } from "./shape/upgrades.ts";
import { tellPlugins, type AboutPlugin, type PluginEvent } from "./tell-plugins.ts";
export type { PluginInfo } from "./plugin-info.ts";

/** What the host needs from the house. */
export type HostOptions = {
  readonly bundled: string;
  readonly installed: string;
  /** Plugins given as objects instead of folders, for tests. */
  readonly given?: readonly LoadedPlugin[];
  readonly isSafeMode: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly services: HostServices;
  /** A scope on the given generation, for plugins' own parts. */
  readonly scopeOn: (generation: Generation, blog: Blog | null) => Scope;
  readonly blogs: () => Promise<readonly Blog[]>;
  /** Draws pages with a candidate generation; a sentence when something fails that did not fail before. */
  readonly smokeTest?: (candidate: Generation) => Promise<string | null>;
  readonly onEvent?: OnEvent;
  /** "check" changes no table: plugins that need theirs changed are left out. */
  readonly schema?: "migrate" | "check";
};

/** Loads plugins, builds generations and swaps them: the one place that switches anything on or off. */
export class PluginHost {
  readonly guard: Guard;
  readonly contexts: ContextMaker;
  /** What plugins needed to be of their present version. */
  readonly upgrades: Upgrades;
  readonly #lifecycle: Lifecycle;
  readonly #options: HostOptions;
  readonly #storage: Storage;
  readonly #breakers: Breakers;
  readonly #loaded = new Map<string, { readonly changedAt: number; readonly result: LoadedPlugin | BrokenPlugin }>();
  #current: Generation;
  #taken: readonly TakenAddress[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: HostOptions) {
    this.#options = options;
    this.#storage = options.services.storage;
    this.#breakers = new Breakers(options.clock, (id, part) => {
      this.pause(id, part).catch((error: unknown) =>
        options.log.error(`Plugin “${id}” keeps failing, but could not be paused: ${sentenceOf(error)}`, { plugin: id }),
      );
    });
    this.guard = new Guard(this.#breakers);
    this.contexts = new ContextMaker(options.services);
    this.#lifecycle = new Lifecycle({ guard: this.guard, contexts: this.contexts, options, current: () => this.#current });
    this.upgrades = new Upgrades(this.#storage, this.#lifecycle, options);
    this.#current = this.#generation(0, [], { everywhere: new Set(), exceptions: new Map() });
  }

  /** The generation that new requests and jobs begin with. */
  get current(): Generation {
    return this.#current;
  }

  get isSafeMode(): boolean {
    return this.#options.isSafeMode;
  }

  /** Builds the generation that the database asks for and swaps it in; called at the start and whenever another process changed something. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      this.contexts.forgetSettings();
      this.#current = await this.#build(await this.#wanted(), null);
    });
  }

  /** Says which addresses the dashboard has, so that no plugin's screen gets one of them; a plugin that has one is left out. */
  async keepFree(taken: readonly TakenAddress[]): Promise<void> {
    this.#taken = taken;
    if ([...this.#current.plugins.values()].some(({ plugin }) => plugin.screens?.length)) await this.refresh();
  }

  /** Ids of the plugins that came with Rookery itself. */
  bundledIds(): string[] {
    return this.#folders().flatMap(({ id, isBundled }) => (isBundled ? [id] : []));
  }

  /** Every plugin there is a folder or a row of, by id. */
  async list(): Promise<PluginInfo[]> {
    const rows = await pluginRows(this.#storage);
    const found = new Map(
      await Promise.all(
        this.#folders().map(async ({ id, folder, isBundled }) => [id, await this.#load(folder, isBundled)] as const),
      ),
    );
    const ids = [...new Set([...found.keys(), ...rows.keys()])].toSorted();
    return ids.map((id) => {
      const info = infoOf(id, rows.get(id), found.get(id));
      const reason = info.state === "enabled" && this.upgrades.unfit.get(id);
      return reason ? { ...info, state: "failed", reason } : info;
    });
  }

  /** Switches a plugin on: everywhere, or on one blog. Already on is success. Throws PublicError with the remedy when it cannot be. */
  enable(id: string, options: By = {}): Promise<void> {
    return this.#inTurn(async () => {
      const loaded = await this.#loadById(id);
      const rows = await pluginRows(this.#storage);
      await this.upgrades.prepare(loaded.plugin, rows.get(id));
      const now = this.#options.clock.now();
      const wasOn = rows.get(id)?.state === "enabled";
      const isEverywhere = options.blog ? wasOn && rows.get(id)!.isEverywhere : true;
      const row: PluginRow = { id, version: loaded.plugin.version, state: "enabled", reason: "", isEverywhere };
      const next = await this.#build(
        { rows: new Map(rows).set(id, row), added: { id, ...(options.blog && { blog: options.blog }) } },
        id,
      );
      await this.#storage.write(async (db) => {
        await storePlugin(db, row, now);
        await rememberConsent(db, loaded.plugin, now);
        if (options.blog)
          await storeActivation(db, id, options.blog.id, { isActive: true, accountId: options.accountId ?? null, now });
        else await db.run("DELETE FROM plugin_activations WHERE plugin_id = ?", [id]);
        await unparkJobs(db, { pluginId: id, ...(options.blog && { blogId: options.blog.id }) });
        await this.#note(db, next, { action: "plugin.enabled", id, ...options });
      });
      this.#breakers.reset(id);
      this.#current = next;
      await this.#lifecycle.run(loaded.plugin, "activate", options);
      await this.#tell("plugin.activated", { pluginId: id }, options.blog);
    });
  }

  /** Switches a plugin off: everywhere, or on one blog; its data stays. Refuses when another enabled plugin requires it. */
  disable(id: string, options: By = {}): Promise<void> {
    return this.#inTurn(async () => {
      const rows = await pluginRows(this.#storage);
      const row = rows.get(id);
      if (!row || row.state === "disabled") return;
      const dependants = options.blog
        ? []
        : [...this.#current.plugins.values()].filter(({ plugin }) => plugin.requires?.plugins?.[id]);
      if (dependants.length > 0)
        throw new PublicError(
          "plugin.required",
          `“${id}” is required by ${dependants.map(({ plugin }) => `“${plugin.id}”`).join(", ")}; switch that off first.`,
          409,
          { id, names: dependants.map(({ plugin }) => plugin.id).join(", ") },
        );
      const plugin = this.#current.plugins.get(id)?.plugin;
      if (plugin) await this.#lifecycle.run(plugin, "deactivate", options);
      const now = this.#options.clock.now();
      const off: PluginRow = options.blog ? row : { ...row, state: "disabled", reason: "", isEverywhere: false };
      await this.#storage.write(async (db) => {
        await storePlugin(db, off, now);
        if (options.blog)
          await storeActivation(db, id, options.blog.id, { isActive: false, accountId: options.accountId ?? null, now });
        await parkJobs(db, { pluginId: id, ...(options.blog && { blogId: options.blog.id }) }, now);
        await this.#note(db, this.#current, { action: "plugin.disabled", id, ...options });
      });
      this.#current = await this.#build(await this.#wanted(), null);
      await this.#tell("plugin.deactivated", { pluginId: id }, options.blog);
    });
  }

  /** Forgets a plugin and everything it stored. Typed-name confirmation is the caller's business. */
  erase(id: string, options: { accountId?: string | null } = {}): Promise<void> {
    return this.#inTurn(async () => {
      const rows = await pluginRows(this.#storage);
      if (rows.get(id)?.state === "enabled")
        throw new PublicError("plugin.enabled", `“${id}” is switched on; switch it off before its data is deleted.`, 409, { id });
      const loaded = await this.#loadById(id).catch(() => null);
      if (loaded)
        await this.#lifecycle.run(loaded.plugin, "erase").then(() => revokeEverywhere(this, loaded.plugin, this.#options));
      await eraseData(this.#storage, id);
      await this.#options.services.eraseSecrets(`plugin/${id}/`);
      await this.#storage.write((db) => this.#note(db, this.#current, { action: "plugin.erased", id, ...options }));
      this.guard.records.delete(id);
      this.contexts.forgetSettings();
    });
  }

  /** Switches a plugin off because it kept failing; the dashboard shows why and offers Retry (which is `enable`). */
  pause(id: string, part: string): Promise<void> {
    return this.#inTurn(async () => {
      const rows = await pluginRows(this.#storage);
      const row = rows.get(id);
      if (row?.state !== "enabled") return;
      const error = this.guard.records.get(id)?.lastError ?? "";
      const reason = `It kept failing in ${part}: ${error}`;
      await this.#storage.write(async (db) => {
        await storePlugin(db, { ...row, state: "paused", reason }, this.#options.clock.now());
        await this.#note(db, this.#current, { action: "plugin.paused", id });
      });
      this.#options.log.error(`Plugin “${id}” is paused. ${reason}`, { plugin: id });
      this.#current = await this.#build(await this.#wanted(), null);
    });
  }

  /** Stores settings from a form or the command line; refusals name the field. */
  set(id: string, values: Readonly<Record<string, Json>>, options: By = {}): Promise<SettingsOutcome> {
    return this.#changeSettings(id, "plugin.settings", options, (plugin) =>
      saveSettings(this.#options.services, this.#options.clock, { plugin, values, ...options }),
    );
  }

  /** Keeps what a setting was connected with, its tokens sealed; null takes it away, of several the one of `account` (else all). */
  async connect(id: string, setting: string, connection: Connection<Json> | null, options: One = {}): Promise<void> {
    await this.#changeSettings(id, connection ? "plugin.connected" : "plugin.disconnected", options, async (plugin) => {
      await keepConnection(this.#options.services, this.#options.clock, { plugin, setting, connection, ...options });
      return { ok: true };
    });
    if (connection) await this.#tell("plugin.connected", { pluginId: id, setting, account: connection.account }, options.blog);
  }

  #changeSettings(
    id: string,
    action: string,
    options: By,
    save: (plugin: Plugin) => Promise<SettingsOutcome>,
  ): Promise<SettingsOutcome> {
    return this.#inTurn(async () => {
      const { plugin } = await this.#loadById(id);
      // The values and the word that they changed are one transaction: no process is left with the old ones by a crash between.
      const outcome = await this.#storage.write(async (db) => {
        const saved = await save(plugin);
        if (saved.ok) await this.#note(db, this.#current, { action, id, ...options });
        return saved;
      });
      if (!outcome.ok) return outcome;
      this.contexts.forgetSettings();
      // A new number makes pages that were drawn with the old settings a moment ago stale.
      this.#current = await this.#build(await this.#wanted(), null);
      return outcome;
    });
  }

  /** The plugin of an id, loaded; a PublicError naming the remedy when there is none or it is broken. */
  async find(id: string): Promise<LoadedPlugin> {
    return this.#loadById(id);
  }

  async #wanted(): Promise<Wanted> {
    return { rows: await pluginRows(this.#storage) };
  }

  async #build(wanted: Wanted, mustRun: string | null): Promise<Generation> {
    const enabled =
      this.#options.isSafeMode && mustRun === null ? [] : [...wanted.rows.values()].filter((row) => row.state === "enabled");
    const folders = new Map(this.#folders().map((entry) => [entry.id, entry]));
    const loaded: LoadedPlugin[] = [];
    for (const { id } of enabled) {
      const entry = folders.get(id);
      const result = entry && (await this.#load(entry.folder, entry.isBundled));
      if (result && "plugin" in result) loaded.push(result);
      else if (result) this.#options.log.error(`Plugin “${id}” is left out: ${result.reason}`, { plugin: id });
    }
    const complete = inOrder(loaded).ordered;
    const ready = await this.upgrades.ready(complete, wanted.rows, this.#current);
    // Again: who requires one that is not ready is told so.
    const { ordered, unmet } = inOrder(loaded.filter((one) => ready.includes(one) || !complete.includes(one)));
    if (mustRun && unmet.has(mustRun))
      throw new PublicError("plugin.unmet", `“${mustRun}” cannot be switched on: ${unmet.get(mustRun)}`, 409, {
        id: mustRun,
        why: unmet.get(mustRun)!,
      });
    for (const [id, why] of unmet) this.#options.log.error(`Plugin “${id}” is left out: ${why}`, { plugin: id });
    refuseConflicts(ordered, mustRun);
    const activations = await readActivations(this.#storage, wanted.rows);
    if (wanted.added?.blog)
      (activations.exceptions as Map<string, boolean>).set(`${wanted.added.id} ${wanted.added.blog.id}`, true);
    const next = this.#assemble(ordered, activations, mustRun);
    const problem = mustRun && (await this.#options.smokeTest?.(next));
    if (problem)
      throw new PublicError("plugin.smoke", `“${mustRun}” was not switched on, because with it ${problem}`, 409, {
        id: mustRun,
        why: problem,
      });
    return next;
  }

  // A plugin that breaks the building (two claim one address) is left out at the start, and refused when somebody switches it on.
  #assemble(ordered: readonly LoadedPlugin[], activations: Generation["activations"], mustRun: string | null): Generation {
    try {
      return this.#generation(this.#current.number + 1, ordered, activations);
    } catch (error) {
      if (mustRun) throw new PublicError("plugin.refused", sentenceOf(error), 409);
      const last = error instanceof AddressTaken ? error.pluginId : ordered.at(-1)!.plugin.id;
      this.#options.log.error(`${sentenceOf(error)} “${last}” is left out.`, { plugin: last });
      return this.#assemble(inOrder(ordered.filter(({ plugin }) => plugin.id !== last)).ordered, activations, null);
    }
  }

  #generation(number: number, plugins: readonly LoadedPlugin[], activations: Generation["activations"]): Generation {
    const own = { guard: this.guard, contexts: this.contexts, taken: this.#taken, onEvent: this.#options.onEvent };
    return new Generation({ number, plugins, activations, ...own });
  }

  // Tells every other process (and page cache) that the set of plugins, or a setting of one, changed; and the audit log who did it.
  async #note(db: Transaction, generation: Generation, change: Change): Promise<void> {
    const now = this.#options.clock.now();
    await recordGeneration(db, [...generation.plugins.keys()], now);
    await this.#options.scopeOn(generation, null).touch(db, "plugins");
    const { action, id, accountId = null, blog } = change;
    await audit(db, { action, subject: id, accountId, blogId: blog?.id ?? null, via: "host" }, now);
  }

  async #tell<N extends PluginEvent>(name: N, about: AboutPlugin<N>, blog?: Blog): Promise<void> {
    if (!this.#current.has(name)) return;
    const blogs = blog ? [blog] : await this.#options.blogs();
    const scopes = blogs.map((place) => this.#options.scopeOn(this.#current, place));
    await tellPlugins(scopes, name, about);
  }

  #folders(): ReturnType<typeof pluginFolders> {
    const given = (this.#options.given ?? []).map(({ plugin, folder }) => ({ id: plugin.id, folder, isBundled: true }));
    const found = pluginFolders(this.#options.bundled, this.#options.installed);
    return [...given, ...found.filter(({ id }) => !given.some((one) => one.id === id))];
  }

  async #loadById(id: string): Promise<LoadedPlugin> {
    const entry = this.#folders().find((one) => one.id === id);
    if (!entry)
      throw new PublicError(
        "plugin.unknown",
        `There is no plugin “${id}”. See which there are with “rookery plugin list”.`,
        404,
        { id },
      );
    const result = await this.#load(entry.folder, entry.isBundled);
    if ("plugin" in result) return result;
    throw new PublicError("plugin.broken", `“${id}” cannot be loaded: ${result.reason}`, 409, { id, why: result.reason });
  }

  async #load(folder: string, isBundled: boolean): Promise<LoadedPlugin | BrokenPlugin> {
    const given = this.#options.given?.find((one) => one.folder === folder);
    if (given) return given;
    const now = changedAt(folder);
    const known = this.#loaded.get(folder);
    if (known?.changedAt === now) return known.result;
    const result = await loadPlugin(folder, isBundled);
    this.#loaded.set(folder, { changedAt: now, result });
    return result;
  }

  // Changes of the set of plugins happen one after the other; a failed one does not stop the next.
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** Who changes something, and for which blog; without one for the installation. */
type By = { readonly blog?: Blog; readonly accountId?: string | null };
type One = By & { readonly account?: string };
type Change = By & { readonly action: string; readonly id: string };
type Wanted = { readonly rows: ReadonlyMap<string, PluginRow>; readonly added?: { readonly id: string; readonly blog?: Blog } };
