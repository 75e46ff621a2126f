import type { Finding, Sources } from "./finding.ts";
import { importsOf, type Import } from "./imports.ts";

// Floors of docs: a room imports from its own room and from floors below. The longest prefix that fits a file counts.
const floors: readonly (readonly [string, number])[] = [
  ["core/cli/", 7],
  ["core/start.ts", 7],
  ["core/house.ts", 7],
  ["core/testing.ts", 7],
  ["core/testing/", 7],
  ["admin/", 6],
  ["core/web/", 6],
  ["core/worker/", 6],
  ["core/plugin.ts", 5],
  ["core/host/", 5],
  ["core/backup/", 5],
  ["core/posts/publish", 4],
  ["core/interactions/receive", 4],
  ["core/render/", 4],
  ["core/people/", 3],
  ["core/blogs/", 3],
  ["core/residents/", 3],
  ["core/posts/", 3],
  ["core/media/", 3],
  ["core/interactions/", 3],
  ["core/hooks/", 2],
  ["core/jobs/", 2],
  ["core/installation/", 2],
  ["core/storage/", 1],
  ["core/net/", 1],
  ["core/settings/", 1],
  ["core/clock.ts", 0],
  ["core/errors.ts", 0],
  ["core/ids.ts", 0],
  ["core/languages.ts", 0],
];
// The list of all tables is the foundation that migrations and test databases stand on.
const everywhere = ["core/schema.ts", "core/house.types.ts", "migrations/"];
const networkModules = /^(node:)?(https?|http2|net|tls|dgram|dns)(\/|$)|^(undici|node-fetch|axios|got)$/;
// The S3 store speaks to the one address the operator configured, never to one from content.
const networkRooms = ["core/net/", "core/web/", "core/media/s3-store.ts", "test/"];

/** Imports that go through a wall: upwards, sideways into another plugin, or out to the network past the guarded fetch. */
export function brokenWalls(sources: Sources, requires: ReadonlyMap<string, readonly string[]> = new Map()): Finding[] {
  const findings: Finding[] = [];
  for (const one of importsOf(sources)) {
    const sentence = wallOf(one, requires) ?? networkOf(one);
    if (sentence) findings.push({ file: one.file, line: one.line, sentence });
  }
  return [...findings, ...bareFetches(sources)];
}

/** Where a file stands, or null for what has no floor. */
export function floorOf(file: string): number | null {
  if (everywhere.some((start) => file.startsWith(start))) return null;
  const found = floors.filter(([start]) => file.startsWith(start)).sort((a, b) => b[0].length - a[0].length)[0];
  return found ? found[1] : null;
}

function wallOf(one: Import, requires: ReadonlyMap<string, readonly string[]>): string | null {
  const isTest = isTestFile(one.file);
  if (one.file.startsWith("plugins/")) return pluginWall(one, isTest, requires);
  if (one.file.startsWith("themes/")) return isTest ? null : "A theme imports nothing.";
  if (!one.isLocal || isTest || one.file.startsWith("test/")) return null;
  const isCore = one.file.startsWith("core/");
  const guest = ["plugins/", "themes/", ...(isCore && floorOf(one.file) !== 7 ? ["admin/"] : [])].find((home) =>
    one.target.startsWith(home),
  );
  if (guest && (isCore || guest !== "admin/"))
    return `${one.target}: core and dashboard know no plugin, theme or screen; offer a hook instead.`;
  return floorWall(one);
}

function floorWall({ file, target }: Import): string | null {
  const [from, to] = [floorOf(file), floorOf(target)];
  if (from === null || to === null || to <= from) return null;
  return `${target} stands on floor ${to}, this on floor ${from}: import only from below.`;
}

function pluginWall(
  { file, target, isLocal }: Import,
  isTest: boolean,
  requires: ReadonlyMap<string, readonly string[]>,
): string | null {
  const id = file.split("/")[1]!;
  if (isLocal) {
    const other = target.split("/")[1];
    const isPlugin = target.startsWith("plugins/");
    if (isPlugin && (other === id || (requires.get(id) ?? []).includes(other!))) return null;
    return isPlugin
      ? `${target}: name “${other}” in requires before importing from it.`
      : `${target}: a plugin imports only rookery/plugin.`;
  }
  if (target === "rookery/plugin" || (isTest && ["rookery/testing", "ava"].includes(target))) return null;
  // What Node itself brings is no way past the host, but for the network.
  if (target.startsWith("node:") && (isTest || !networkModules.test(target))) return null;
  return `${target}: a plugin imports only rookery/plugin${isTest ? ", rookery/testing and ava" : ""}.`;
}

function networkOf({ file, target, isType }: Import): string | null {
  // `isIP` and `BlockList` compute; type imports vanish.
  if (isType || !networkModules.test(target) || networkRooms.some((room) => file.startsWith(room)) || isTestFile(file))
    return null;
  if (/^(node:)?net$/.test(target)) return null;
  return `${target}: requests go out by guardedFetch alone (core/net).`;
}

function bareFetches(sources: Sources): Finding[] {
  const findings: Finding[] = [];
  for (const [file, text] of sources) {
    if (!/^(core|plugins)\//.test(file) || file.startsWith("core/net/") || isTestFile(file)) continue;
    text.split("\n").forEach((line, index) => {
      const code = line.replace(/\/\/.*|^\s*\*.*|"[^"]*"|'[^']*'/g, "");
      const isBare =
        /(^|[^.\w#])fetch\(/.test(code) || /globalThis\.fetch\b/.test(code) || /new (WebSocket|EventSource)\(/.test(code);
      const isOwn = /\b(async )?fetch\([^)]*\)\s*(:|\{)/.test(code) || /fetch\??:\s*\(/.test(code);
      const isSocket = /\bcreateConnection\(|\bnet\.connect\(/.test(code) && /from "node:net"/.test(text);
      if ((isBare && !isOwn) || isSocket)
        findings.push({
          file,
          line: index + 1,
          sentence: "Requests go out by guardedFetch alone (core/net), in a plugin by context.fetch.",
        });
    });
  }
  return findings;
}

function isTestFile(file: string): boolean {
  return /\.test\.ts$|(^|\/)testing(\.ts$|\/)|\.testing\.ts$|(^|\/)fixtures?\//.test(file);
}
