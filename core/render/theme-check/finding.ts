import { themeCodes, type CodeFacts, type ThemeCode } from "./codes.ts";

/** How bad it is: with an `error` a theme should not be used; an `info` is only to know. */
export type FindingLevel = "error" | "warning" | "info";

/** Something the theme checker found; `file` is relative to the theme's folder, `line` counts from 1, 0 for the whole file. */
export type ThemeFinding = {
  /** T1xx manifest, T2xx files, T3xx templates …; codes.ts lists them all. */
  readonly code: string;
  readonly level: FindingLevel;
  readonly file: string;
  readonly line: number;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
};

/** Where in the theme something was found. */
export type Spot = { readonly file: string; readonly line?: number };

/** A finding of a code; `message` says what is wrong at this place. */
export function finding(code: ThemeCode, { file, line = 0 }: Spot, message: string): ThemeFinding {
  const { level, fix }: CodeFacts = themeCodes[code];
  return { code, level, file, line, message, fix };
}

// Findings come in the order of their text: each goes on from the one before.
let last = { text: "", at: 0, line: 1 };

/** The line of a text at which something begins; 0 when it is not in it. Asked in order, it reads a text once. */
export function lineAt(text: string, at: number): number {
  if (at < 0) return 0;
  const from = last.text === text && last.at <= at ? last : { line: 1, at: 0 };
  let line = from.line;
  for (let next = text.indexOf("\n", from.at); next >= 0 && next < at; next = text.indexOf("\n", next + 1)) line++;
  last = { text, at, line };
  return line;
}

/** The line of the first place that matches; 0 when nothing does. */
export function lineOf(text: string, wanted: string | RegExp): number {
  return lineAt(text, typeof wanted === "string" ? text.indexOf(wanted) : text.search(wanted));
}
