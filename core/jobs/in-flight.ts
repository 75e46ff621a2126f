import { sentenceOf } from "../errors.ts";
import type { LeveledLog } from "../settings/log.ts";
import type { LeasedJob } from "./job.ts";
import type { Queue } from "./queue.ts";

/** Does the work of a job; `signal` is aborted when the job was lost to another process or must stop. Throws when the try failed. */
export type Run = (job: LeasedJob, signal: AbortSignal) => Promise<void>;

/** What working needs: `onDead` hears of each job that ended its last try. */
export type Work = {
  readonly queue: Queue;
  readonly run: Run;
  readonly log: Pick<LeveledLog, "info" | "warn" | "error">;
  readonly onDead?: (job: LeasedJob, sentence: string) => Promise<void> | void;
};

type Flight = { readonly job: LeasedJob; readonly abort: AbortController; readonly ended: PromiseWithResolvers<void> };

/** The jobs this process works on now: runs them, renews their leases, and gives them back when it has to stop. */
export class InFlight {
  readonly #work: Work;
  readonly #flights = new Map<string, Flight>();
  readonly #renewal: NodeJS.Timeout;

  constructor(work: Work) {
    this.#work = work;
    this.#renewal = setInterval(() => void this.#renew(), work.queue.leaseMs / 3);
  }

  /** How many jobs are being worked on. */
  get size(): number {
    return this.#flights.size;
  }

  /** Runs a claimed job and writes down how it ended; resolves when it ended or was given back, and never rejects. */
  start(job: LeasedJob): Promise<void> {
    const flight: Flight = { job, abort: new AbortController(), ended: Promise.withResolvers() };
    this.#flights.set(job.lease + job.id, flight);
    void this.#fly(flight);
    return flight.ended.promise;
  }

  /** Waits for running jobs, `graceMs` milliseconds at most, then tells the rest to stop and gives them back untried. */
  async stop(graceMs: number): Promise<void> {
    const all = Promise.all([...this.#flights.values()].map((flight) => flight.ended.promise));
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, graceMs);
    await Promise.race([all, late]);
    clearTimeout(timer);
    clearInterval(this.#renewal);
    const rest = [...this.#flights.values()];
    await this.#safely("Giving jobs back failed; they return when their leases end", () =>
      this.#work.queue.release(rest.map((flight) => flight.job)),
    );
    for (const flight of rest) {
      flight.abort.abort(new Error("The worker is stopping"));
      this.#end(flight);
    }
  }

  async #fly(flight: Flight): Promise<void> {
    const { job, abort } = flight;
    try {
      await this.#work.run(job, abort.signal);
      // When writing that down fails, the lease ends and the job runs again: at least once.
      await this.#safely("A job is done but could not be taken off", () => this.#work.queue.complete(job), job);
    } catch (error) {
      await this.#safely("A job failed and that could not be written down", () => this.#fail(flight, error), job);
    }
    this.#end(flight);
  }

  async #fail({ job, abort }: Flight, error: unknown): Promise<void> {
    if (abort.signal.aborted) return;
    const outcome = await this.#work.queue.fail(job, error);
    const sentence = sentenceOf(error);
    const facts = { ...factsOf(job), outcome, error: sentence };
    if (outcome === "dead") {
      this.#work.log.error("A job is dead", facts);
      await this.#work.onDead?.(job, sentence);
    } else {
      this.#work.log.warn("A job failed", facts);
    }
  }

  async #renew(): Promise<void> {
    await this.#safely("Renewing leases failed", async () => {
      const jobs = [...this.#flights.values()].map((flight) => flight.job);
      for (const job of await this.#work.queue.renew(jobs)) {
        // A job that ended meanwhile is no longer here, and not lost.
        const flight = this.#flights.get(job.lease + job.id);
        flight?.abort.abort(new Error("This job went to another process or was dropped"));
      }
    });
  }

  async #safely(what: string, work: () => Promise<unknown>, job?: LeasedJob): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#work.log.error(what, { ...(job && factsOf(job)), error: sentenceOf(error) });
    }
  }

  #end(flight: Flight): void {
    this.#flights.delete(flight.job.lease + flight.job.id);
    flight.ended.resolve();
  }
}

function factsOf(job: LeasedJob) {
  return { job: job.id, plugin: job.pluginId, name: job.name, attempt: job.attempt };
}
