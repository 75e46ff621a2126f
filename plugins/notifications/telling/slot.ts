import { createHash } from "node:crypto";
import type { Notice } from "rookery/plugin";

/** What makes two notices one: their kind and subject; those without a subject stand for themselves. */
export function slotOf({ kind, subject, id = "" }: Pick<Notice, "kind" | "subject"> & { readonly id?: string }): string {
  return createHash("sha256")
    .update(subject === "" ? `id ${id}` : `${kind} ${subject}`)
    .digest("hex");
}
