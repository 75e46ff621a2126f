import type { Finding, Sources } from "./finding.ts";
import { importsOf } from "./imports.ts";

/** Rooms of the core that import each other in a circle (types do not count: they are gone when the program runs). */
export function circlesBetweenRooms(sources: Sources): Finding[] {
  const edges = new Map<string, Map<string, { file: string; line: number }>>();
  for (const { file, line, target, isLocal, isType } of importsOf(sources)) {
    const [from, to] = [roomOf(file), roomOf(target)];
    if (!isLocal || isType || !from || !to || from === to || file.endsWith(".test.ts") || /testing/.test(file)) continue;
    const targets = edges.get(from) ?? new Map<string, { file: string; line: number }>();
    if (!targets.has(to)) targets.set(to, { file, line });
    edges.set(from, targets);
  }
  const findings: Finding[] = [];
  for (const start of edges.keys()) {
    const circle = pathBack(edges, start);
    // Each circle once, told from the room that comes first in the alphabet.
    if (circle && [...circle].sort()[0] === start) {
      const { file, line } = edges.get(start)!.get(circle[1] ?? start)!;
      findings.push({ file, line, sentence: `Rooms import each other: ${[...circle, start].join(" → ")}.` });
    }
  }
  return findings;
}

// The doors stand a floor above the room whose folder they share, so they are rooms of their own.
function roomOf(file: string): string | null {
  if (file.startsWith("core/posts/publish")) return "core/posts/publish";
  if (file.startsWith("core/interactions/receive")) return "core/interactions/receive";
  return /^core\/[a-z-]+(?=\/)/.exec(file)?.[0] ?? null;
}

function pathBack(edges: ReadonlyMap<string, ReadonlyMap<string, unknown>>, start: string): string[] | null {
  const seen = new Set<string>();
  const waiting: string[][] = [[start]];
  for (let path = waiting.shift(); path; path = waiting.shift()) {
    for (const next of edges.get(path.at(-1)!)?.keys() ?? []) {
      if (next === start) return path;
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push([...path, next]);
    }
  }
  return null;
}
