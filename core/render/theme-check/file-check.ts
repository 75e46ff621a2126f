import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { parseTexts } from "../themes/theme.ts";
import type { ThemeFinding } from "./finding.ts";
import type { ThemeFile, ThemeUnderCheck } from "./theme-under-check.ts";

const largest = { templates: 64 * 1024, assets: 10_000_000, locales: 64 * 1024 };
const served = /\.(css|m?js|svg|png|jpe?g|gif|webp|avif|ico|woff2?|txt)$/i;
const safePath = /^[a-z0-9_][a-z0-9._-]*(\/[a-z0-9_][a-z0-9._-]*)*$/i;

/** T2xx: names, sizes and types of files, and files that are named and not there. */
export function* fileFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  for (const file of theme.files) {
    const found = problemOf(file, theme.folder);
    if (found) yield { level: "error", file: file.path, line: 0, ...found };
  }
  const paths = new Set(theme.files.map(({ path }) => path));
  if (!paths.has("README.md"))
    yield {
      code: "T206",
      level: "warning",
      file: "README.md",
      line: 0,
      message: "There is no README.md: say what the theme is for.",
    };
  if ("problem" in theme.manifest) return;
  const { styles, scripts, fonts } = theme.manifest;
  for (const name of [...styles, ...scripts, ...fonts.map(({ file }) => file)])
    if (!paths.has(`assets/${name}`) && !theme.parents.some((parent) => parent.asset(name)))
      yield {
        code: "T204",
        level: "error",
        file: "theme.json",
        line: lineOf(theme, name),
        message: `assets/${name} is named, but not there.`,
      };
}

function problemOf({ path, bytes, isLink }: ThemeFile, folder: string): Pick<ThemeFinding, "code" | "message"> | null {
  if (isLink) return { code: "T201", message: "It is no plain file: copy what the link leads to." };
  if (!safePath.test(path))
    return { code: "T202", message: "Its name will not be found: use letters, digits, dots, hyphens and underscores." };
  const part = path.split("/")[0]!;
  const limit = Object.hasOwn(largest, part) ? largest[part as keyof typeof largest] : largest.assets;
  if (bytes > limit) return { code: "T203", message: `It has ${bytes} bytes; ${limit} is the most, so it is passed by.` };
  if (part === "assets" && !served.test(path))
    return { code: "T205", message: `Files of type “${extname(path)}” are not served from assets/.` };
  if (part === "templates" && !path.endsWith(".njk")) return { code: "T205", message: "A template's name ends in .njk." };
  if (part === "locales" && parseTexts(readFileSync(join(folder, path), "utf8")) === null)
    return { code: "T207", message: "It is not a flat JSON object of texts." };
  return null;
}

function lineOf({ manifestText }: ThemeUnderCheck, name: string): number {
  const at = manifestText?.indexOf(`"${name}"`) ?? -1;
  return at < 0 ? 0 : manifestText!.slice(0, at).split("\n").length;
}
