import { extname } from "node:path";
import { parseTexts } from "../../languages.ts";
import type { ThemeCode } from "./codes.ts";
import { finding, lineOf, type ThemeFinding } from "./finding.ts";
import { textOf, type ThemeFile, type ThemeUnderCheck } from "./theme-under-check.ts";

const largest = { templates: 64 * 1024, assets: 10_000_000, locales: 64 * 1024 };
const most = { files: 500, bytes: 10_000_000, templates: 1024 * 1024 };
const served = /\.(css|m?js|svg|png|jpe?g|gif|webp|avif|ico|woff2?|txt)$/i;
const safePath = /^[a-z0-9_][a-z0-9._-]*(\/[a-z0-9_][a-z0-9._-]*)*$/i;
const known = /^(theme\.json|README\.md|LICEN[CS]E(\.(md|txt))?|CHANGELOG\.md|(templates|assets|locales|screenshots)\/.+)$/i;

/** T2xx: names, sizes and types of files, and files that are named and not there. */
export function* fileFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  const paths = new Set(theme.files.map(({ path }) => path));
  const lower = new Map<string, string>();
  for (const file of theme.files) {
    const problem = problemOf(file, theme);
    if (problem) yield finding(problem[0], { file: file.path }, problem[1]);
    else if (!known.test(file.path)) yield finding("T210", { file: file.path }, "Nobody reads it there.");
    const other = lower.get(file.path.toLowerCase());
    if (other !== undefined) yield finding("T209", { file: file.path }, `There is “${other}” too.`);
    lower.set(file.path.toLowerCase(), file.path);
  }
  if (!paths.has("README.md")) yield finding("T206", { file: "README.md" }, "There is no README.md.");
  yield* sumFindings(theme);
  if ("problem" in theme.manifest) return;
  const { styles, scripts, fonts } = theme.manifest;
  for (const name of new Set([...styles, ...scripts, ...fonts.map(({ file }) => file)]))
    if (!paths.has(`assets/${name}`) && !theme.parents.some((parent) => parent.asset(name)))
      yield finding(
        "T204",
        { file: "theme.json", line: lineOf(theme.manifestText!, `"${name}"`) },
        `assets/${name} is not there.`,
      );
}

function* sumFindings({ files }: ThemeUnderCheck): Generator<ThemeFinding> {
  const sum = (part: string) => files.reduce((total, { path, bytes }) => total + (path.startsWith(part) ? bytes : 0), 0);
  if (files.length > most.files || sum("") > most.bytes)
    yield finding("T208", { file: "" }, `It has ${files.length} files with ${sum("")} bytes.`);
  if (sum("templates/") > most.templates)
    yield finding("T208", { file: "templates" }, `Its templates have ${sum("templates/")} bytes.`);
}

function problemOf({ path, bytes, isLink }: ThemeFile, theme: ThemeUnderCheck): [ThemeCode, string] | null {
  if (isLink) return ["T201", "It is no plain file."];
  if (!safePath.test(path)) return ["T202", "Its name will not be found."];
  const part = path.split("/")[0]!;
  const limit = Object.hasOwn(largest, part) ? largest[part as keyof typeof largest] : largest.assets;
  if (bytes > limit) return ["T203", `It has ${bytes} bytes; ${limit} is the most, so it is passed by.`];
  if (part === "assets" && !served.test(path) && !isLicence(path))
    return ["T205", `Files of type “${extname(path)}” are not served from assets/.`];
  if (part === "templates" && !path.endsWith(".njk")) return ["T205", "A template's name ends in .njk."];
  if (part === "locales" && parseTexts(textOf(theme, path)) === null) return ["T207", "It is not a flat JSON object of texts."];
  return null;
}

// A font's licence lies beside the font.
const isLicence = (path: string) => /(^|\/)(LICEN[CS]E|OFL)([-.][\w.-]+)?$/i.test(path);
