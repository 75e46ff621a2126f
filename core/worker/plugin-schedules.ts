import type { Clock } from "../clock.ts";
import type { Blog } from "../hooks/values.ts";
import type { Generation } from "../host/generation.ts";
import { ensureSchedules, ownerOf, scheduleId, takeDue, type Schedule } from "../jobs/schedules.ts";
import { coreSchedules } from "./core-jobs.ts";
import type { Storage } from "../storage/storage.ts";

/** What the schedules of plugins need from the house. */
export type ScheduleParts = {
  readonly storage: Storage;
  readonly clock: Clock;
  current(): Generation;
  blogs(): Promise<readonly Blog[]>;
};

/** Enqueues the jobs of plugins (and the core's own) that are due by their `every`; called about once a second by a worker, in any number of processes. */
export class PluginSchedules {
  readonly #parts: ScheduleParts;
  #ensuredFor = -1;

  constructor(parts: ScheduleParts) {
    this.#parts = parts;
  }

  async turn(): Promise<void> {
    const { storage, clock } = this.#parts;
    const generation = this.#parts.current();
    if (this.#ensuredFor !== generation.number) {
      const schedules = await this.#schedules(generation);
      if (schedules.length > 0) await storage.write((db) => ensureSchedules(db, schedules, clock.now()));
      this.#ensuredFor = generation.number;
    }
    await takeDue(storage, clock.now(), (id) => everyOf(generation, id));
  }

  async #schedules(generation: Generation): Promise<Schedule[]> {
    const schedules: Schedule[] = Object.entries(coreSchedules).map(([name, every]) => ({
      id: scheduleId({ pluginId: "core", name, blogId: null }),
      every,
    }));
    for (const { plugin } of generation.plugins.values()) {
      const timed = Object.entries(plugin.jobs ?? {}).filter(([, job]) => job.every !== undefined);
      if (timed.length === 0) continue;
      const places: (Blog | null)[] = plugin.scope === "network" ? [null] : [...(await this.#parts.blogs())];
      for (const blog of places.filter((place) => generation.isActive(plugin.id, place)))
        for (const [name, job] of timed)
          schedules.push({ id: scheduleId({ pluginId: plugin.id, name, blogId: blog?.id ?? null }), every: job.every! });
    }
    return schedules;
  }
}

function everyOf(generation: Generation, id: string): Temporal.DurationLike | null {
  const { pluginId, name } = ownerOf(id);
  if (pluginId === "core") return coreSchedules[name] ?? null;
  return generation.plugins.get(pluginId)?.plugin.jobs?.[name]?.every ?? null;
}
