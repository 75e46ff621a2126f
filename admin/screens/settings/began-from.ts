import { createHash } from "node:crypto";
import { one } from "../../fields.ts";

/** What a form shows of what is stored, by the names of its fields. */
export type Stored = Readonly<Record<string, unknown>>;

/** A short word for what a form began from, which goes along in its field `began`; another one later means that somebody saved meanwhile. */
export function beganFrom(stored: Stored): string {
  return createHash("sha256").update(JSON.stringify(stored)).digest("hex").slice(0, 16);
}

/**
 * Whether somebody saved something else since a form began, so that storing it would overwrite what its sender never saw. The same
 * form sent twice is no such thing, and one that does not say what it began from is believed.
 */
export function isOvertaken(sent: URLSearchParams, stored: Stored, wanted: Stored): boolean {
  const began = one(sent, "began");
  const isThere = Object.entries(wanted).every(([name, value]) => JSON.stringify(value) === JSON.stringify(stored[name]));
  return began !== "" && began !== beganFrom(stored) && !isThere;
}
