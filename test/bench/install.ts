import { cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./child.ts";
import type { Measure } from "./measure.ts";

/** What `npm start` installs on a fresh clone, with an empty npm cache. */
export const measure: Measure = {
  name: "install",
  about: "Install what npm start needs, from the registry with an empty cache: time, and size beside Node.",
  isOnDemand: true,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "rookery-install-"));
    try {
      const root = fileURLToPath(new URL("../../", import.meta.url));
      for (const name of ["package.json", "package-lock.json", "core"])
        cpSync(join(root, name), join(folder, name), { recursive: true });
      const env = { ...process.env, npm_config_cache: join(folder, "cache") };
      const from = performance.now();
      await run(process.execPath, [join(folder, "core/cli/install.mjs"), "run"], { cwd: folder, env });
      const seconds = (performance.now() - from) / 1000;
      const modules = join(folder, "node_modules");
      const node = bytesIn(join(modules, "node"));
      const sizes = bytesIn(modules) - node;
      return [
        { name: "install", value: seconds, unit: "s", target: { atMost: 40 }, note: "empty npm cache" },
        {
          name: "install, size beside Node",
          value: sizes / 1e6,
          unit: "MB",
          target: { atMost: 150 },
          note: `Node itself ${(node / 1e6).toFixed(0)} MB; ${largest(modules)}`,
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function largest(modules: string): string {
  const sizes = readdirSync(modules)
    .filter((name) => name !== "node")
    .map((name) => [name, bytesIn(join(modules, name)) / 1e6] as const)
    .toSorted(([, a], [, b]) => b - a);
  return sizes
    .slice(0, 4)
    .map(([name, size]) => `${name} ${size.toFixed(0)}`)
    .join(", ");
}

// As the disk counts them, links once.
function bytesIn(path: string): number {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return stats.blocks * 512;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), stats.blocks * 512);
}
