import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Teardown = { teardown(work: () => unknown): void };

/** Where databases of tests lie: in memory where the machine has room there, for a disk makes every commit wait. */
export const testFolder = hasRoom("/dev/shm") ? "/dev/shm" : tmpdir();

/** A folder there that goes away with the test. */
export function testFolderOf(t: Teardown, name = "test"): string {
  const folder = mkdtempSync(join(testFolder, `rookery-${name}-`));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 1_000_000_000;
  } catch {
    return false;
  }
}
