/** One thing a check found: which file (and line) and what to do about it. */
export type Finding = { readonly file: string; readonly line?: number; readonly sentence: string };

/** Source files by their path from the project's folder, so that a check can be tried on made-up ones. */
export type Sources = ReadonlyMap<string, string>;

/** A finding as one line. */
export function lineOf({ file, line, sentence }: Finding): string {
  return `${file}${line === undefined ? "" : `:${line}`} ${sentence}`;
}

/** The number of the line at a place in a text, from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
