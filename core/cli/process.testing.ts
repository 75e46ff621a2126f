import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

type Teardown = { teardown(work: () => unknown): void };

/** A `rookery` process of a test: its lines as they come, and its end. */
export type Running = {
  readonly child: ChildProcess;
  /** The next line on stdout that matches; rejects when the process ends without one. */
  line(pattern: RegExp): Promise<string>;
  /** Exit code and all of stderr, once it has ended. */
  end(): Promise<{ code: number | null; err: string }>;
};

/** An empty folder that goes away with the test. */
export function emptyFolder(t: Teardown): string {
  const folder = mkdtempSync(join(tmpdir(), "rookery-process-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Types a command as a process of its own with only these settings; it ends with the test at the latest. */
export function run(t: Teardown, words: readonly string[], place: { cwd: string; env: Record<string, string> }): Running {
  const { PATH, HOME } = process.env;
  const script = fileURLToPath(new URL("./rookery.mjs", import.meta.url));
  const child = spawn(process.execPath, [script, ...words], {
    cwd: place.cwd,
    env: { PATH, HOME, ...place.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const seen: string[] = [];
  const waiting: { pattern: RegExp; resolve(line: string): void; reject(error: Error): void }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const at = waiting.findIndex(({ pattern }) => pattern.test(line));
    if (at >= 0) waiting.splice(at, 1)[0]!.resolve(line);
    else seen.push(line);
  });
  const ended = once(child, "close").then(([code]) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`It ended with ${code}: ${err}`));
    return { code: code as number | null, err };
  });
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
  });
  return {
    child,
    end: () => ended,
    line: (pattern) => {
      const at = seen.findIndex((line) => pattern.test(line));
      if (at >= 0) return Promise.resolve(seen.splice(at, 1)[0]!);
      if (child.exitCode !== null) return Promise.reject(new Error(`It ended with ${child.exitCode}: ${err}`));
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      waiting.push({ pattern, resolve, reject });
      return promise;
    },
  };
}
