import { AsyncLocalStorage } from "node:async_hooks";
import { sentenceOf } from "../errors.ts";
import type { Log } from "../hooks/scope.ts";
import { isStorageAway } from "../storage/storage-trouble.ts";
import type { Breakers } from "./breaker.ts";
import { FairTime } from "./fair-time.ts";

/** What one part of a plugin (a hook, a route, a job) did so far. */
export type PartRecord = { calls: number; milliseconds: number; slowest: number; failures: number };

/** What a plugin did so far, for the dashboard: calls, milliseconds spent, failures and the last error's sentence. */
export type PluginRecord = {
  calls: number;
  milliseconds: number;
  failures: number;
  lastError: string;
  lastErrorAt: string;
  lastPart: string;
  readonly parts: Map<string, PartRecord>;
};

// Routes with made-up methods or jobs of old versions must not make this grow for ever.
const mostParts = 200;

/** One call into a plugin. */
export type GuardedCall<T> = {
  readonly pluginId: string;
  /** What is called: a hook's name, `route GET /feed.xml`, `job send`. */
  readonly part: string;
  /** Milliseconds it may take; those in which this process itself did not get on do not count. */
  readonly limit: number;
  readonly log: Log;
  /** Milliseconds of it that went by waiting for a visitor to send: that is not the plugin's time. */
  readonly waited?: () => number;
  readonly work: (signal: AbortSignal) => T | Promise<T>;
};

/** How a call ended: with its value, or without one because it threw, took too long or its breaker is open. */
export type GuardedResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

const frames = new AsyncLocalStorage<{ pluginId: string; part: string }>();

/** The plugin whose code is running now, for attributing stray rejections and slow work. */
export function runningPlugin(): { pluginId: string; part: string } | undefined {
  return frames.getStore();
}

/** Every call into a plugin goes through here: limited in time, attributed, recorded; a failure costs only its own contribution. */
export class Guard {
  readonly records = new Map<string, PluginRecord>();
  readonly #breakers: Breakers;

  constructor(breakers: Breakers) {
    this.#breakers = breakers;
  }

  async call<T>(call: GuardedCall<T>): Promise<GuardedResult<T>> {
    if (!this.#breakers.isClosed(call.pluginId, call.part))
      return { ok: false, error: new Error("paused after repeated failures") };
    const abort = new AbortController();
    const startedAt = performance.now();
    try {
      const started = frames.run(call, () => call.work(abort.signal));
      const value = started instanceof Promise ? await this.#inTime(started, call, abort) : started;
      this.#record(call, performance.now() - startedAt);
      return { ok: true, value };
    } catch (thrown) {
      const error = thrown ?? new Error("It threw something that left no message.");
      // A database that is away is no failure of the plugin's: counted, it would switch off whoever asked most in an outage.
      this.#record(call, performance.now() - startedAt, isStorageAway(error) ? undefined : error);
      return { ok: false, error };
    }
  }

  /** Notes a failure that surfaced outside of a call, such as a rejection nobody waited for. */
  blame(pluginId: string, part: string, error: unknown, log: Log): void {
    this.#record({ pluginId, part, log }, 0, error);
  }

  async #inTime<T>(started: Promise<T>, call: GuardedCall<T>, abort: AbortController): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const time = new FairTime();
      const look = () => {
        const rest = time.rest(call.limit + (call.waited?.() ?? 0));
        if (rest >= 1) {
          timer = setTimeout(look, time.step(rest, call.limit));
          return;
        }
        const error = new Error(`took longer than ${call.limit} ms`);
        abort.abort(error);
        reject(error);
      };
      timer = setTimeout(look, time.step(call.limit, call.limit));
    });
    try {
      return await Promise.race([started, late]);
    } finally {
      clearTimeout(timer);
      // A plugin that answers after its time is over must not become an unhandled rejection.
      started.catch(() => undefined);
    }
  }

  #record(call: Pick<GuardedCall<unknown>, "pluginId" | "part" | "log">, milliseconds: number, error?: unknown): void {
    const record = this.#recordOf(call.pluginId);
    record.calls++;
    record.milliseconds += milliseconds;
    const one = partOf(record, call.part);
    one.calls++;
    one.milliseconds += milliseconds;
    one.slowest = Math.max(one.slowest, milliseconds);
    this.#breakers.record(call.pluginId, call.part, error !== undefined);
    if (error === undefined) return;
    record.failures++;
    one.failures++;
    record.lastError = sentenceOf(error).slice(0, 500);
    record.lastErrorAt = new Date().toISOString();
    record.lastPart = call.part;
    call.log.error(`${call.pluginId}: ${call.part}: ${record.lastError}`, { plugin: call.pluginId, part: call.part });
  }

  #recordOf(pluginId: string): PluginRecord {
    let record = this.records.get(pluginId);
    if (!record) {
      record = { calls: 0, milliseconds: 0, failures: 0, lastError: "", lastErrorAt: "", lastPart: "", parts: new Map() };
      this.records.set(pluginId, record);
    }
    return record;
  }
}

function partOf({ parts }: PluginRecord, name: string): PartRecord {
  const known = parts.get(name);
  if (known) return known;
  const fresh = { calls: 0, milliseconds: 0, slowest: 0, failures: 0 };
  if (parts.size < mostParts) parts.set(name, fresh);
  return fresh;
}
