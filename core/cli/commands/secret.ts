import { systemClock } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { audit } from "../../people/audit.ts";
import { resealSecrets, SecretBox } from "../../people/secret-box.ts";
import { isSecretOfDatabase, setSecretMark } from "../../people/secret-mark.ts";
import { lockDataFolder } from "../../settings/data-folder.ts";
import { installationSecret } from "../../settings/secret.ts";
import { readSettings } from "../../settings/settings.ts";
import { isFresh, pendingMigrations } from "../../storage/migrate.ts";
import type { Storage } from "../../storage/storage.ts";
import { needWord, noSuch, UsageError, type Command, type Console, type Typed } from "../command.ts";
import { consent } from "../consent.ts";

export const command: Command = {
  summary: "Takes another installation secret on purpose.",
  usage: ["secret change --old-secret-stdin < old", "secret change --yes"],
  options: { "old-secret-stdin": { type: "boolean" }, yes: { type: "boolean" } },
  async run(typed, console) {
    const action = needWord(typed, 0, "change");
    if (action !== "change") throw noSuch("rookery secret", action, ["change"]);
    const old = typed.is("old-secret-stdin") ? await readOld(console) : null;
    const settings = readSettings(console.env, console);
    if (isFresh(settings.databaseUrl))
      throw new PublicError("cli.nothing", `There is no installation in ${settings.dataFolder} yet: set ROOKERY_DATA.`);
    // What runs here would go on sealing with the old one.
    const lock = lockDataFolder(settings.dataFolder, "start");
    const { openStorage } = await import("../../house.ts");
    const storage = await openStorage(settings);
    try {
      await change({ storage, typed, console }, old, () => installationSecret(settings));
    } finally {
      await storage.close();
      lock.release();
    }
  },
};

type Parts = { readonly storage: Storage; readonly typed: Typed; readonly console: Console };

async function change({ storage, typed, console }: Parts, old: string | null, present: () => string): Promise<void> {
  if ((await pendingMigrations(storage)).length > 0)
    throw new PublicError("secret.outdated", "The database is not up to date: run rookery migrate first.");
  if (old !== null && !(await isSecretOfDatabase(storage, old)))
    throw new PublicError("secret.not-old", "What came with --old-secret-stdin is not the secret this database was set up with.");
  if (old === null)
    await consent(
      typed,
      console,
      "Without the old secret (--old-secret-stdin) the passwords and keys in settings cannot be opened any more and must be entered again. Go on?",
    );
  const secret = present();
  const now = systemClock.now();
  const { resealed } = await storage.write(async (db) => {
    await setSecretMark(db, secret, now);
    await audit(db, { action: "secret.changed", subject: "installation", via: "cli" }, now);
    const [from, to] = [new SecretBox(old ?? secret), new SecretBox(secret)];
    return resealSecrets(db, from, to, now);
  });
  console.out(
    old === null ? "The database takes this secret now." : `The database takes this secret now; ${resealed} values sealed anew.`,
  );
}

async function readOld(console: Console): Promise<string> {
  const old = (await console.input()).trim();
  if (Buffer.byteLength(old) < 32)
    throw new UsageError("--old-secret-stdin: send the old secret, 32 characters at least, on stdin.");
  return old;
}
