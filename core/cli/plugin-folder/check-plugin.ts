import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { PublicError } from "../../errors.ts";
import { loadPlugin } from "../../host/load-plugins.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Looks at a plugin's types, then runs the contract and the plugin's own tests in a process of their own; `print` gets what they
 * say, `find` tells where another plugin lies. True when all hold. PublicError when the plugin does not load or the test tools
 * are missing.
 */
export async function checkPlugin(
  folder: string,
  print: (line: string) => void,
  find: (id: string) => string | null,
): Promise<boolean> {
  const ava = join(root, "node_modules/ava/entrypoints/cli.js");
  if (!existsSync(ava)) throw new PublicError("plugin.tools", "The test tools are not installed: npm test installs them.");
  const required = await requirementsOf(folder, find);
  const project = projectFor(folder, required);
  try {
    const wrongTypes = await typesOf(project, basename(folder));
    print(`  ${wrongTypes.length === 0 ? "✔" : "✘"} types`);
    for (const line of wrongTypes) print(`    ${line}`);
    const code = await runIn(project, [process.execPath, ava, "--no-color"], print);
    return code === 0 && wrongTypes.length === 0;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

// What the compiler says of the plugin's own files.
async function typesOf(project: string, id: string): Promise<string[]> {
  const lines: string[] = [];
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
    include: [`plugins/${id}/**/*.ts`],
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  await runIn(project, [process.execPath, tsc, "-p", project, "--pretty", "false"], (line) => void lines.push(line));
  return lines.filter((line) => line.startsWith(`plugins/${id}/`) || line.startsWith("error"));
}

async function runIn(project: string, words: readonly string[], print: (line: string) => void): Promise<number | null> {
  const child = spawn(words[0]!, words.slice(1), {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "test", FORCE_COLOR: "0" },
  });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => line.trim() !== "" && print(line));
  const [code] = (await once(child, "close")) as [number | null];
  return code;
}

// A project of its own, for a plugin may lie anywhere: there, `ava`, `rookery/plugin` and `rookery/testing` would not be found.
function projectFor(folder: string, required: readonly string[]): string {
  const project = mkdtempSync(join(tmpdir(), "rookery-check-"));
  const id = basename(folder);
  const copy = join(project, "plugins", id);
  cpSync(folder, copy, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  for (const name of ["core", "node_modules"]) symlinkSync(join(root, name), join(project, name));
  // Files of plugins it requires are imported by their place beside it.
  for (const one of required) symlinkSync(one, join(project, "plugins", basename(one)));
  const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
  const ava = { extensions: ["ts"], files: ["contract.test.ts", `plugins/${id}/**/*.test.ts`], timeout: "2m" };
  writeFileSync(join(project, "package.json"), JSON.stringify({ name, exports, type: "module", ava }));
  const keepsItself = globSync("**/*.test.ts", { cwd: copy }).some((file) =>
    readFileSync(join(copy, file), "utf8").includes("pluginContract("),
  );
  if (!keepsItself)
    writeFileSync(
      join(project, "contract.test.ts"),
      `import test from "ava";
import { pluginContract } from "rookery/testing";

pluginContract(test, ${JSON.stringify(copy)}, { requires: ${JSON.stringify(required)} });
`,
    );
  return project;
}

// Folders of the plugins it requires, those that require nothing first.
async function requirementsOf(
  folder: string,
  find: (id: string) => string | null,
  seen: readonly string[] = [],
): Promise<string[]> {
  const loaded = await loadPlugin(folder, false);
  if ("reason" in loaded) throw new PublicError("plugin.broken", `The plugin in ${folder} does not load: ${loaded.reason}`);
  const found: string[] = [];
  for (const id of Object.keys(loaded.plugin.requires?.plugins ?? {})) {
    const place = find(id);
    if (!place) throw new PublicError("plugin.unmet", `${loaded.plugin.id} requires the plugin “${id}”, which is not there.`);
    if (seen.includes(id)) continue;
    found.push(...(await requirementsOf(resolve(place), find, [...seen, id])), resolve(place));
  }
  return [...new Set(found)];
}
