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
const [jobCount, kills] = [200, 4];

/** Starts a worker and kills it once `isEnough`, asked at each effect it tells of, says so; else it works until nothing is left. */
async function workUntil(url: string, isEnough: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [worker, url], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  for await (const _ of createInterface({ input: child.stdout })) if (isEnough()) break;
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

    let interrupted = 0;
    for (let kill = 0; kill < kills; kill++) {
      let lines = 0;
      await workUntil(storage.url, () => ++lines >= 10);
      interrupted += (await countJobs(storage)).running;
    }
    await workUntil(storage.url, () => false);

    t.true(interrupted > 0, "killed in the middle of jobs");
    t.deepEqual(await countJobs(storage), { waiting: 0, running: 0, dead: 0, parked: 0 });
    t.deepEqual(
      (await effects()).sort((a, b) => a - b),
      Array.from({ length: jobCount }, (_, n) => n),
    );
  });
}
