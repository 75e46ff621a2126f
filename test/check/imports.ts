import { posix } from "node:path";
import { lineAt, type Sources } from "./finding.ts";

/** One import of a file. `target` is a path from the project's folder, or a package's name. */
export type Import = {
  readonly file: string;
  readonly line: number;
  readonly target: string;
  readonly isLocal: boolean;
  /** `import type`: gone when the program runs. */
  readonly isType: boolean;
};

const pattern =
  /^[ \t]*(?:import|export)\s+(type\s)?(?:[^"'`;]*?\sfrom\s+)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)|\bimport\.meta\.resolve\(\s*["']([^"'\n]+)["']/gm;

/** The imports of all files, those of types included. */
export function importsOf(sources: Sources): Import[] {
  const found: Import[] = [];
  for (const [file, text] of sources) {
    for (const match of text.matchAll(pattern)) {
      const name = match[2] ?? match[3] ?? match[4]!;
      const isLocal = name.startsWith(".");
      const target = isLocal ? posix.normalize(posix.join(posix.dirname(file), name)) : name;
      // `import("./x.ts").Type` in a type is no import when the program runs, but a wall is a wall.
      found.push({
        file,
        line: lineAt(text, match.index + match[0].search(/\S/)),
        target,
        isLocal,
        isType: match[1] !== undefined,
      });
    }
  }
  return found;
}
