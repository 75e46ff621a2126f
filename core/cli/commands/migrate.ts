import { coreMigrations } from "../../../migrations/index.ts";
import { coreTables } from "../../schema.ts";
import { prepareDataFolder } from "../../settings/data-folder.ts";
import { readSettings } from "../../settings/settings.ts";
import { migrate, pendingMigrations } from "../../storage/migrate.ts";
import { Storage } from "../../storage/storage.ts";
import type { Command } from "../command.ts";
import { databaseTrouble } from "../../storage/database-trouble.ts";

export const command: Command = {
  summary: "Brings the database's tables up to date.",
  usage: ["migrate [--dry-run]"],
  options: { "dry-run": { type: "boolean" } },
  async run(typed, console) {
    const settings = readSettings(console.env, console);
    prepareDataFolder(settings.dataFolder);
    const storage = await Storage.open({ url: settings.databaseUrl, tables: coreTables, migrations: coreMigrations }).catch(
      (error) => {
        throw databaseTrouble(settings.databaseUrl, error);
      },
    );
    try {
      const isDry = typed.is("dry-run");
      const names = isDry ? await pendingMigrations(storage) : await migrate(storage);
      for (const name of names) console.out(`${isDry ? "would run" : "ran"} ${name}`);
      if (names.length === 0) console.out("The database is up to date.");
    } finally {
      await storage.close();
    }
  },
};
