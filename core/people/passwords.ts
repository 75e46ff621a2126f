import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { PublicError } from "../errors.ts";
import { isCommon } from "./common-passwords.ts";
import { Gate } from "./gate.ts";

type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number };
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
// Nobody's: compared with when there is no such account, so that the answer takes as long.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

// 4 at once and 20 waiting: each takes 19 MB and half a tenth of a second of a core.
const gate = new Gate(4, 20);

/** Whether a password is the account's, and whether its hash should be made anew with today's cost. */
export type PasswordCheck = { readonly isRight: boolean; readonly isStale: boolean };

/** Why a password will not do, as a sentence; null when it will. */
export function passwordProblem(password: string, username = ""): string | null {
  return passwordRefusal(password, username)?.message ?? null;
}

/** The refusal of a password that will not do, for every screen to say in its language; null when it will. */
export function passwordRefusal(password: string, username = ""): PublicError | null {
  const refusal = (why: string, sentence: string) => new PublicError(`account.password-${why}`, sentence, 422);
  const length = [...password.normalize("NFC")].length;
  if (length < 8) return refusal("short", "Use at least 8 characters.");
  if (length > 256) return refusal("long", "Use at most 256 characters.");
  if (username !== "" && password.toLowerCase().includes(username) && length < username.length + 8)
    return refusal("name", "Do not build it around your own name.");
  return isCommon(password) ? refusal("common", "This is one of the passwords tried first by guessers; choose another.") : null;
}

/** The argon2id hash of a password as a PHC string. PublicError 422 for one that will not do, 503 when too many wait. */
export async function hashPassword(password: string, username = ""): Promise<string> {
  const refusal = passwordRefusal(password, username);
  if (refusal) throw refusal;
  const salt = randomBytes(16);
  const tag = await derive(password, salt, cost);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** Compares a password with a stored hash; null is nobody's and takes as long. PublicError 503 when too many wait. */
export async function checkPassword(stored: string | null, password: string): Promise<PasswordCheck> {
  const { memory, passes, parallelism, salt, tag } = parse(stored ?? nobody);
  const given = await derive(password.slice(0, 1024), salt, { memory, passes, parallelism });
  const isRight = stored !== null && timingSafeEqual(given, tag);
  return { isRight, isStale: memory !== cost.memory || passes !== cost.passes || parallelism !== cost.parallelism };
}

function derive(password: string, nonce: Buffer, { memory, passes, parallelism }: Cost): Promise<Buffer> {
  const message = Buffer.from(password.normalize("NFC"));
  return gate.run(
    () =>
      new Promise((resolve, reject) => {
        argon2("argon2id", { message, nonce, memory, passes, parallelism, tagLength: 32 }, (error, tag) =>
          error ? reject(new Error("A password could not be hashed", { cause: error })) : resolve(tag),
        );
      }),
  );
}

function parse(phc: string): Cost & { readonly salt: Buffer; readonly tag: Buffer } {
  const found = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(phc);
  if (!found) throw new Error("A stored password hash is not argon2id in PHC form");
  const [, memory, passes, parallelism, salt, tag] = found;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt!, "base64"),
    tag: Buffer.from(tag!, "base64"),
  };
}

const base64 = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");
