import { readTheme, readTemplate, templateNames, type ThemeCheck, type ThemeUnderCheck } from "./theme-under-check.ts";
import { assetFindings } from "./asset-check.ts";
import { contrastFindings } from "./contrast-check.ts";
import { drawnPages } from "./drawn-pages.ts";
import { fileFindings } from "./file-check.ts";
import type { ThemeFinding } from "./finding.ts";
import { manifestFindings } from "./manifest-check.ts";
import { outputFindings } from "./output-check.ts";
import { pageFindings } from "./page-check.ts";
import { settingsFindings } from "./settings-check.ts";
import { findingsOfSource, sourceFindings } from "./source-check.ts";
import { namesGivenBy } from "./context-check.ts";
import { findingsOfTemplate, namesOf, templateFindings } from "./template-check.ts";
import { Theme } from "../themes/theme.ts";
import type { Themes } from "../themes/themes.ts";

// One group of codes each; a new group is one more entry.
const checks: readonly ThemeCheck[] = [
  manifestFindings,
  fileFindings,
  templateFindings,
  outputFindings,
  settingsFindings,
  assetFindings,
  contrastFindings,
  sourceFindings,
  drawnFindings,
];

// An admin brings a theme once; anybody may try a template again and again.
const longest = { theme: 3000, template: 1000 };
// Of one template in the editor.
const mostOfCode = 100;

/** Everything the checker finds in a theme's folder, by code, file and line; `themes` knows its parents. */
export function checkTheme(folder: string, themes: Themes): ThemeFinding[] {
  const theme = readTheme(folder, themes);
  return sorted(withoutEchoes(checks.flatMap((check) => [...check(theme)])));
}

/**
 * What the checker finds in one template before it is kept: a blog's own copy in the editor. `chain` is the theme it belongs to
 * and its parents (`themes.chain(id)`, cut to begin at that theme). Besides the source, the sample pages are drawn with it.
 */
export function checkTemplate(source: string, at: { readonly name: string; readonly chain: readonly Theme[] }): ThemeFinding[] {
  const [theme, ...parents] = at.chain;
  if (!theme) return [];
  const template = readTemplate(at.name, source);
  const templates = new Set([at.name, ...at.chain.flatMap(({ folder }) => templateNames(folder))]);
  const own = "error" in template ? [] : namesGivenBy(at.name, source);
  const given = new Set([...own, ...at.chain.flatMap(namesOf)]);
  const texts = at.chain.map((one) => one.texts("en") ?? {});
  const hasText = (key: string) =>
    texts.some((all) => [key, `${key}.one`, `${key}.other`].some((form) => Object.hasOwn(all, form)));
  const found = [...findingsOfTemplate(template, { templates, given, hasText }), ...findingsOfSource(template)];
  if ("error" in template) return firstOfEach(sorted(found));
  const copy = { theme: theme.id, template: at.name, source, version: 1 };
  const before = knownBefore(theme, parents);
  const drawn = pageFindings(drawnPages(theme, parents, { overrides: [copy], milliseconds: longest.template }), theme.id);
  // What was so before is the theme's; the editor tells what this template brings.
  const brought = drawn.filter((one) => one.file === `templates/${at.name}` && !before.has(keyOf(one)));
  return firstOfEach(sorted(withoutEchoes([...found, ...brought])));
}

// Thirteen thousand pictures without a description are one mistake; nobody reads a list of them.
function firstOfEach(found: readonly ThemeFinding[]): ThemeFinding[] {
  const counts = new Map<string, number>();
  return found.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= mostOfCode;
  });
}

// What the source shows fails again when pages are drawn.
function withoutEchoes(found: readonly ThemeFinding[]): ThemeFinding[] {
  const known = new Set(found.filter(({ code }) => /^T30[1-46]$/.test(code)).map(({ file, line }) => `${file} ${line}`));
  return found.filter(({ code, file, line }) => code !== "T309" || !known.has(`${file} ${line}`));
}

function* drawnFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  if ("problem" in theme.manifest || theme.files.some(({ isLink }) => isLink)) return;
  yield* pageFindings(
    drawnPages(new Theme(theme.folder, theme.manifest), theme.parents, { milliseconds: longest.theme }),
    theme.manifest.id,
  );
}

const known = new WeakMap<Theme, { readonly parents: readonly Theme[]; readonly keys: ReadonlySet<string> }>();

// A theme is another object as soon as one of its files changes.
function knownBefore(theme: Theme, parents: readonly Theme[]): ReadonlySet<string> {
  const kept = known.get(theme);
  if (kept?.parents.length === parents.length && kept.parents.every((parent, at) => parent === parents[at])) return kept.keys;
  const keys = new Set(pageFindings(drawnPages(theme, parents, { milliseconds: longest.theme }), theme.id).map(keyOf));
  known.set(theme, { parents, keys });
  return keys;
}

const keyOf = ({ code, message }: ThemeFinding) => `${code} ${message}`;

function sorted(found: readonly ThemeFinding[]): ThemeFinding[] {
  const number = ({ code }: ThemeFinding) => Number(code.slice(1));
  return found.toSorted((a, b) => number(a) - number(b) || a.file.localeCompare(b.file) || a.line - b.line);
}
