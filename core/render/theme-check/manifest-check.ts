import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nearestName } from "../../settings/nearest-name.ts";
import { finding, lineOf, type ThemeFinding } from "./finding.ts";
import { pngSize } from "./png-size.ts";
import type { ThemeUnderCheck } from "./theme-under-check.ts";

const file = "theme.json";
/** The fields that a theme.json may have. */
export const manifestFields: readonly string[] =
  "id name version description license engine author homepage repository parent colorSchemes colorScheme postsPerPage imageSizes kinds menus pageTemplates styles scripts fonts settings slots hidden".split(
    " ",
  );
const screenshots = { "desktop.png": [1280, 800], "mobile.png": [390, 844] } as const;
const mostAbove = 2;

/** T1xx: theme.json and the theme's parents. */
export function* manifestFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  const { manifest, manifestText } = theme;
  if (manifestText === null) return yield finding("T101", { file }, "There is no theme.json: a theme begins with one.");
  if ("problem" in manifest)
    return yield finding("T102", { file, line: lineOfProblem(manifestText, manifest.problem) }, manifest.problem);
  if (manifest.parent !== null) yield* parentFindings(theme, manifest.id, manifest.parent);
  if (Object.keys(manifest.settings).length > 25)
    yield finding(
      "T104",
      { file, line: lineOf(manifestText, '"settings"') },
      `It has ${Object.keys(manifest.settings).length} settings.`,
    );
  if (!theme.files.some(({ path }) => /^LICEN[CS]E(\.(md|txt))?$/i.test(path)))
    yield finding("T105", { file: "LICENSE" }, `It is under ${manifest.license}, but there is no file LICENSE.`);
  yield* screenshotFindings(theme);
  for (const name of Object.keys(JSON.parse(manifestText) as object).filter((name) => !manifestFields.includes(name))) {
    const near = nearestName(name, manifestFields);
    const hint = near === null ? "" : `: did you mean “${near}”?`;
    yield finding(
      "T107",
      { file, line: lineOf(manifestText, `"${name}"`) },
      `“${name.slice(0, 40)}” is read by nobody${hint || "."}`,
    );
  }
}

function* parentFindings({ themes, manifestText }: ThemeUnderCheck, id: string, parent: string): Generator<ThemeFinding> {
  const at = { file, line: lineOf(manifestText!, '"parent"') };
  if (parent === id) return yield finding("T103", at, "It is its own parent: leave “parent” out, or name another theme.");
  const above: string[] = [];
  for (let next: string | null = parent; next !== null && next !== "base" && !above.includes(next);) {
    above.push(next);
    if (next === id) return yield finding("T109", at, `It is its own parent: ${[id, ...above].join(" → ")}.`);
    next = themes.find(next)?.manifest.parent ?? null;
  }
  const problem = themes.problemOf(parent);
  if (problem !== null) yield finding("T103", at, `Its parent “${parent}” cannot be used: ${problem}`);
  else if (above.length > mostAbove)
    yield finding("T108", at, `It has more than ${mostAbove} parents: ${[id, ...above].join(" → ")}.`);
}

// A theme without any is at its beginning; one that has a picture of itself is to be published, and wants both.
function* screenshotFindings({ folder, files }: ThemeUnderCheck): Generator<ThemeFinding> {
  const shots = files.filter(({ path }) => path.startsWith("screenshots/"));
  if (shots.length === 0) return;
  for (const [name, [width, height]] of Object.entries(screenshots)) {
    const path = `screenshots/${name}`;
    const shot = shots.find((one) => one.path === path && !one.isLink && one.bytes < 5_000_000);
    const size = shot ? pngSize(readFileSync(join(folder, path))) : null;
    if (!shot) yield finding("T106", { file: path }, `There is no ${path}.`);
    else if (size?.width !== width || size.height !== height)
      yield finding("T106", { file: path }, size ? `It has ${size.width} × ${size.height} pixels.` : "It is no PNG.");
  }
}

function lineOfProblem(text: string, problem: string): number {
  const said = /line (\d+) column \d+/.exec(problem);
  if (said) return Number(said[1]);
  // A field that is missing has no line; one that is wrong is named first.
  const name = /“([^”]+)”/.exec(problem)?.[1];
  return name === undefined ? 0 : lineOf(text, `"${name}"`);
}
