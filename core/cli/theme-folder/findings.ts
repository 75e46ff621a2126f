import type { ThemeFinding } from "../../render/theme-check/finding.ts";

/** Findings as lines to read: what is wrong where, and what to do about it. */
export function findingLines(found: readonly ThemeFinding[]): string[] {
  return found.flatMap(({ code, level, file, line, message, fix }) => [
    `${level.padEnd(7)} ${code} ${file}${line > 0 ? `:${line}` : ""} ${message}`,
    `        → ${fix}`,
  ]);
}

/** Findings as programs read them. */
export function findingsJson(found: readonly ThemeFinding[]): string {
  return JSON.stringify(found.map(({ code, level, file, line, message }) => ({ code, level, file, line, message })));
}

/** `mine has 2 errors.` or that it can be used. */
export function verdict(name: string, found: readonly ThemeFinding[]): { readonly errors: number; readonly sentence: string } {
  const errors = found.filter(({ level }) => level === "error").length;
  return {
    errors,
    sentence: errors > 0 ? `${name} has ${errors} ${errors === 1 ? "error" : "errors"}.` : `${name} can be used.`,
  };
}
