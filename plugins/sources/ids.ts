import { createHash, randomBytes } from "node:crypto";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new id in the shape of a ULID: the later, the larger. */
export function newId(now: Date): string {
  let time = now.getTime();
  let head = "";
  for (let place = 0; place < 10; place++) {
    head = letters[time % 32]! + head;
    time = Math.floor(time / 32);
  }
  return head + [...randomBytes(16)].map((byte) => letters[byte & 31]).join("");
}

/** Whether a text can be an id; only then it is asked for in a column of ASCII. */
export const isId = (text: string): boolean => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);

/** SHA-256 of a text, in hexadecimal digits. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
