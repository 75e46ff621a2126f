import { randomInt } from "node:crypto";
import { closeSync, mkdirSync, openSync, statSync, utimesSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const kept = 10 * 60_000;

/**
 * A port that nobody listens on, for a server that is told its port before it starts. It lies below those the system gives out by
 * itself (32768 and up): another test that listens on any port, or a connection of somebody's, cannot take it in between. Nor can a
 * test that asks here, in whatever process: a port is given once in ten minutes.
 */
export async function freePort(host = "127.0.0.1"): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const port = randomInt(16_384, 32_768);
    if (isMine(port) && (await isFree(port, host))) return port;
  }
  throw new Error("No port is free");
}

// An empty file stands for a port that was given: making it is one step, so only one of two that ask gets it.
function isMine(port: number): boolean {
  const folder = join(tmpdir(), "rookery-test-ports");
  const file = join(folder, String(port));
  mkdirSync(folder, { recursive: true });
  try {
    closeSync(openSync(file, "wx"));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (Date.now() - statSync(file).mtimeMs < kept) return false;
    utimesSync(file, new Date(), new Date());
    return true;
  }
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
