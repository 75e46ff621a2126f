import { resolve } from "node:path";
import { coreMigrations } from "../../../migrations/index.ts";
import { systemClock } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { coreTables } from "../../schema.ts";
import { readSettings } from "../../settings/settings.ts";
import { isFresh, pendingMigrations } from "../../storage/migrate.ts";
import { Storage } from "../../storage/storage.ts";
import { noteBackup } from "../../backup/kept-backups.ts";
import { writeBackup } from "../../backup/write-backup.ts";
import { needWord, type Command } from "../command.ts";
import { databaseTrouble } from "../../storage/database-trouble.ts";
import { progress } from "../progress.ts";

export const command: Command = {
  summary: "Saves the whole installation to one file, also while it runs.",
  usage: ["backup FILE"],
  async run(typed, console) {
    const file = resolve(console.cwd, needWord(typed, 0, "FILE"));
    const settings = readSettings(console.env, console);
    if (isFresh(settings.databaseUrl)) {
      throw new PublicError(
        "backup.nothing",
        `There is no installation in ${settings.dataFolder} yet: set ROOKERY_DATA, or start Rookery first.`,
      );
    }
    const storage = await Storage.open({ url: settings.databaseUrl, tables: coreTables, migrations: coreMigrations }).catch(
      (error) => {
        throw databaseTrouble(settings.databaseUrl, error);
      },
    );
    const shown = progress(console);
    try {
      if ((await pendingMigrations(storage)).length > 0) {
        throw new PublicError("backup.outdated", "The database is not up to date: run rookery migrate, then back up.");
      }
      const manifest = await writeBackup({ settings, storage, clock: systemClock }, file, shown.step);
      await noteBackup(storage, systemClock.now());
      shown.end();
      const rows = manifest.tables.reduce((sum, table) => sum + table.digest.rows, 0);
      const files = manifest.entries.filter((entry) => !/^(tables\/|secret$)/.test(entry.path)).length;
      if (manifest.mediaElsewhere !== null)
        console.err(`Media is not in it: it lies in ${manifest.mediaElsewhere}, back that up there.`);
      console.err("It holds the installation's secret: keep it where nobody else can read it (its mode is 0600).");
      console.out(`Saved ${rows} rows and ${files} files to ${file}, read again and found whole.`);
    } finally {
      shown.end();
      await storage.close();
    }
  },
};
