import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * A port that nobody listens on, for a server that is told its port before it starts. It lies below those the system gives out by
 * itself (32768 and up): another test that listens on any port, or a connection of somebody's, cannot take it in between.
 */
export async function freePort(host = "127.0.0.1"): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(16_384, 32_768);
    if (await isFree(port, host)) return port;
  }
  throw new Error("No port is free");
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
