import { randomBytes } from "node:crypto";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
let lastTime = -1;
let lastRandom: number[] = [];

/**
 * A new ULID: 26 characters, sorts by time, and rises strictly within one process even in one millisecond
 * (https://github.com/ulid/spec). Ids never rely on it across machines: order lists by a time column first.
 */
export function ulid(now: number = Date.now()): string {
  if (now > lastTime) {
    lastTime = now;
    lastRandom = [...randomBytes(16)].map((byte) => byte & 31);
  } else {
    increment(lastRandom);
  }
  return timeLetters(lastTime) + lastRandom.map((digit) => letters[digit]).join("");
}

/** True for the 26 characters of a ULID; anything else in an address is "not found". */
export function isUlid(value: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(value);
}

/** An unguessable name of 26 characters (130 bits) for files and links. */
export function randomName(): string {
  return [...randomBytes(26)].map((byte) => letters[byte & 31]!.toLowerCase()).join("");
}

function timeLetters(time: number): string {
  let rest = time;
  let text = "";
  for (let i = 0; i < 10; i++) {
    text = letters[rest % 32]! + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function increment(digits: number[]): void {
  for (let i = digits.length - 1; i >= 0; i--) {
    if (digits[i]! < 31) {
      digits[i]!++;
      return;
    }
    digits[i] = 0;
  }
}
