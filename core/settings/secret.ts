import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { PublicError } from "../errors.ts";
import type { Settings } from "./settings.ts";

/** Where the generated secret lies. */
export function secretFile(dataFolder: string): string {
  return join(dataFolder, "secret");
}

/**
 * The key for secrets at rest and signed links: `ROOKERY_SECRET`, or the one in the data folder, made there at first use with
 * mode 0600. A PublicError when others on the machine could read the file, or it is broken.
 */
export function installationSecret(settings: Pick<Settings, "secret" | "dataFolder">): string {
  if (settings.secret !== null) return settings.secret;
  const file = secretFile(settings.dataFolder);
  if (!existsSync(file)) writeSecret(settings.dataFolder, randomBytes(32).toString("hex"));
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new PublicError("settings.secret-readable", `Others on this machine can read ${file}: run chmod 600 ${file}`);
  }
  const secret = readFileSync(file, "utf8").trim();
  if (Buffer.byteLength(secret) < 32) {
    throw new PublicError("settings.secret-broken", `${file} is shorter than 32 characters: put it back from a backup.`);
  }
  return secret;
}

/** Puts a secret into the data folder, mode 0600; one that is there already stays. */
export function writeSecret(dataFolder: string, secret: string): void {
  const file = secretFile(dataFolder);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const handle = openSync(draft, "wx", 0o600);
  writeSync(handle, `${secret}\n`);
  fsyncSync(handle);
  closeSync(handle);
  chmodSync(draft, 0o600);
  try {
    // A link, not a rename: of two processes starting together the first one's secret stays.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}
