import { coreMigrations } from "../../../migrations/index.ts";
import { PublicError } from "../../errors.ts";
import { describeUpgrade } from "../../host/shape/upgrade.ts";
import type { Upgrades } from "../../host/shape/upgrades.ts";
import { coreTables } from "../../schema.ts";
import { prepareDataFolder } from "../../settings/data-folder.ts";
import { createLog } from "../../settings/log.ts";
import { readSettings, type Settings } from "../../settings/settings.ts";
import { databaseTrouble } from "../../storage/database-trouble.ts";
import { migrate, pendingMigrations } from "../../storage/migrate.ts";
import { Storage } from "../../storage/storage.ts";
import type { Command, Console } from "../command.ts";

export const command: Command = {
  summary: "Brings the database's tables up to date, plugins' own too.",
  usage: ["migrate [--dry-run]"],
  options: { "dry-run": { type: "boolean" } },
  async run(typed, console) {
    const settings = readSettings(console.env, console);
    prepareDataFolder(settings.dataFolder);
    const isDry = typed.is("dry-run");
    const { names, arePluginsOn } = await ownTables(settings, isDry);
    for (const name of names) console.out(`${isDry ? "would run" : "ran"} ${name}`);
    if (isDry && names.length > 0) return console.out("What plugins need is known when that is done.");
    const count = arePluginsOn ? await tablesOfPlugins(settings, console, isDry) : 0;
    if (names.length + count === 0) console.out("The database is up to date.");
  },
};

async function ownTables(settings: Settings, isDry: boolean): Promise<{ names: readonly string[]; arePluginsOn: boolean }> {
  const storage = await Storage.open({ url: settings.databaseUrl, tables: coreTables, migrations: coreMigrations }).catch(
    (error) => {
      throw databaseTrouble(settings.databaseUrl, error);
    },
  );
  try {
    const names = isDry ? await pendingMigrations(storage) : await migrate(storage);
    if (isDry && names.length > 0) return { names, arePluginsOn: false };
    const [row] = await storage.query("SELECT id FROM plugins WHERE state = 'enabled' LIMIT 1");
    return { names, arePluginsOn: row !== undefined };
  } finally {
    await storage.close();
  }
}

// Opening the house brings plugins up to date, or says what there is to do.
async function tablesOfPlugins(settings: Settings, console: Console, isDry: boolean): Promise<number> {
  const { House } = await import("../../house.ts");
  // What fails is said at the end.
  const log = { ...createLog({ ...settings, logLevel: "error" }), error: () => undefined };
  const house = await House.open(settings, { log, schema: isDry ? "check" : "migrate" });
  let upgrades: Upgrades;
  try {
    ({ upgrades } = house.host);
  } finally {
    await house.close();
  }
  const { done, waiting, failed, unfit } = upgrades;
  for (const upgrade of isDry ? waiting : done)
    console.out(`${isDry ? "would bring up to date" : "brought up to date"} ${describeUpgrade(upgrade)}`);
  const trouble = [...failed.values(), ...unfit.values()];
  if (trouble.length > 0) throw new PublicError("migrate.plugins", trouble.join(" "));
  return done.length + waiting.length;
}
