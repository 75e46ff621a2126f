import { createHash } from "node:crypto";

/** SHA-256 in hexadecimal. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The key of the one subscription a callback has to a topic. */
export function subscriptionId(topic: string, callback: string): string {
  return hashOf(`${topic}\n${callback}`);
}
