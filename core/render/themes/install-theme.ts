import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { PublicError } from "../../errors.ts";
import { randomName } from "../../ids.ts";
import { readZip, type UnpackedFile } from "../../net/zip-read.ts";
import { checkTheme } from "../theme-check/check-theme.ts";
import type { ThemeFinding } from "../theme-check/finding.ts";
import { parseManifest, type ThemeManifest } from "./manifest.ts";
import type { Themes } from "./themes.ts";

const limits = { files: 500, bytes: 10_000_000 };

/** Where themes that somebody brought lie, and themes of this installation to stand on. */
export type ThemeHome = { readonly dataFolder: string; readonly themes: Themes };

/** A theme that is installed now, or what the checker found: errors keep it out. */
export type InstallOutcome =
  | {
      readonly ok: true;
      readonly manifest: ThemeManifest;
      readonly findings: readonly ThemeFinding[];
      readonly before: string | null;
    }
  | { readonly ok: false; readonly findings: readonly ThemeFinding[]; readonly scripts: readonly string[] };

/**
 * Installs a zipped theme: unpacked beside, checked, and only then moved to its place, over an older version. `mayScript` says
 * that an admin lets it run scripts on readers' pages. PublicError 422 when it is no archive of a theme, 409 for a theme that
 * came with Rookery.
 */
export function installTheme(file: string, home: ThemeHome, mayScript: boolean): InstallOutcome {
  // On the same disk as its place, so that moving it there is one step.
  const aside = join(home.dataFolder, "themes-incoming", randomName());
  try {
    const folder = unpackTheme(file, aside);
    const id = basename(folder);
    const place = join(home.dataFolder, "themes", id);
    if (home.themes.find(id) && !existsSync(place))
      throw new PublicError("theme.bundled", `“${id}” came with Rookery and is not replaced.`, 409, { id });
    const findings = checkTheme(folder, home.themes);
    const manifest = parseManifest(readFileSync(join(folder, "theme.json"), "utf8"), id);
    if ("problem" in manifest) throw refused("manifest", manifest.problem);
    const isWrong = findings.some(({ level }) => level === "error");
    if (isWrong || (manifest.scripts.length > 0 && !mayScript)) return { ok: false, findings, scripts: manifest.scripts };
    const before = versionAt(place, id);
    moveInto(folder, place, join(aside, "before"));
    home.themes.lookAgain(id);
    return { ok: true, manifest, findings, before };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/**
 * Unpacks a theme's archive into a folder of its id below `aside`, and gives that folder. PublicError 422, and nothing written,
 * when it is no archive of a theme, holds too much or could lead elsewhere.
 */
export function unpackTheme(file: string, aside: string): string {
  if (statSync(file).size > limits.bytes) throw refused("size", `A theme's archive has ${limits.bytes / 1_000_000} MB at most.`);
  const files = withoutFolder(readZip(readFileSync(file), limits));
  const folder = join(aside, idOf(files));
  unpack(files, folder);
  return folder;
}

// Until the new one is in its place, the old one can come back.
function moveInto(folder: string, place: string, before: string): void {
  const isThere = existsSync(place);
  mkdirSync(dirname(place), { recursive: true });
  if (isThere) renameSync(place, before);
  try {
    renameSync(folder, place);
  } catch (error) {
    if (isThere) renameSync(before, place);
    throw error;
  }
}

/** Removes a theme that somebody installed; the caller knows that nobody uses it. False when there is none. */
export function removeTheme(id: string, { dataFolder, themes }: ThemeHome): boolean {
  const place = join(dataFolder, "themes", id);
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(id) || !existsSync(place)) return false;
  rmSync(place, { recursive: true });
  themes.lookAgain(id);
  return true;
}

// Archives hold the theme's folder, or what is in it.
function withoutFolder(files: readonly UnpackedFile[]): readonly UnpackedFile[] {
  const own = files.filter(({ path }) => !/(^|\/)(__MACOSX\/|\.DS_Store$)/.test(path));
  if (own.some(({ path }) => path === "theme.json")) return own;
  const folder = own.find(({ path }) => /^[^/]+\/theme\.json$/.test(path))?.path.split("/")[0];
  if (folder === undefined) throw refused("no-manifest", "There is no theme.json in the archive: zip the theme's folder.");
  const stray = own.find(({ path }) => !path.startsWith(`${folder}/`));
  if (stray)
    throw refused("stray", `Beside the theme's folder there is “${stray.path}”: zip the folder alone.`, { path: stray.path });
  return own.map(({ path, bytes }) => ({ path: path.slice(folder.length + 1), bytes }));
}

function idOf(files: readonly UnpackedFile[]): string {
  const text = files.find(({ path }) => path === "theme.json")!.bytes.toString("utf8");
  let id: unknown;
  try {
    id = (JSON.parse(text) as { id?: unknown } | null)?.id;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (typeof id === "string" && /^[a-z][a-z0-9-]{1,39}$/.test(id)) return id;
  const why = "theme.json names no “id” of 2 to 40 small letters, digits and hyphens.";
  throw refused("manifest", why, { why });
}

function unpack(files: readonly UnpackedFile[], folder: string): void {
  for (const { path, bytes } of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes, { flag: "wx" });
  }
}

function versionAt(place: string, id: string): string | null {
  if (!existsSync(join(place, "theme.json"))) return null;
  const manifest = parseManifest(readFileSync(join(place, "theme.json"), "utf8"), id);
  return "problem" in manifest ? null : manifest.version;
}

function refused(why: string, sentence: string, values: Record<string, string | number> = {}): PublicError {
  return new PublicError(`theme.${why}`, sentence, 422, values);
}
