import { stamp } from "../clock.ts";
import { insert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { enqueue } from "./enqueue.ts";

/** A job that comes round by itself. `every` has no months or years in it: they have no fixed length. */
export type Schedule = { readonly id: string; readonly every: Temporal.DurationLike };

/** Whose schedule an id names. */
export type ScheduleOwner = { readonly pluginId: string; readonly name: string; readonly blogId: string | null };

const hour = 3_600_000;

/** The id of the schedule of a plugin's job on one blog, or for the whole installation. */
export function scheduleId({ pluginId, name, blogId }: ScheduleOwner): string {
  return `${pluginId}/${name}/${blogId ?? "network"}`;
}

/** Whose schedule it is. */
export function ownerOf(id: string): ScheduleOwner {
  const [pluginId = "", name = "", place = ""] = id.split("/");
  return { pluginId, name, blogId: place === "network" ? null : place };
}

/** Sets schedules up that are new, each first due after its own period, and brings nearer those that became more frequent. */
export async function ensureSchedules(db: Transaction, schedules: readonly Schedule[], now: Date): Promise<void> {
  for (const { id, every } of schedules) {
    const next = stamp(new Date(now.getTime() + periodOf(every)));
    await insert(db, "schedules", [{ id, next_at: next, last_at: null }], { ignore: true });
    await db.run("UPDATE schedules SET next_at = ? WHERE id = ? AND next_at > ?", [next, id, next]);
  }
}

/**
 * Enqueues a job for each schedule that is due, in one process only and once however often it was missed. `everyOf` says how
 * often it comes round, or null while it rests (its plugin is off): then it is asked about again in an hour.
 * Gives the ids whose jobs were enqueued.
 */
export async function takeDue(
  storage: Storage,
  now: Date,
  everyOf: (id: string) => Temporal.DurationLike | null,
): Promise<string[]> {
  const due = await storage.query<{ id: string; next_at: string }>(
    "SELECT id, next_at FROM schedules WHERE next_at <= ? ORDER BY next_at LIMIT 200",
    [stamp(now)],
  );
  const taken: string[] = [];
  for (const { id, next_at } of due) {
    const every = everyOf(id);
    const next = new Date(every ? nextTime(Date.parse(next_at), now.getTime(), periodOf(every)) : now.getTime() + hour);
    if (await take(storage, { id, next_at, next, now, isResting: every === null })) taken.push(id);
  }
  return taken;
}

type Turn = { id: string; next_at: string; next: Date; now: Date; isResting: boolean };

// The job is written in the transaction that moves the schedule on: no turn is lost or doubled by a crash between the two.
async function take(storage: Storage, { id, next_at, next, now, isResting }: Turn): Promise<boolean> {
  return storage.write(async (db) => {
    const mine = await db.run(
      "UPDATE schedules SET next_at = ?, last_at = CASE WHEN ? = 1 THEN last_at ELSE ? END WHERE id = ? AND next_at = ?",
      [stamp(next), isResting ? 1 : 0, stamp(now), id, next_at],
    );
    if (mine === 0 || isResting) return false;
    await enqueue(db, { ...ownerOf(id), data: null, key: "every", runAt: now });
    return true;
  });
}

// Keeps its rhythm (hourly at :10 stays so) and skips what was missed.
function nextTime(planned: number, now: number, period: number): number {
  return planned + (Math.floor((now - planned) / period) + 1) * period;
}

function periodOf(every: Temporal.DurationLike): number {
  // Below a second a schedule would be due again before it is looked at.
  return Math.max(1000, Temporal.Duration.from(every).total({ unit: "milliseconds", relativeTo: "1970-01-01T00:00[UTC]" }));
}
