import { resolve } from "node:path";
import { readSettings } from "../../settings/settings.ts";
import { restoreBackup } from "../../backup/restore-backup.ts";
import { needWord, type Command } from "../command.ts";
import { progress } from "../progress.ts";

export const command: Command = {
  summary: "Makes the installation of a backup in an empty data folder and database.",
  usage: ["restore FILE"],
  async run(typed, console) {
    const file = resolve(console.cwd, needWord(typed, 0, "FILE"));
    const settings = readSettings(console.env, console);
    const shown = progress(console);
    try {
      const manifest = await restoreBackup(settings, file, shown.step);
      shown.end();
      const rows = manifest.tables.reduce((sum, table) => sum + table.digest.rows, 0);
      if (manifest.mediaElsewhere !== null)
        console.err(`Media was not in it: it lay in ${manifest.mediaElsewhere}; set MEDIA_URL.`);
      console.out(`Restored ${rows} rows of ${manifest.url} from ${manifest.madeAt}, compared and found whole.`);
    } finally {
      shown.end();
    }
  },
};
