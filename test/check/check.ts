import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandNames } from "../../core/cli/main.ts";
import { settingNames } from "../../core/settings/known-settings.ts";
import { circlesBetweenRooms } from "./circles.ts";
import { exportedNames, hookNames, undocumented } from "./docs.ts";
import { lineOf, type Finding, type Sources } from "./finding.ts";
import { tooLong } from "./sizes.ts";
import { badSql } from "./sql.ts";
import { brokenWalls } from "./walls.ts";

// What `npm run check` runs: one line for each finding; fails when there is any.
const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = (name: string) => join(root, "node_modules/.bin", name);
const read = (file: string) => readFileSync(join(root, file), "utf8");
const sources = readSources();

const checks: readonly (readonly [string, () => readonly string[]])[] = [
  ["types", () => tool("tsc", ["--noEmit", "--pretty", "false"], /error TS/)],
  ["lint", () => tool("oxlint", ["--format=unix", "core", "plugins", "themes", "admin", "migrations", "test"], /^\S+:\d+:\d+:/)],
  ["format", () => tool("prettier", ["--check", "--log-level", "warn", "."], /^\[warn\] (?!Code style)/)],
  ["import walls", () => lines(brokenWalls(sources, requires()))],
  ["circles between rooms", () => lines(circlesBetweenRooms(sources))],
  ["file sizes", () => lines(tooLong(sources))],
  ["SQL", () => lines(badSql(sources))],
  ["docs", () => lines(undocumented(documented(), (file) => (existsSync(join(root, file)) ? read(file) : null)))],
];

let failed = 0;
for (const [name, run] of checks) {
  const found = run();
  console.log(`${found.length === 0 ? "✔" : "✘"} ${name}`);
  for (const line of found) console.log(`  ${line}`);
  if (found.length > 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;

function readSources(): Sources {
  const homes = "{core,plugins,themes,admin,migrations,test}/**/*.{ts,mjs,js,css,njk}";
  const files = globSync(homes, { cwd: root, exclude: (name) => String(name).includes("node_modules") });
  return new Map(files.sort().map((file) => [file, read(file)]));
}

function lines(findings: readonly Finding[]): string[] {
  return findings.map(lineOf);
}

function tool(name: string, parameters: readonly string[], isFinding: RegExp): string[] {
  const result = spawnSync(bin(name), parameters, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  if (result.status === 0) return [];
  const output = `${result.stdout}\n${result.stderr}`.split("\n").filter((line) => line.trim() !== "");
  const found = output.filter((line) => isFinding.test(line));
  return found.length > 0 ? found : output.slice(-5);
}

// `requires: ["feeds"]` or `requires: { feeds: … }` of each plugin's manifest, read as text: checks load no plugin.
function requires(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [file, text] of sources) {
    const id = /^plugins\/([a-z0-9-]+)\/plugin\.ts$/.exec(file)?.[1];
    const list = /\brequires:\s*[[{]([^\]}]*)[\]}]/.exec(text)?.[1];
    if (id && list)
      found.set(
        id,
        [...list.matchAll(/[a-z][a-z0-9-]*/g)].map((match) => match[0]),
      );
  }
  return found;
}

function documented() {
  return [
    { file: "docs/plugin-api/hooks.md", what: "hook", names: hookNames(read("core/hooks/catalogue.ts")), isHeading: true },
    { file: "docs/settings.md", what: "setting", names: settingNames, isHeading: true },
    { file: "docs/commands.md", what: "command", names: commandNames.map((name) => `rookery ${name}`), isHeading: true },
    {
      file: "docs/plugin-api/reference.md",
      what: "export of rookery/plugin",
      names: exportedNames(read("core/plugin.ts")),
      isHeading: false,
    },
    {
      file: "docs/plugin-api/testing.md",
      what: "export of rookery/testing",
      names: exportedNames(read("core/testing.ts")),
      isHeading: true,
    },
  ];
}
