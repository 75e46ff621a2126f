import { sentenceOf } from "../errors.ts";
import type { Work } from "./in-flight.ts";

/** What a worker does beside its jobs, each at its own pace. */
export type UpkeepOptions = Work & {
  /** Enqueues what schedules ask for (`takeDue`); called about once a second. */
  readonly schedules?: () => Promise<unknown>;
};

/** Looks after lost leases and schedules, as often as it is due; call it often. */
export class Upkeep {
  readonly #options: UpkeepOptions;
  #recoveredAt = -Infinity;
  #scheduledAt = -Infinity;

  constructor(options: UpkeepOptions) {
    this.#options = options;
  }

  /** Does what is due now. Throws when the database does not answer. */
  async turn(): Promise<void> {
    const { queue, log, schedules } = this.#options;
    const now = performance.now();
    if (schedules && now - this.#scheduledAt >= 1000) {
      this.#scheduledAt = now;
      // A broken schedule must not keep jobs from running.
      await schedules().catch((error: unknown) => log.error("Looking at schedules failed", { error: sentenceOf(error) }));
    }
    if (now - this.#recoveredAt >= queue.leaseMs / 3) {
      this.#recoveredAt = now;
      await recoverJobs(this.#options);
    }
  }
}

/** Takes lost jobs back and tells of those that are dead. */
export async function recoverJobs({ queue, log, onDead }: Work): Promise<void> {
  for (const job of await queue.recover()) {
    const sentence = "Its process ended or hung in the middle of each try.";
    log.error("A job is dead", { job: job.id, plugin: job.pluginId, name: job.name, error: sentence });
    await onDead?.(job, sentence);
  }
}
