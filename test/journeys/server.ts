import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { shareAssets } from "../../admin/shared-assets.testing.ts";
import { freePort } from "../../core/testing/free-port.ts";
import { eventually } from "./eventually.ts";

type Teardown = { teardown(work: () => unknown): void };

/** A real Rookery, started by its own command as a stranger would. */
export type RunningServer = {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly process: ChildProcess;
  /** The one-time link that the first start prints. */
  readonly setupLink: string | null;
  /** All it said so far. */
  said(): string;
  /** Ends it by a signal and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

const command = fileURLToPath(new URL("../../core/cli/rookery.mjs", import.meta.url));

/** Starts `rookery start` in a data folder of its own (or a given one) and waits until it says where it is. */
export async function startServer(
  t: Teardown,
  options: { data?: string; port?: number; env?: Record<string, string> } = {},
): Promise<RunningServer> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), "rookery-journey-"));
  shareAssets(data);
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    ROOKERY_DATA: data,
    ROOKERY_URL: url,
    ROOKERY_PORT: String(port),
    LOG_LEVEL: "warn",
    LOG_FORMAT: "json",
    ...options.env,
  };
  const child = spawn(process.execPath, [command, "start"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  let said = "";
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    child.kill(signal);
    return ended;
  };
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) await stop("SIGKILL");
    if (!options.data) rmSync(data, { recursive: true, force: true });
  });
  await new Promise<void>((resolve, reject) => {
    const hear = (piece: Buffer) => {
      said += piece.toString();
      if (/Rookery is at .*\n([^]*setup\?token=\S+\n|[^]*)/.test(said)) setImmediate(resolve);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code) => reject(new Error(`rookery start ended with ${code}: ${said}`)));
  });
  await untilReady(url);
  return {
    url,
    port,
    data,
    process: child,
    setupLink: /http\S+setup\?token=\S+/.exec(said)?.[0] ?? null,
    said: () => said,
    stop,
  };
}

async function untilReady(url: string): Promise<void> {
  const ask = () => fetch(`${url.replace("localhost", "127.0.0.1")}/readyz`);
  const isReady = (answer: Response) => answer.ok;
  await eventually("the server is ready", () => ask().then(isReady, () => false), 25);
}
