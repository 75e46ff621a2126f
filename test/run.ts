import { spawn } from "node:child_process";
import { createConnection } from "node:net";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesFor, readTap, type Outcome } from "./run-plan.ts";

// What `npm test` runs: the suite in passes, so that browsers and servers do not fight the fast tests for two cores.
const root = fileURLToPath(new URL("..", import.meta.url));
const isCi = process.env.CI === "true";
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const switches = process.argv.slice(2).filter((word) => word.startsWith("-"));

const missing = await missingParts();
for (const line of missing) console.log(isCi ? `Missing: ${line}` : `Skipped: ${line}`);

const total: Outcome = { passed: 0, failed: 0 };
for (const { files, concurrency } of filesFor(root, wanted, Math.max(2, Math.min(4, availableParallelism())))) {
  const outcome = await runAva(files, concurrency);
  total.passed += outcome.passed;
  total.failed += outcome.failed;
}
if (total.passed + total.failed === 0) {
  console.error(wanted.length > 0 ? `There is no test in ${wanted.join(", ")}.` : "No test ran.");
  total.failed++;
}
if (isCi) total.failed += missing.length;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runAva(files: readonly string[], concurrency: number): Promise<Outcome> {
  const ava = join(root, "node_modules/ava/entrypoints/cli.js");
  const parameters = [ava, "--tap", `--concurrency=${concurrency}`, ...switches, ...files];
  // Each file has a thread of its own, which reads and compiles hundreds of sources again; what is compiled is kept.
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(root, "node_modules/.cache/rookery-test-compiled");
  const env = { ...process.env, FORCE_COLOR: "0", NODE_COMPILE_CACHE: compiled };
  const child = spawn(process.execPath, parameters, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  const outcome = await readTap(child.stdout, (line) => console.log(line));
  const code = child.exitCode ?? (await new Promise<number | null>((done) => child.once("exit", done)));
  if (code === 0 || outcome.failed > 0) return outcome;
  // A file that cannot even be loaded, or does not end, counts as one failure.
  console.log(
    `✘ No test failed, but ava ended with ${code}: a file of these could not be loaded, or did not end. ${files.join(" ")}`,
  );
  return { ...outcome, failed: 1 };
}

async function missingParts(): Promise<string[]> {
  const lines: string[] = [];
  const mysql = new URL(process.env.ROOKERY_TEST_MYSQL ?? "mysql://root@127.0.0.1:3306");
  if (!(await answers(mysql, 3306)))
    lines.push("storage tests on MariaDB: start one (apt-get install mariadb-server), or set ROOKERY_TEST_MYSQL.");
  const redis = new URL(process.env.ROOKERY_TEST_REDIS ?? "redis://127.0.0.1:6379");
  if (!(await answers(redis, 6379)))
    lines.push("queue tests on Redis: start one (apt-get install redis-server), or set ROOKERY_TEST_REDIS.");
  const browsers = [process.env.CHROMIUM ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  if (!browsers.some((path) => path && existsSync(path)))
    lines.push("journeys in a browser: install Chromium (apt-get install chromium).");
  return lines;
}

function answers(url: URL, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ host: url.hostname, port: Number(url.port) || port, timeout: 2000 });
    const end = (is: boolean) => {
      socket.destroy();
      done(is);
    };
    socket
      .once("connect", () => end(true))
      .once("error", () => end(false))
      .once("timeout", () => end(false));
  });
}
