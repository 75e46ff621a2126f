import { stamp, type Clock } from "../clock.ts";
import { sentenceOf } from "../errors.ts";
import { ulid } from "../ids.ts";
import { marks } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { type LeasedJob, type LeasedRow, leasedColumns, leasedJob } from "./job.ts";
import { LeaseClock } from "./lease-clock.ts";
import { nextAttempt } from "./next-attempt.ts";
import { parkedDays } from "./plugin-jobs.ts";
import { onWake, wakeWorkers } from "./wake.ts";

/** What became of a job after a failed try; `gone` when the lease had passed to someone else or the job was dropped. */
export type Outcome = "waiting" | "dead" | "parked" | "replaced" | "gone";

/** What the queue stands on; `random` (0 up to 1) spreads the next tries. */
export type QueueOptions = {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random?: () => number;
  /** How long a claimed job stays with a process that gives no sign of life; 30,000 unless told. */
  readonly leaseMs?: number;
};

/**
 * The jobs table as a queue for any number of processes: a claim is a guarded UPDATE under a lease, and everything after it
 * asks for that lease, so a process that lost its job changes nothing any more.
 */
export class Queue {
  readonly storage: Storage;
  readonly leaseMs: number;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #leases: LeaseClock;

  constructor({ storage, clock, random = Math.random, leaseMs = 30_000 }: QueueOptions) {
    this.storage = storage;
    this.leaseMs = leaseMs;
    this.#clock = clock;
    this.#random = random;
    this.#leases = new LeaseClock(storage, clock);
  }

  /** Takes up to `limit` due jobs, the longest due first; each counts a try at once, so that a crash counts too. */
  async claim(limit: number): Promise<LeasedJob[]> {
    if (limit < 1) return [];
    // Looking is a read and costs no write lock; another process may be faster, then look again.
    for (let look = 0; look < 3; look++) {
      const due = await this.due(limit);
      if (due.length === 0) return [];
      const claimed = await this.#take(due.map((one) => one.id));
      if (claimed.length > 0) return claimed;
    }
    return [];
  }

