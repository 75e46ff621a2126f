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

/** A plugin under test; `required` are the folders of those it requires, those that require nothing first. */
type Checked = { readonly id: string; readonly folder: string; readonly required: readonly string[] };

/**
 * Looks at the types of plugins, then runs the contract and their own tests in a process of their own; `print` gets what they say,
 * `find` tells where another plugin lies. True when all hold. PublicError when one does not load or the test tools are missing.
 */
export async function checkPlugins(
  folders: readonly string[],
  print: (line: string) => void,
  find: (id: string) => string | null,
): Promise<boolean> {
  const ava = join(root, "node_modules/ava/entrypoints/cli.js");
  if (!existsSync(ava)) throw new PublicError("plugin.tools", "The test tools are not installed: npm test installs them.");
  const plugins: Checked[] = [];
  for (const folder of folders) plugins.push({ id: basename(folder), folder, required: await requirementsOf(folder, find) });
  const project = projectFor(plugins);
  try {
    const wrongTypes = await typesOf(project, plugins);
    print(`  ${wrongTypes.length === 0 ? "✔" : "✘"} types`);
    for (const line of wrongTypes) print(`    ${line}`);
    const code = await runIn(project, [process.execPath, ava, "--no-color"], print);
    return code === 0 && wrongTypes.length === 0;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

// What the compiler says of the plugins' own files.
async function typesOf(project: string, plugins: readonly Checked[]): Promise<string[]> {
  const lines: string[] = [];
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
    include: plugins.map(({ id }) => `plugins/${id}/**/*.ts`),
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  await runIn(project, [process.execPath, tsc, "-p", project, "--pretty", "false"], (line) => void lines.push(line));
  return lines.filter((line) => line.startsWith("error") || plugins.some(({ id }) => line.startsWith(`plugins/${id}/`)));
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

// A project of their own, for a plugin may lie anywhere: there, `ava`, `rookery/plugin` and `rookery/testing` would not be found.
function projectFor(plugins: readonly Checked[]): string {
  const project = mkdtempSync(join(tmpdir(), "rookery-check-"));
  const copyOf = (id: string) => join(project, "plugins", id);
  for (const { id, folder } of plugins)
    cpSync(folder, copyOf(id), { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  for (const name of ["core", "node_modules"]) symlinkSync(join(root, name), join(project, name));
  // Files of plugins that one requires are imported by their place beside it.
  for (const one of new Set(plugins.flatMap(({ required }) => required)))
    if (!existsSync(copyOf(basename(one)))) symlinkSync(one, copyOf(basename(one)));
  const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
  const ava = {
    extensions: ["ts"],
    files: ["*.test.ts", ...plugins.map(({ id }) => `plugins/${id}/**/*.test.ts`)],
    timeout: "2m",
  };
  writeFileSync(join(project, "package.json"), JSON.stringify({ name, exports, type: "module", ava }));
  for (const { id, required } of plugins)
    if (!keepsItself(copyOf(id)))
      writeFileSync(
        join(project, `${id}.test.ts`),
        `import test from "ava";
import { pluginContract } from "rookery/testing";

pluginContract(test, ${JSON.stringify(copyOf(id))}, { requires: ${JSON.stringify(required)} });
`,
      );
  return project;
}

const keepsItself = (folder: string) =>
  globSync("**/*.test.ts", { cwd: folder }).some((file) => readFileSync(join(folder, file), "utf8").includes("pluginContract("));

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
