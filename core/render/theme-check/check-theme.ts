import type { Themes } from "../themes/themes.ts";
import { fileFindings } from "./file-check.ts";
import type { ThemeFinding } from "./finding.ts";
import { manifestFindings } from "./manifest-check.ts";
import { outputFindings } from "./output-check.ts";
import { templateFindings } from "./template-check.ts";
import { readTheme, type ThemeCheck } from "./theme-under-check.ts";

// One group of codes each; a new group is one more entry.
const checks: readonly ThemeCheck[] = [manifestFindings, fileFindings, templateFindings, outputFindings];

/** Everything the checker finds in a theme's folder, by code, file and line; `themes` knows its parents. */
export function checkTheme(folder: string, themes: Themes): ThemeFinding[] {
  const theme = readTheme(folder, themes);
  const found = checks.flatMap((check) => [...check(theme)]);
  return found.toSorted((a, b) => a.code.localeCompare(b.code) || a.file.localeCompare(b.file) || a.line - b.line);
}
