import { createHmac } from "node:crypto";

/** The value of `X-Hub-Signature` (WebSub §7.1): an HMAC over exactly the bytes that are sent. */
export function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(body, "utf8").digest("hex")}`;
}
