import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepareDataFolder } from "../settings/data-folder.ts";
import { readSettings } from "../settings/settings.ts";
import type { Console } from "./command.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** Serves in a process that starts anew whenever code, a plugin or a theme changes; gives its exit code. */
export async function serveWatched(console: Console): Promise<number> {
  // Wrong settings end here, not in a loop of restarts.
  const { dataFolder } = readSettings(console.env, console);
  prepareDataFolder(dataFolder);
  const own = ["core", "plugins", "themes", "admin", "migrations"].map((name) => join(root, name));
  const watched = [...own, join(dataFolder, "plugins"), join(dataFolder, "themes")].filter((folder) => existsSync(folder));
  const paths = watched.map((folder) => `--watch-path=${folder}`);
  const script = join(root, "core/cli/rookery.mjs");
  const child = spawn(process.execPath, ["--watch", "--watch-preserve-output", ...paths, script, "start", "--dev", "--watched"], {
    cwd: console.cwd,
    stdio: "inherit",
    env: { ...console.env, LOG_LEVEL: console.env.LOG_LEVEL || "debug" },
  });
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  // Node's watcher ends by the signal it was sent; that is the wanted end.
  child.once("exit", (code, signal) => resolve(signal ? 0 : (code ?? 1))).once("error", reject);
  try {
    return await promise;
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}
