import { createHmac, timingSafeEqual } from "node:crypto";

/** Whether a delivery is signed with the secret (WebSub §7.1): HMAC over the bytes as they came, by sha1, sha256, sha384 or sha512. */
export function isSigned(header: string, secret: string, body: Uint8Array): boolean {
  const [, method, digits] = /^\s*(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})\s*$/i.exec(header) ?? [];
  if (!method || !digits) return false;
  const made = createHmac(method.toLowerCase(), secret).update(body).digest();
  const given = Buffer.from(digits, "hex");
  return given.length === made.length && timingSafeEqual(given, made);
}
