/** How bad it is: with an `error` a theme should not be used; an `info` is only to know. */
export type FindingLevel = "error" | "warning" | "info";

/** Something the theme checker found; `file` is relative to the theme's folder, `line` counts from 1, 0 for the whole file. */
export type ThemeFinding = {
  /** T1xx manifest, T2xx files, T3xx templates, T4xx what pages must print. */
  readonly code: string;
  readonly level: FindingLevel;
  readonly file: string;
  readonly line: number;
  /** What is wrong and what to do about it. */
  readonly message: string;
};
