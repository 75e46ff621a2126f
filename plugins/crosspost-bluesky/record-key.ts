import { randomInt } from "node:crypto";

const digits = "234567abcdefghijklmnopqrstuvwxyz";

/** A record key of the protocol (TID): 13 letters that sort by time, of microseconds and ten random bits. */
export function recordKey(now: Date): string {
  // The clock knows milliseconds: three more digits by chance keep two posts of one moment apart.
  let rest = (BigInt(now.getTime()) * 1000n + BigInt(randomInt(1000))) * 1024n + BigInt(randomInt(1024));
  let key = "";
  for (let at = 0; at < 13; at++, rest /= 32n) key = digits[Number(rest % 32n)]! + key;
  return key;
}
