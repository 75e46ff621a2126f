import type { AsyncParallelHook, AsyncSeriesBailHook, AsyncSeriesHook, AsyncSeriesWaterfallHook } from "tapable";
import { coreHooks, type AboutOf, type AnswerOf, type HookFacts, type HookName, type ValueOf } from "../hooks/catalogue.ts";
import type { Scope, Taps } from "../hooks/scope.ts";
import type { Blog, Json, Refusal } from "../hooks/values.ts";
import { isStorageAway } from "../storage/storage-trouble.ts";
import { enqueueMany } from "../jobs/enqueue.ts";
import type { Context } from "./context.types.ts";
import type { Guard, GuardedResult } from "./guarded.ts";
import type { LoadedPlugin } from "./load-plugins.ts";
import type { Plugin, SlotHandler, Tap } from "./manifest.ts";
import type { ContextMaker } from "./context.ts";
import { RouteTable } from "./route-table.ts";
import { tappedHook, type Asking, type SettledTap } from "./tapped-hook.ts";
import { ScreenTable, type TakenAddress } from "./screens/screen-table.ts";
import type { ServiceName, Services } from "./services.types.ts";

/** Hears of every fact as it is told; the kit for tests watches with it. */
export type OnEvent = (name: HookName, value: unknown, blog: Blog | null) => void;

const kindLimits = { filter: 250, event: 5_000, guard: 2_000, first: 2_000, collect: 250 } as const;

/** Where the plugins of a generation are switched on. */
export type Activations = {
  /** Active on every blog unless said otherwise. */
  readonly everywhere: ReadonlySet<string>;
  /** `pluginId blogId` → on or off, where it differs. */
  readonly exceptions: ReadonlyMap<string, boolean>;
};

/**
 * The hooks, routes, slots and services of one set of plugins. It never changes after its making: a request that began with
 * it ends with it, while new requests get the next one.
 */
export class Generation implements Taps {
  readonly number: number;
  readonly plugins: ReadonlyMap<string, LoadedPlugin>;
  readonly routes: RouteTable;
  readonly screens: ScreenTable;
  readonly activations: Activations;
  readonly #guard: Guard;
  readonly #contexts: ContextMaker;
  readonly #taps = new Map<string, SettledTap[]>();
  readonly #facts = new Map<string, HookFacts>();
  readonly #hooks = new Map<string, unknown>();
  readonly #failures = new WeakMap<Scope, unknown>();
  readonly #onEvent: OnEvent | undefined;
  readonly #slots = new Map<string, { plugin: Plugin; handler: SlotHandler<{}> }[]>();

  constructor(parts: {
    number: number;
    plugins: readonly LoadedPlugin[];
    activations: Activations;
    guard: Guard;
    contexts: ContextMaker;
    /** Addresses that no plugin's screen may have. */
    taken?: readonly TakenAddress[];
    onEvent?: OnEvent | undefined;
  }) {
    this.number = parts.number;
    this.#onEvent = parts.onEvent;
    this.plugins = new Map(parts.plugins.map((loaded) => [loaded.plugin.id, loaded]));
    this.activations = parts.activations;
    this.#guard = parts.guard;
    this.#contexts = parts.contexts;
    for (const [name, facts] of Object.entries(coreHooks)) this.#facts.set(name, facts);
    for (const { plugin } of parts.plugins)
      for (const [name, facts] of Object.entries(plugin.offers ?? {})) this.#facts.set(name, facts);
    for (const { plugin } of parts.plugins) this.#register(plugin);
    for (const name of this.#taps.keys())
      this.#hooks.set(
        name,
        tappedHook(this.#facts.get(name)!, this.#taps.get(name)!, (...asked) => this.#ask(...asked)),
      );
    const plugins = parts.plugins.map((loaded) => loaded.plugin);
    this.routes = new RouteTable(plugins);
    this.screens = new ScreenTable(plugins, parts.taken);
  }

  /** Whether a plugin is on for a blog; without a blog, whether it is on at all. */
  isActive(pluginId: string, blog: Blog | null): boolean {
    const plugin = this.plugins.get(pluginId)?.plugin;
    if (!plugin) return false;
    if (!blog || plugin.scope === "network") return true;
    return this.activations.exceptions.get(`${pluginId} ${blog.id}`) ?? this.activations.everywhere.has(pluginId);
  }

  has(name: HookName): boolean {
    // Whoever watches hears of every fact, also of those that no plugin taps.
    return this.#hooks.has(name) || (this.#onEvent !== undefined && this.#facts.get(name)?.kind === "event");
  }

  async filter<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>, about?: AboutOf<N>): Promise<ValueOf<N>> {
    const hook = this.#hooks.get(name) as AsyncSeriesWaterfallHook<[ValueOf<N>, Asking]> | undefined;
    return hook ? hook.promise(value, { name, scope, about: about ?? {} }) : value;
  }

