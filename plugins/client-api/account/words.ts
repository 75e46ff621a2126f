import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** A new word that opens something once: 20 upper-case hexadecimal digits, which apps also take when it is pasted. */
export const newWord = (): string => randomBytes(10).toString("hex").toUpperCase();

/** What is stored of a word. */
export const hashOf = (word: string): string => createHash("sha256").update(word).digest("hex");

// The word itself is the secret, so that whoever reads the database has neither.
const keyOf = (word: string): Buffer => createHash("sha256").update(`sealed by ${word}`).digest();

/** A value that only whoever has the word can read. */
export function seal(word: string, value: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(word), nonce);
  const sealed = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64");
}

/** What was sealed with the word. */
export function unseal(word: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(word), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
}
