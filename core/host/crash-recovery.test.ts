import test from "ava";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databases, openTestStorage } from "../storage/testing.ts";
import { markSound, pauseSuspects, StartLog } from "./crash-recovery.ts";
import { pluginRows, storePlugin } from "./plugin-rows.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };

test("two starts that ended in a crash within a minute are noticed; orderly or long ones are not", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "rookery-starts-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  let now = 0;
  const starts = new StartLog(folder, { now: () => new Date(now) });

  t.deepEqual([starts.begin(), starts.begin(), starts.begin()], [false, false, true]);
  starts.clear();
  t.false(starts.begin());
  now += 3_600_000;
  t.deepEqual([starts.begin(), starts.begin()], [false, false]);
  writeFileSync(join(folder, "unclean-starts.json"), "[1, 2");
  t.false(starts.begin());
});

for (const dialect of databases) {
  test(`${dialect}: only plugins that were not there when all was well are paused, with the reason`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const now = new Date("2026-05-01T12:00:00Z");
    const row = (id: string) => ({ id, version: "1.0.0", state: "enabled", reason: "", isEverywhere: true }) as const;
    await storage.write(async (db) => {
      for (const id of ["old", "new"]) await storePlugin(db, row(id), now);
    });
    await markSound(storage, ["old"], now);

    t.deepEqual(await pauseSuspects(storage, log, now), ["new"]);

    const rows = await pluginRows(storage);
    t.deepEqual([rows.get("old")?.state, rows.get("new")?.state], ["enabled", "paused"]);
    t.regex(rows.get("new")!.reason, /ended twice right after it was started/);
    t.deepEqual(await pauseSuspects(storage, log, now), []);
  });
}
