import type { ThemeFinding } from "./finding.ts";
import type { ThemeUnderCheck } from "./theme-under-check.ts";

/** T1xx: theme.json and the theme's parents. */
export function* manifestFindings({ manifest, manifestText, themes }: ThemeUnderCheck): Generator<ThemeFinding> {
  const at = (code: string, level: ThemeFinding["level"], word: string, message: string): ThemeFinding => ({
    code,
    level,
    file: "theme.json",
    line: lineOf(manifestText ?? "", word),
    message,
  });
  if (manifestText === null)
    return yield at("T101", "error", "", "There is no theme.json: a theme begins with one; rookery theme new writes it.");
  if ("problem" in manifest)
    return yield { ...at("T102", "error", "", manifest.problem), line: lineOfProblem(manifestText, manifest.problem) };
  const problem = manifest.parent === null ? null : themes.problemOf(manifest.parent);
  if (manifest.parent === manifest.id)
    yield at("T103", "error", "parent", "It is its own parent: leave “parent” out, or name another theme.");
  else if (problem !== null) yield at("T103", "error", "parent", `Its parent “${manifest.parent}” cannot be used: ${problem}`);
  if (Object.keys(manifest.settings).length > 25)
    yield at("T104", "warning", "settings", "It has more than 25 settings: people will not find the one they look for.");
}

function lineOfProblem(text: string, problem: string): number {
  const said = /line (\d+) column \d+/.exec(problem);
  if (said) return Number(said[1]);
  // A field that is missing has no line; one that is wrong is named first.
  return lineOf(text, /“([^”]+)”/.exec(problem)?.[1] ?? "");
}

function lineOf(text: string, word: string): number {
  const at = word === "" ? -1 : text.indexOf(`"${word}"`);
  return at < 0 ? 0 : text.slice(0, at).split("\n").length;
}
