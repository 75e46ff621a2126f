import { createHmac, hkdfSync } from "node:crypto";
import { existsSync } from "node:fs";
import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import { installationSecret, secretFile } from "../settings/secret.ts";
import type { Settings } from "../settings/settings.ts";
import { insert, upsert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";

type Place = Pick<Settings, "secret" | "dataFolder">;

const name = "installation-secret-mark";

/**
 * The installation's secret, which must be the one its database was begun with: the first start leaves a mark of it there. A
 * PublicError when another data folder or another `ROOKERY_SECRET` meets the database; no secret is made then.
 */
export async function secretOfDatabase(storage: Storage, place: Place, now: Date): Promise<string> {
  const before = await readMark(storage);
  const isMissing = place.secret === null && !existsSync(secretFile(place.dataFolder));
  if (before !== null && isMissing) throw otherSecret(place, "and there is none here");
  const secret = installationSecret(place);
  const mark = markOf(secret);
  if (before === null) {
    const row = { name, value: mark, updated_at: stamp(now) };
    await storage.write((db) => insert(db, "site_settings", [row], { ignore: true }));
  }
  // Of two machines that start together for the first time the second one finds the first one's mark.
  if ((before ?? (await readMark(storage))) === mark) return secret;
  throw otherSecret(place, `not the one in ${place.secret === null ? secretFile(place.dataFolder) : "ROOKERY_SECRET"}`);
}

/** Whether the database was set up with this secret; also true while it has none. */
export async function isSecretOfDatabase(storage: Storage, secret: string): Promise<boolean> {
  const mark = await readMark(storage);
  return mark === null || mark === markOf(secret);
}

/** From now on the database belongs to this secret: a change on purpose. */
export async function setSecretMark(db: Transaction, secret: string, now: Date): Promise<void> {
  await upsert(db, "site_settings", { name, value: markOf(secret), updated_at: stamp(now) }, ["name"]);
}

async function readMark(storage: Storage): Promise<string | null> {
  const rows = await storage.query("SELECT value FROM site_settings WHERE name = ?", [name]);
  return rows[0] ? String(rows[0].value) : null;
}

// Whoever reads the database learns nothing of the secret from it: a keyed hash of a fixed text.
function markOf(secret: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "rookery secret mark", 32));
  return createHmac("sha256", key).update("This database belongs to this secret.").digest("hex");
}

function otherSecret({ dataFolder }: Place, why: string): PublicError {
  const file = secretFile(dataFolder);
  return new PublicError(
    "settings.secret-other",
    `This database was set up with another secret, ${why}: set ROOKERY_SECRET to that one or put its file at ${file} (backups hold it); rookery secret change takes a new one on purpose.`,
  );
}
