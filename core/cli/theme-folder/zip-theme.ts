import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PublicError } from "../../errors.ts";
import { zip } from "../../net/zip-write.ts";
import { checkTheme } from "../../render/theme-check/check-theme.ts";
import { readTheme } from "../../render/theme-check/theme-under-check.ts";
import type { Themes } from "../../render/themes/themes.ts";
import type { Console, Typed } from "../command.ts";
import { needFolder } from "./named-folder.ts";

/** `rookery theme zip FOLDER`: checked first; the same files give the same archive, byte for byte. */
export function zipTheme(typed: Typed, console: Console, themes: Themes): void {
  const folder = needFolder(typed, console);
  const error = checkTheme(folder, themes).find(({ level }) => level === "error");
  if (error)
    throw new PublicError("theme.errors", `It has errors, the first in ${error.file}: ${error.message} (rookery theme check)`);
  const { manifest, files } = readTheme(folder, themes);
  if ("problem" in manifest) throw new PublicError("theme.manifest", manifest.problem);
  const file = resolve(console.cwd, typed.text("out") ?? `${manifest.id}-${manifest.version}.zip`);
  const inside = ({ path }: { path: string }) => ({ path: `${manifest.id}/${path}`, bytes: readFileSync(join(folder, path)) });
  try {
    writeFileSync(file, zip(files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(inside)));
  } catch (cause) {
    const sentence = `${file} cannot be written (${(cause as Error).message}): name another place with --out.`;
    throw Object.assign(new PublicError("cli.out", sentence), { cause });
  }
  console.out(file);
}
