import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PublicError } from "../errors.ts";
import { makeFolder } from "../settings/make-folder.ts";

/** Writes the files of something new into a folder that is not there yet; a PublicError when it cannot be written. */
export function writeScaffold(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    for (const [path, text] of Object.entries(files)) {
      makeFolder(dirname(join(folder, path)));
      writeFileSync(join(folder, path), text, { flag: "wx" });
    }
  } catch (error) {
    throw new PublicError(
      "cli.into",
      `${folder} cannot be written (${(error as Error).message}): name another place with --into.`,
    );
  }
}
