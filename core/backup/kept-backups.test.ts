import test from "ava";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTestHost } from "../testing/test-host.ts";
import { askForBackup, backupFolder, backupPath, backupWork, keptBackups, lastBackup } from "./kept-backups.ts";

async function backUp(host: Awaited<ReturnType<typeof createTestHost>>) {
  const { storage } = host.house;
  await storage.write((db) => askForBackup(host.scope(), db));
  await storage.write((db) => askForBackup(host.scope(), db));
  const before = await backupWork(storage);
  await host.runJobs();
  host.clock.advance({ hours: 1 });
  return before;
}

test("a backup is asked for once, made by a job, readable by this user alone, and the newest three are kept", async (t) => {
  const host = await createTestHost(t);
  const { settings, storage } = host.house;

  t.deepEqual(await keptBackups(settings.dataFolder), []);
  for (let n = 0; n < 4; n++) t.is((await backUp(host)).state, "waiting");

  const kept = await keptBackups(settings.dataFolder);
  t.deepEqual(
    kept.map(({ madeAt }) => madeAt),
    ["2026-05-01T15:00:00.000Z", "2026-05-01T14:00:00.000Z", "2026-05-01T13:00:00.000Z"],
  );
  t.is((await backupWork(storage)).state, "none");
  t.is(await lastBackup(storage), "2026-05-01T15:00:00.000Z");
  const path = backupPath(settings.dataFolder, kept[0]!.name)!;
  t.is(statSync(path).mode & 0o777, 0o600);
  t.true(readFileSync(path).includes("manifest.json"));
});

test("a backup that cannot be written says why, until one is made", async (t) => {
  const host = await createTestHost(t);
  const { settings, storage } = host.house;
  writeFileSync(backupFolder(settings.dataFolder), "in the way");

  await storage.write((db) => askForBackup(host.scope(), db));
  for (let n = 0; n < 3; n++) {
    await host.runJobs();
    host.clock.advance({ hours: 12 });
  }

  t.is((await backupWork(storage)).state, "failed");
});

test("what else lies in the folder is no backup, and no name leads out of it", async (t) => {
  const host = await createTestHost(t);
  const { dataFolder } = host.house.settings;
  mkdirSync(backupFolder(dataFolder));
  for (const name of ["notes.txt", "rookery-2026-05-01T12-00-00Z.tar.77.part"])
    writeFileSync(join(backupFolder(dataFolder), name), "");

  t.deepEqual(await keptBackups(dataFolder), []);
  for (const name of ["../secret", "..%2Fsecret", "rookery-2026-05-01T12-00-00Z.tar/../../secret", ""])
    t.is(backupPath(dataFolder, name), null);
});