  async guard<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>): Promise<Refusal | null> {
    const hook = this.#hooks.get(name) as AsyncSeriesBailHook<[ValueOf<N>, Asking], Refusal> | undefined;
    return hook ? ((await hook.promise(value, { name, scope, about: {} })) ?? null) : null;
  }

  async first<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>): Promise<AnswerOf<N> | undefined> {
    const hook = this.#hooks.get(name) as AsyncSeriesBailHook<[ValueOf<N>, Asking], AnswerOf<N>> | undefined;
    return hook?.promise(value, { name, scope, about: {} });
  }

  async collect<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>): Promise<AnswerOf<N>[]> {
    const hook = this.#hooks.get(name) as AsyncSeriesHook<[ValueOf<N>, Asking, AnswerOf<N>[]]> | undefined;
    if (!hook) return [];
    const out: AnswerOf<N>[] = [];
    await hook.promise(value, { name, scope, about: {} }, out);
    return [...new Map(out.map((answer) => [JSON.stringify(answer), answer])).values()];
  }

  async event<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>): Promise<void> {
    this.#onEvent?.(name, value, scope.blog);
    const hook = this.#hooks.get(name) as AsyncParallelHook<[ValueOf<N>, Asking]> | undefined;
    await hook?.promise(value, { name, scope, about: {} });
  }

  durable(scope: Scope, name: HookName): readonly string[] {
    const taps = this.#taps.get(name) ?? [];
    return taps.filter((tap) => tap.isDurable && this.isActive(tap.plugin.id, scope.blog)).map((tap) => tap.plugin.id);
  }

  afterUndo(scope: Scope, name: HookName): readonly string[] {
    const taps = (this.#taps.get(name) ?? []).filter((tap) => tap.isAfterUndo);
    return taps.filter((tap) => this.isActive(tap.plugin.id, scope.blog)).map((tap) => tap.plugin.id);
  }

  /** Runs one plugin's durable tap, for the job that carries the event; a failure is thrown, so that the job is repeated. */
  async deliver(scope: Scope, pluginId: string, name: HookName, value: unknown): Promise<void> {
    const tap = this.#taps.get(name)?.find((one) => one.plugin.id === pluginId && one.isDurable);
    if (!tap || !this.isActive(pluginId, scope.blog)) return;
    const result = await this.#ask(tap, value, { name, scope, about: {} }, 60_000);
    if (!result.ok) throw result.error;
  }

  /** Services of one kind from the plugins that are active on the scope's blog. */
  services<N extends ServiceName>(scope: Scope, name: N): { readonly pluginId: string; readonly service: Services[N] }[] {
    return [...this.plugins.values()].flatMap(({ plugin }) => {
      const make = plugin.services?.[name];
      if (!make || !this.isActive(plugin.id, scope.blog)) return [];
      // A function gives the context, so that a service never keeps the blog or the settings of another call.
      const context = () =>
        this.#contexts.make(plugin, scope, this.#contexts.settingsNow(plugin, scope.blog), new AbortController().signal);
      return [{ pluginId: plugin.id, service: make(context) as Services[N] }];
    });
  }

  /** Runs a hook for the plugin that offers it; what it gives back follows the hook's kind. */
  async callOffered(scope: Scope, plugin: Plugin, call: { name: string; value: unknown; about?: object }): Promise<unknown> {
    const facts = plugin.offers?.[call.name] ?? openHook(call.name);
    if (!facts) throw new Error(`Plugin “${plugin.id}” does not offer the hook “${call.name}”`);
    const name = call.name as HookName;
    const value = call.value as never;
    if (facts.kind === "filter") return this.filter(scope, name, value, (call.about ?? {}) as never);
    if (facts.kind === "guard") return this.guard(scope, name, value);
    if (facts.kind === "first") return this.first(scope, name, value);
    if (facts.kind === "collect") return this.collect(scope, name, value);
    const durable = this.durable(scope, name);
    if (durable.length > 0) {
      const entry = (pluginId: string) => ({
        pluginId,
        name: `event:${name}`,
        blogId: scope.blog?.id ?? null,
        data: value as Json,
        runAt: scope.clock.now(),
      });
      await scope.storage.write((db) => enqueueMany(db, durable.map(entry)));
    }
    return this.event(scope, name, value);
  }

  /** Runs any part of a plugin (a route, a job, a slot) with its context, guarded. */
  async run<T>(
    scope: Scope,
    plugin: Plugin,
    part: { name: string; limit: number; waited?: () => number; work: (context: Context) => T | Promise<T> },
  ): Promise<GuardedResult<T>> {
    const settings = await this.#contexts.settings(plugin, scope.blog);
    await this.#readForServices(plugin, scope.blog);
    const work = (signal: AbortSignal) => part.work(this.#contexts.make(plugin, scope, settings, signal));
    const { name, limit, waited } = part;
    const call = { pluginId: plugin.id, part: name, limit, log: scope.log, work, ...(waited && { waited }) };
    return this.#noted(scope, await this.#guard.call<T>(call));
  }

  // Services of plugins that build on this one are asked without waiting for their settings: those are read before.
  async #readForServices({ id }: Plugin, blog: Blog | null): Promise<void> {
    const builtOn = [...this.plugins.values()].filter(
      ({ plugin }) => plugin.services && Object.hasOwn(plugin.requires?.plugins ?? {}, id),
    );
    // One whose secrets cannot be opened must not keep the others from their work.
    await Promise.allSettled(builtOn.map(({ plugin }) => this.#contexts.settings(plugin, blog)));
  }

  /** Plugins that fill a slot on this blog, in order. */
  fillers(slot: string, blog: Blog | null): readonly { plugin: Plugin; handler: SlotHandler<{}> }[] {
    return (this.#slots.get(slot) ?? []).filter(({ plugin }) => this.isActive(plugin.id, blog));
  }

  /** Names of the slots that any plugin fills anywhere. */
  get filledSlots(): ReadonlySet<string> {
    return new Set(this.#slots.keys());
  }

  #register(plugin: Plugin): void {
    for (const [slot, handler] of Object.entries(plugin.slots ?? {}))
      this.#slots.set(slot, [...(this.#slots.get(slot) ?? []), { plugin, handler }]);
    for (const [name, given] of Object.entries(plugin.hooks ?? {})) {
      const facts = this.#facts.get(name);
      if (!facts) throw new Error(`Plugin “${plugin.id}”: there is no hook “${name}”.`);
      const tap = (typeof given === "function" ? { run: given } : given) as Tap<HookName, {}>;
      const limit = tap.timeout
        ? Temporal.Duration.from(tap.timeout).total("milliseconds")
        : (facts.limit ?? kindLimits[facts.kind]);
      const entry: SettledTap = {
        plugin,
        run: tap.run as SettledTap["run"],
        limit,
        stage: tap.stage ?? 0,
        isDurable: tap.durable ?? false,
        isAfterUndo: tap.afterUndo ?? false,
        ...(tap.before && { before: tap.before }),
      };
      this.#taps.set(name, [...(this.#taps.get(name) ?? []), entry]);
    }
  }

  /**
   * What kept a plugin's part out of what was made in this scope, so that it is not kept for others; a database that is away
   * counts before anything else. Undefined when nothing is missing.
   */
  failureIn(scope: Scope): unknown {
    return this.#failures.get(scope);
  }

  #noted<T>(scope: Scope, result: GuardedResult<T>): GuardedResult<T> {
    if (!result.ok && !isStorageAway(this.#failures.get(scope))) this.#failures.set(scope, result.error);
    return result;
  }

  async #ask(tap: SettledTap, value: unknown, asking: Asking, limit = tap.limit): Promise<GuardedResult<unknown>> {
    const { scope, about, name } = asking;
    if (!this.isActive(tap.plugin.id, scope.blog)) return { ok: true, value: undefined };
    const settings = await this.#contexts.settings(tap.plugin, scope.blog);
    const work = (signal: AbortSignal): unknown =>
      tap.run(value as never, Object.assign(this.#contexts.make(tap.plugin, scope, settings, signal), about) as never);
    return this.#noted(scope, await this.#guard.call({ pluginId: tap.plugin.id, part: name, limit, log: scope.log, work }));
  }
}

// Hooks of the core that plugins run themselves, because the place where the value is made is theirs.
function openHook(name: string): HookFacts | undefined {
  const facts: HookFacts | undefined = Object.hasOwn(coreHooks, name) ? coreHooks[name as keyof typeof coreHooks] : undefined;
  return facts?.isOpen ? facts : undefined;
}
