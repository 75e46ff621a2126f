import { posix } from "node:path";
import { gzipSync } from "node:zlib";
import { finding, lineAt, type ThemeFinding } from "./finding.ts";
import { soundTemplates, textOf, type ThemeUnderCheck } from "./theme-under-check.ts";

const budget = 8 * 1024;
const largest = 1024 * 1024;

/** T8xx: files that templates and style sheets name, other hosts, fonts, and the size of the style sheets. */
export function* assetFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  const has = (path: string) =>
    theme.files.some((file) => file.path === `assets/${path}`) || theme.parents.some((one) => one.asset(path));
  for (const { name, uses } of soundTemplates(theme))
    for (const { name: called, first, line } of uses.functions)
      if (called === "asset" && first !== "" && !has(first))
        yield finding("T801", { file: `templates/${name}`, line }, `assets/${first.slice(0, 100)} is not there.`);
  const all = theme.files.filter(({ path, isLink }) => /^assets\/.+\.css$/.test(path) && !isLink);
  const sheets = all.filter(({ bytes }) => bytes <= largest);
  for (const { path, bytes } of all.filter((one) => one.bytes > largest))
    yield finding("T804", { file: path }, `It has ${bytes} bytes; more than ${largest} are not even looked at.`);
  for (const { path } of sheets) yield* sheetFindings(path, textOf(theme, path), has);
  const packed = gzipSync(sheets.map(({ path }) => textOf(theme, path)).join("\n")).byteLength;
  if (packed > budget) yield finding("T804", { file: "assets" }, `The style sheets have ${packed} bytes when packed.`);
}

function* sheetFindings(file: string, css: string, has: (path: string) => unknown): Generator<ThemeFinding> {
  const text = withoutComments(css);
  for (const { index } of text.matchAll(/@import\b/gi))
    yield finding("T807", { file, line: lineAt(text, index) }, "It imports another style sheet.");
  for (const { index, 1: block } of text.matchAll(/@font-face\s*\{([^{}]*)\}/gi))
    if (!/font-display\s*:/i.test(block!))
      yield finding("T805", { file, line: lineAt(text, index) }, "A font has no font-display.");
  for (const { index, 1: given } of text.matchAll(/(?:url\(\s*|@import\s+)(?=["']?)["']?([^"')\s;]+)/gi)) {
    const address = given!;
    if (/^(data:|#|url\()/i.test(address)) continue;
    const at = { file, line: lineAt(text, index) };
    if (/^([a-z][a-z0-9+.-]*:)?\/\//i.test(address)) {
      yield finding("T803", at, `It loads ${address.slice(0, 100)}.`);
      continue;
    }
    const path = posix.join(posix.dirname(file), address.replace(/[?#].*$/, ""));
    if (!path.startsWith("assets/") || !has(path.slice("assets/".length)))
      yield finding("T806", at, `${address.slice(0, 100)} is not there.`);
  }
}

// Blanks instead, so that lines stay.
function withoutComments(css: string): string {
  const parts = css.split("/*");
  return parts
    .map((part, at) => {
      if (at === 0) return part;
      const end = part.indexOf("*/");
      return end < 0 ? part.replace(/[^\n]/g, " ") : `  ${part.slice(0, end + 2).replace(/[^\n]/g, " ")}${part.slice(end + 2)}`;
    })
    .join("");
}
