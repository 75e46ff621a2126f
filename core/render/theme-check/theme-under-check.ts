import { existsSync, globSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { analyse, compile, TemplateError, type Analysis, type Template } from "../theme-engine/engine.ts";
import { parseManifest, type ThemeManifest } from "../themes/manifest.ts";
import { parseTexts } from "../../languages.ts";
import type { Theme } from "../themes/theme.ts";
import type { Themes } from "../themes/themes.ts";
import type { ThemeFinding } from "./finding.ts";

/** A file of the folder; `path` is relative, with slashes. */
export type ThemeFile = { readonly path: string; readonly bytes: number; readonly isLink: boolean };

/** A template with its source and what it uses, or why it cannot be compiled. */
export type CheckedTemplate = { readonly name: string; readonly source: string } & (
  { readonly uses: Analysis } | { readonly error: TemplateError }
);

/** A theme as it lies in a folder, read once for all checks. */
export type ThemeUnderCheck = {
  readonly folder: string;
  /** The text of theme.json; null when there is none. */
  readonly manifestText: string | null;
  readonly manifest: ThemeManifest | { readonly problem: string };
  readonly files: readonly ThemeFile[];
  readonly templates: readonly CheckedTemplate[];
  /** The English texts of its locales. */
  readonly ownTexts: Readonly<Record<string, string>>;
  /** The themes its templates fall back to, the base theme last. */
  readonly parents: readonly Theme[];
  readonly themes: Themes;
};

/** One group of checks; more groups are added to the list in check-theme.ts. */
export type ThemeCheck = (theme: ThemeUnderCheck) => Iterable<ThemeFinding>;

const mostFiles = 2000;

/** Reads a theme's folder; nothing in it is trusted, nothing wrong with it is thrown. */
export function readTheme(folder: string, themes: Themes): ThemeUnderCheck {
  const files = filesOf(folder);
  const has = existsSync(join(folder, "theme.json")) && files.some(({ path, isLink }) => path === "theme.json" && !isLink);
  const manifestText = has ? readFileSync(join(folder, "theme.json"), "utf8") : null;
  const manifest = manifestText === null ? { problem: "There is no theme.json." } : parseManifest(manifestText, basename(folder));
  const parent = "problem" in manifest ? "base" : (manifest.parent ?? "base");
  const templates = files
    .filter(({ path, isLink, bytes }) => /^templates\/.+\.njk$/.test(path) && !isLink && bytes <= 1024 * 1024)
    .map(({ path }) => readTemplate(path.slice("templates/".length), readFileSync(join(folder, path), "utf8")));
  const isBase = !("problem" in manifest) && manifest.id === "base";
  const english = files.find(({ path, isLink, bytes }) => path === "locales/en.json" && !isLink && bytes <= 64 * 1024);
  const ownTexts = (english && parseTexts(readFileSync(join(folder, english.path), "utf8"))) ?? {};
  return { folder, manifestText, manifest, files, templates, ownTexts, parents: isBase ? [] : themes.chain(parent), themes };
}

/** The text of a file of the theme; empty for a link and what is too large to be one. */
export function textOf({ folder, files }: ThemeUnderCheck, path: string): string {
  const file = files.find((one) => one.path === path);
  return !file || file.isLink || file.bytes > 1024 * 1024 ? "" : readFileSync(join(folder, path), "utf8");
}

/** The templates that can be compiled. */
export function soundTemplates({ templates }: ThemeUnderCheck): { name: string; source: string; uses: Analysis }[] {
  return templates.flatMap((template) => ("uses" in template ? [template] : []));
}

/** What a template of another theme uses; null when it cannot be compiled. */
export function usesOf(theme: Theme, name: string): Analysis | null {
  const template = templateOf(theme, name);
  return template && analyse(template);
}

/** A template of another theme; null when there is none, or none that can be compiled. */
export function templateOf(theme: Theme, name: string): Template | null {
  try {
    return theme.template(name);
  } catch (error) {
    if (error instanceof TemplateError) return null;
    throw error;
  }
}

/** The names of all templates of a theme's folder. */
export function templateNames(folder: string): string[] {
  return globSync("**/*.njk", { cwd: join(folder, "templates") }).map((name) => name.split(sep).join("/"));
}

/** Every name with what the template uses that a page would get: the theme's own, else its nearest parent's. */
export function effectiveTemplates(theme: ThemeUnderCheck): Map<string, Analysis> {
  const found = new Map(soundTemplates(theme).map(({ name, uses }) => [name, uses]));
  for (const parent of theme.parents)
    for (const name of templateNames(parent.folder)) {
      const uses = found.has(name) ? null : usesOf(parent, name);
      if (uses) found.set(name, uses);
    }
  return found;
}

/** A template ready to be checked, from its source. */
export function readTemplate(name: string, source: string): CheckedTemplate {
  try {
    return { name, source, uses: analyse(compile(source, name)) };
  } catch (error) {
    if (error instanceof TemplateError) return { name, source, error };
    throw error;
  }
}

function filesOf(folder: string): ThemeFile[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return entries.slice(0, mostFiles).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const facts = lstatSync(path);
    return { path: relative(folder, path).split(sep).join("/"), bytes: facts.size, isLink: !facts.isFile() };
  });
}
