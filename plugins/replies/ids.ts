import { createHash } from "node:crypto";

/** SHA-256 of a text, in hexadecimal digits. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A number of an item, from whatever somebody sends; null for what can be none. 0 stands for no item: a mention. */
export function numberFrom(given: string | number | null | undefined): number | null {
  const text = String(given ?? "");
  if (!/^(0|[1-9][0-9]{0,9})$/.test(text)) return null;
  const number = Number(text);
  return number <= 2_147_483_647 ? number : null;
}
