import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import { upsert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";

/** Seals text with AES-256-GCM so that it opens only with the installation's secret and only at its own place. */
export class SecretBox {
  /** Says which secret sealed something, without giving it away: 16 hex digits. */
  readonly keyId: string;
  readonly #key: Buffer;

  /** `secret` is ROOKERY_SECRET, at least 32 bytes. */
  constructor(secret: string) {
    if (Buffer.byteLength(secret) < 32) throw new Error("The secret for sealing is shorter than 32 bytes");
    this.#key = Buffer.from(hkdfSync("sha256", secret, "", "rookery secrets at rest", 32));
    this.keyId = createHash("sha256").update("key id").update(this.#key).digest("hex").slice(0, 16);
  }

  /** The sealed text (base64url of nonce, tag and cipher); `place` must be given again to open it. */
  seal(place: string, text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
  }

  /** The text again. Throws when it was changed, moved to another place, or sealed with another secret. */
  open(place: string, sealed: string): string {
    const bytes = Buffer.from(sealed, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  }
}

/** Stores a secret at a place (`plugin/mail/password`, at most 190 ASCII characters), over one that is there. */
export async function sealSecret(
  db: Transaction,
  box: SecretBox,
  secret: { place: string; value: string },
  now: Date,
): Promise<void> {
  if (!/^[\x21-\x7e]{1,190}$/.test(secret.place)) throw new Error(`“${secret.place}” cannot be a secret's place`);
  const row = { place: secret.place, sealed: box.seal(secret.place, secret.value), key_id: box.keyId, updated_at: stamp(now) };
  await upsert(db, "secrets", row, ["place"]);
}

/** The secret at a place; null when there is none. A PublicError when it was sealed with another ROOKERY_SECRET. */
export async function openSecret(storage: Pick<Storage, "query">, box: SecretBox, place: string): Promise<string | null> {
  const rows = await storage.query("SELECT sealed, key_id FROM secrets WHERE place = ?", [place]);
  if (!rows[0]) return null;
  if (rows[0].key_id !== box.keyId)
    throw new PublicError(
      "secret.other-key",
      `The secret “${place}” was sealed with another ROOKERY_SECRET; put that one back, or enter the secret again.`,
      409,
      { place },
    );
  return box.open(place, String(rows[0].sealed));
}

/** Seals everything anew that `from` can open, so that `to` can; gives how many, and how many of a third secret stayed as they are. */
export async function resealSecrets(
  db: Transaction,
  from: SecretBox,
  to: SecretBox,
  now: Date,
): Promise<{ resealed: number; left: number }> {
  const rows = await db.query("SELECT place, sealed, key_id FROM secrets WHERE key_id <> ?", [to.keyId]);
  const own = rows.filter((row) => row.key_id === from.keyId);
  for (const row of own) {
    const place = String(row.place);
    await sealSecret(db, to, { place, value: from.open(place, String(row.sealed)) }, now);
  }
  return { resealed: own.length, left: rows.length - own.length };
}

/** Removes the secrets whose place begins so (`plugin/mail/`); gives how many. */
export async function eraseSecrets(db: Transaction, prefix: string): Promise<number> {
  if (prefix === "") throw new Error("Erasing every secret at once is not offered here");
  return db.run("DELETE FROM secrets WHERE SUBSTR(place, 1, ?) = ?", [prefix.length, prefix]);
}
