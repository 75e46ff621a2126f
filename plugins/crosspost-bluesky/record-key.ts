import { createHash } from "node:crypto";

const digits = "234567abcdefghijklmnopqrstuvwxyz";

/**
 * A record key of the protocol (TID): 13 letters that sort by time, of microseconds and ten more bits. What the clock does not know
 * is taken from `seed`, so that one seed and moment always have the same key, and two posts of one moment do not.
 */
export function recordKey(seed: string, moment: Date): string {
  const hash = createHash("sha256").update(seed).digest();
  const [micros, clock] = [BigInt(hash.readUInt32BE(0) % 1000), BigInt(hash.readUInt16BE(4) % 1024)];
  let rest = (BigInt(Math.max(0, moment.getTime())) * 1000n + micros) * 1024n + clock;
  let key = "";
  for (let at = 0; at < 13; at++, rest /= 32n) key = digits[Number(rest % 32n)]! + key;
  return key;
}
