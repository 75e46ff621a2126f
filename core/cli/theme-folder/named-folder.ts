import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PublicError } from "../../errors.ts";
import { unpackTheme } from "../../render/themes/install-theme.ts";
import { needWord, type Console, type Typed } from "../command.ts";

/** The folder that was named; a PublicError when it is none. */
export function needFolder(typed: Typed, console: Console): string {
  const folder = resolve(console.cwd, needWord(typed, 1, "FOLDER"));
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new PublicError("theme.folder", `${folder} is not a folder: name the one with theme.json in it.`);
  return folder;
}

/** The archive that was named; a PublicError when there is none. */
export function needArchive(typed: Typed, console: Console): string {
  const file = resolve(console.cwd, needWord(typed, 1, "FILE.zip"));
  if (!existsSync(file) || !statSync(file).isFile())
    throw new PublicError("theme.archive", `There is no file ${file}: rookery theme zip makes one.`);
  return file;
}

/** Works on a theme's folder, or on what is in its archive, unpacked for as long as the work takes. */
export function onThemeFolder<T>(typed: Typed, console: Console, work: (folder: string) => T): T {
  const named = resolve(console.cwd, needWord(typed, 1, "FOLDER or FILE.zip"));
  if (!existsSync(named) || !statSync(named).isFile()) return work(needFolder(typed, console));
  const aside = mkdtempSync(join(tmpdir(), "rookery-theme-"));
  try {
    return work(unpackTheme(named, aside));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
