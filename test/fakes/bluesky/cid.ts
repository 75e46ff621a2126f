import { createHash } from "node:crypto";

const letters = "abcdefghijklmnopqrstuvwxyz234567";

/** A CID (version 1, SHA-256, base 32) of bytes: of a blob (`raw`) or of a record. */
export function cidOf(bytes: Uint8Array | string, codec: "raw" | "record"): string {
  const digest = createHash("sha256").update(bytes).digest();
  const all = Buffer.concat([Buffer.from([1, codec === "raw" ? 0x55 : 0x71, 0x12, 0x20]), digest]);
  let bits = "";
  for (const byte of all) bits += byte.toString(2).padStart(8, "0");
  return `b${(bits.match(/.{1,5}/g) ?? []).map((five) => letters[Number.parseInt(five.padEnd(5, "0"), 2)]).join("")}`;
}
