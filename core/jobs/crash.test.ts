import test from "ava";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { systemClock } from "../clock.ts";
import { databases, openTestStorage } from "../storage/testing.ts";
import { enqueueMany } from "./enqueue.ts";
import { countJobs } from "./list-jobs.ts";

const worker = fileURLToPath(new URL("crash-worker.ts", import.meta.url));
const [jobCount, kills] = [120, 4];

/** Starts a worker, and kills it in the middle of its work once `isEnough` says so to a line of it. */
async function workUntil(url: string, isEnough: () => Promise<boolean> | boolean): Promise<void> {
  const child = spawn(process.execPath, [worker, url], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  for await (const _ of createInterface({ input: child.stdout })) if (await isEnough()) break;
  child.kill("SIGKILL");
  await exited;
}

for (const dialect of databases) {
  test(`${dialect}: workers killed in the middle again and again lose no job`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const runAt = systemClock.now();
    await storage.write((db) =>
      enqueueMany(
        db,
        Array.from({ length: jobCount }, (_, n) => ({
          pluginId: "greeter",
          name: "greet",
          blogId: null,
          data: n,
          runAt,
          attempts: 50,
        })),
      ),
    );
    const effects = async () =>
      (await storage.query<{ value: string }>("SELECT value FROM site_settings")).map((row) => Number(row.value));

    for (let kill = 0; kill < kills; kill++) {
      let lines = 0;
      await workUntil(storage.url, () => ++lines >= 10);
    }
    t.true((await countJobs(storage)).running > 0, "some were killed in the middle");
    await workUntil(storage.url, async () => (await effects()).length === jobCount);

    t.deepEqual(
      (await effects()).sort((a, b) => a - b),
      Array.from({ length: jobCount }, (_, n) => n),
    );
  });
}
