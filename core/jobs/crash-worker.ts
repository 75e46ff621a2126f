// A worker process for crash.test.ts, which kills it: `node crash-worker.ts DATABASE_URL`. Says a line for each effect.
import { coreMigrations } from "../../migrations/index.ts";
import { systemClock } from "../clock.ts";
import { coreTables } from "../schema.ts";
import { insert } from "../storage/rows.ts";
import { Storage } from "../storage/storage.ts";
import { Queue } from "./queue.ts";
import { runWorker } from "./worker.ts";

const storage = await Storage.open({ url: process.argv[2] ?? "", tables: coreTables, migrations: coreMigrations });
const queue = new Queue({ storage, clock: systemClock, leaseMs: 400 });
const log = { info() {}, warn: console.error, error: console.error };

await runWorker({
  queue,
  log,
  signal: new AbortController().signal,
  run: async (job) => {
    // The effect is keyed by the job, so a second try after a crash between effect and completion changes nothing.
    await storage.write((db) =>
      insert(db, "site_settings", [{ name: job.id, value: JSON.stringify(job.data) }], { ignore: true }),
    );
    console.log(job.id);
    // Room to be killed in between.
    await new Promise((resolve) => setTimeout(resolve, 5));
  },
});
