import { createHash } from "node:crypto";

/** SHA-256 of a text, in hexadecimal digits. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A number of an item, from whatever somebody sends; null for what can be none. */
export function numberFrom(text: string | null | undefined): number | null {
  if (!text || !/^[1-9][0-9]{0,9}$/.test(text)) return null;
  const number = Number(text);
  return number <= 2_147_483_647 ? number : null;
}

/** So many question marks. */
export const marks = (count: number): string => Array<string>(count).fill("?").join(", ");
