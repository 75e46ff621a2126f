import { PublicError } from "../../errors.ts";
import { audit } from "../../people/audit.ts";
import { installTheme } from "../../render/themes/install-theme.ts";
import type { Console, Typed } from "../command.ts";
import { findingLines, verdict } from "./findings.ts";
import { needArchive } from "./named-folder.ts";
import { withHouse } from "../with-house.ts";

/** `rookery theme install FILE.zip`: checked first; a newer version takes the place of the one there, blogs keep their settings. */
export async function installArchive(typed: Typed, console: Console): Promise<number> {
  const file = needArchive(typed, console);
  return withHouse(console, async (house) => {
    const home = { dataFolder: house.settings.dataFolder, themes: house.themes };
    const outcome = installTheme(file, home, typed.is("yes"));
    for (const line of findingLines(outcome.findings)) console.err(line);
    if (!outcome.ok) {
      const { errors, sentence } = verdict("It", outcome.findings);
      if (errors > 0) throw new PublicError("theme.errors", `${sentence.slice(0, -1)} and was not installed.`);
      throw new PublicError(
        "theme.scripts",
        `It runs ${outcome.scripts.join(", ")} on readers' pages: look at what that does, then give --yes.`,
      );
    }
    const { manifest, before } = outcome;
    const detail = { version: manifest.version, before: before ?? "", scripts: manifest.scripts.join(", ") };
    const now = house.clock.now();
    await house.storage.write((db) => audit(db, { action: "theme.installed", subject: manifest.id, via: "cli", detail }, now));
    console.out(
      `${manifest.id} ${manifest.version} is installed${before === null ? "" : `, in place of ${before}`}: rookery theme use ${manifest.id} --blog ADDRESS.`,
    );
    return 0;
  });
}
