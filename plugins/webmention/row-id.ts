import { createHash } from "node:crypto";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A name for a row that is the same whenever it is made of the same things: 26 letters as a ULID has them. */
export function rowId(...parts: readonly string[]): string {
  const bytes = createHash("sha256").update(parts.join("\n")).digest();
  return [...bytes.subarray(0, 26)].map((byte) => letters[byte & 31]).join("");
}

/** SHA-256 of a text, in hexadecimal digits. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
