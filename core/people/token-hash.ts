import { createHash, randomBytes } from "node:crypto";

/** 32 random bytes in base64url (43 characters): a session, a token, a link. */
export function secretToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The SHA-256 of a token in hex: all that is stored of it. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