  /** Takes this job if it is waiting and due, for drivers that learn of it elsewhere; else null. */
  async claimById(id: string): Promise<LeasedJob | null> {
    return (await this.#take([id]))[0] ?? null;
  }

  /** Due jobs and the tries they had, the longest due first; claims nothing. */
  async due(limit: number): Promise<{ id: string; attempts: number }[]> {
    return this.storage.query<{ id: string; attempts: number }>(
      "SELECT id, attempts FROM jobs WHERE state = 'waiting' AND run_at <= ? ORDER BY run_at, id LIMIT ?",
      [stamp(this.#clock.now()), limit],
    );
  }

  /** Extends the leases of jobs that are still being worked on; gives those that are no longer ours. */
  async renew(jobs: readonly LeasedJob[]): Promise<LeasedJob[]> {
    if (jobs.length === 0) return [];
    const until = await this.#leaseEnd();
    return this.storage.write(async (db) => {
      const lost: LeasedJob[] = [];
      for (const job of jobs) if ((await change(db, "UPDATE jobs SET held_until = ?", [until], job)) === 0) lost.push(job);
      return lost;
    });
  }

  /** The work is done: the job goes. False when it was no longer ours. */
  async complete(job: LeasedJob): Promise<boolean> {
    return (await this.storage.run("DELETE FROM jobs WHERE id = ? AND lease = ?", [job.id, job.lease])) > 0;
  }

  /**
   * The try failed: waits for the next one, or is dead after the last and when the error carries `permanent: true`.
   * An error with `park: true` (its plugin is off) parks it and counts no try.
   */
  async fail(job: LeasedJob, error: unknown): Promise<Outcome> {
    const flags = (typeof error === "object" && error !== null ? error : {}) as { permanent?: unknown; park?: unknown };
    const now = this.#clock.now();
    const sentence = sentenceOf(error).slice(0, 2000);
    return this.storage.write((db) => {
      if (flags.park === true)
        return this.#putBack(db, job, { state: "parked", attempts: job.attempt - 1, sentence, runAt: now });
      if (flags.permanent === true || job.attempt >= job.maxAttempts) return bury(db, job, { sentence, now });
      const runAt = nextAttempt(job.attempt, now, this.#random);
      return this.#putBack(db, job, { state: "waiting", attempts: job.attempt, sentence, runAt });
    });
  }

  /** Gives jobs back untried, when the process stops before they are done. */
  async release(jobs: readonly LeasedJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const runAt = this.#clock.now();
    await this.storage.write(async (db) => {
      for (const job of jobs) await this.#putBack(db, job, { state: "waiting", attempts: job.attempt - 1, sentence: "", runAt });
    });
    this.wake();
  }

  /**
   * Takes back jobs whose process gave no sign of life; they wait again at once, and those out of tries are dead and given
   * here. Jobs parked for too long go.
   */
  async recover(): Promise<LeasedJob[]> {
    const leaseNow = stamp(await this.#leases.now());
    const now = this.#clock.now();
    const lost = await this.storage.query<LeasedRow>(
      `SELECT ${leasedColumns} FROM jobs WHERE state = 'running' AND held_until < ? ORDER BY run_at, id LIMIT 200`,
      [leaseNow],
    );
    const dead: LeasedJob[] = [];
    for (const job of lost.map(leasedJob)) if ((await this.#takeBack(job, leaseNow)) === "dead") dead.push(job);
    const old = await this.storage.query("SELECT id FROM jobs WHERE state = 'parked' AND held_until < ? LIMIT 1", [stamp(now)]);
    if (old.length > 0)
      await this.storage.write((db) => db.run("DELETE FROM jobs WHERE state = 'parked' AND held_until < ?", [stamp(now)]));
    return dead;
  }

  /** Makes workers of this process look for work now. */
  wake(): void {
    wakeWorkers(this.storage.source);
  }

  /** Calls `listen` whenever there may be work, until the answer is called. */
  onWake(listen: () => void): () => void {
    return onWake(this.storage.source, listen);
  }

  async #take(ids: readonly string[]): Promise<LeasedJob[]> {
    const [lease, until] = [ulid(), await this.#leaseEnd()];
    return this.storage.write(async (db) => {
      // MySQL assigns from left to right, so the key is kept before it is cleared.
      const changed = await db.run(
        `UPDATE jobs SET state = 'running', lease = ?, held_until = ?, attempts = attempts + 1, own_key = key_hash, key_hash = NULL
         WHERE id IN (${marks(ids.length)}) AND state = 'waiting' AND run_at <= ?`,
        [lease, until, ...ids, stamp(this.#clock.now())],
      );
      if (changed === 0) return [];
      const rows = await db.query<LeasedRow>(`SELECT ${leasedColumns} FROM jobs WHERE lease = ? ORDER BY run_at, id`, [lease]);
      return rows.map(leasedJob);
    });
  }

  async #takeBack(job: LeasedJob, leaseNow: string): Promise<Outcome> {
    const now = this.#clock.now();
    const sentence = `Stopped in the middle of try ${job.attempt}: its process ended or hung.`;
    return this.storage.write(async (db) => {
      // Its process may have renewed since we looked.
      const late = await db.query("SELECT id FROM jobs WHERE id = ? AND lease = ? AND held_until < ?", [
        job.id,
        job.lease,
        leaseNow,
      ]);
      if (late.length === 0) return "gone";
      if (job.attempt >= job.maxAttempts) return bury(db, job, { sentence, now });
      return this.#putBack(db, job, { state: "waiting", attempts: job.attempt, sentence, runAt: now });
    });
  }

  async #putBack(db: Transaction, job: LeasedJob, to: Return): Promise<Outcome> {
    if (job.ownKey !== null && (await hasWaiting(db, job.ownKey))) {
      return (await change(db, "DELETE FROM jobs", [], job)) > 0 ? "replaced" : "gone";
    }
    const until = to.state === "parked" ? stamp(new Date(to.runAt.getTime() + parkedDays * 86_400_000)) : null;
    const changed = await change(
      db,
      `UPDATE jobs SET state = ?, attempts = ?, run_at = ?, last_error = CASE WHEN ? = '' THEN last_error ELSE ? END,
       key_hash = own_key, own_key = NULL, held_until = ?, lease = NULL`,
      [to.state, to.attempts, stamp(to.runAt), to.sentence, to.sentence, until],
      job,
    );
    return changed > 0 ? to.state : "gone";
  }

  async #leaseEnd(): Promise<string> {
    return stamp(new Date((await this.#leases.now()).getTime() + this.leaseMs));
  }
}

type Return = {
  readonly state: "waiting" | "parked";
  readonly attempts: number;
  readonly sentence: string;
  readonly runAt: Date;
};

async function bury(db: Transaction, job: LeasedJob, end: { sentence: string; now: Date }): Promise<Outcome> {
  const set = "UPDATE jobs SET state = 'dead', run_at = ?, last_error = ?, own_key = NULL, held_until = NULL, lease = NULL";
  return (await change(db, set, [stamp(end.now), end.sentence], job)) > 0 ? "dead" : "gone";
}

// A newer job with the same key came while this one ran: it takes its place, as it would have had this one been waiting.
async function hasWaiting(db: Transaction, keyHash: string): Promise<boolean> {
  return (await db.query("SELECT id FROM jobs WHERE key_hash = ?", [keyHash])).length > 0;
}

async function change(db: Transaction, head: string, values: readonly (string | number | null)[], job: LeasedJob) {
  return db.run(`${head} WHERE id = ? AND lease = ?`, [...values, job.id, job.lease]);
}
