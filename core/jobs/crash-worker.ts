// A worker process for crash.test.ts, which kills it: `node crash-worker.ts DATABASE_URL`. Says a line for each effect.
import { coreMigrations } from "../../migrations/index.ts";
import { stamp, systemClock } from "../clock.ts";
import { coreTables } from "../schema.ts";
import { insert } from "../storage/rows.ts";
import { Storage } from "../storage/storage.ts";
import { countJobs } from "./list-jobs.ts";
import { Queue } from "./queue.ts";
import { runWorker } from "./worker.ts";

const storage = await Storage.open({ url: process.argv[2] ?? "", tables: coreTables, migrations: coreMigrations });
const queue = new Queue({ storage, clock: systemClock, leaseMs: 300 });
const log = { info() {}, warn: console.error, error: console.error };

// Ends by itself when nothing is left, should the killer be late.
const stopper = new AbortController();
setInterval(async () => {
  const { waiting, running } = await countJobs(storage);
  if (waiting + running === 0) stopper.abort();
}, 100).unref();

await runWorker({
  queue,
  log,
  signal: stopper.signal,
  run: async (job) => {
    // The effect is keyed by the job, so a second try after a crash between effect and completion changes nothing.
    const effect = { name: job.id, value: JSON.stringify(job.data), updated_at: stamp(systemClock.now()) };
    await storage.write((db) => insert(db, "site_settings", [effect], { ignore: true }));
    console.log(job.id);
    // Room to be killed in between.
    await new Promise((resolve) => setTimeout(resolve, 20));
  },
});
await storage.close();
