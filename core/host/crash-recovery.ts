import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { stamp } from "../clock.ts";
import type { Log } from "../hooks/scope.ts";
import type { Storage } from "../storage/storage.ts";
import { pluginRows, recordGeneration, storePlugin } from "./plugin-rows.ts";

const [window, soundAfter] = [60_000, 60_000];

/**
 * Remembers starts that did not end in order. Two of them within a minute of their start mean that something that was loaded
 * brings the process down: the next start begins with the plugins that are known to have run well.
 */
export class StartLog {
  readonly #file: string;
  readonly #clock: Clock;

  constructor(dataFolder: string, clock: Clock) {
    this.#file = join(dataFolder, "unclean-starts.json");
    this.#clock = clock;
  }

  /** Notes this start; true when the last two before it ended in a crash, each soon. */
  begin(): boolean {
    const now = this.#clock.now().getTime();
    const before = this.#read().filter((at) => now - at < 2 * window);
    writeFileSync(this.#file, JSON.stringify([...before, now].slice(-5)));
    return before.length >= 2;
  }

  /** The process ran long enough, or ended in order. */
  clear(): void {
    rmSync(this.#file, { force: true });
  }

  #read(): number[] {
    if (!existsSync(this.#file)) return [];
    try {
      const read: unknown = JSON.parse(readFileSync(this.#file, "utf8"));
      return Array.isArray(read) ? read.filter((at): at is number => typeof at === "number") : [];
    } catch (error) {
      if (error instanceof SyntaxError) return []; // cut off by the crash it was to tell of
      throw error;
    }
  }
}

/** How long a process must run until its plugins count as sound, in milliseconds. */
export const soundAfterMs = soundAfter;

/** Notes that these plugins ran well together. */
export async function markSound(storage: Storage, plugins: readonly string[], now: Date): Promise<void> {
  await storage.write(async (db) => {
    const number = await recordGeneration(db, plugins, now);
    await db.run("UPDATE plugin_generations SET result = 'good' WHERE number = ?", [number]);
  });
}

/**
 * After crashes: pauses every plugin that was not part of the last set known to be sound; while none is known, `presumed`
 * (the bundled ones) count as sound. Gives the ids.
 */
export async function pauseSuspects(storage: Storage, log: Log, now: Date, presumed: readonly string[] = []): Promise<string[]> {
  const [good] = await storage.query<{ plugins: string }>(
    "SELECT plugins FROM plugin_generations WHERE result = 'good' ORDER BY number DESC LIMIT 1",
  );
  const sound = new Set(good ? (JSON.parse(good.plugins) as string[]) : presumed);
  const suspects = [...(await pluginRows(storage)).values()].filter((row) => row.state === "enabled" && !sound.has(row.id));
  if (suspects.length === 0) return [];
  const reason = `Rookery ended twice right after it was started with this plugin (last at ${stamp(now)}), so it was left out. Switch it on to try again.`;
  await storage.write(async (db) => {
    for (const row of suspects) await storePlugin(db, { ...row, state: "paused", reason }, now);
  });
  const ids = suspects.map((row) => row.id);
  log.error(`Rookery crashed twice soon after its start; paused: ${ids.join(", ")}`);
  return ids;
}
