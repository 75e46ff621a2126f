import type { CopyResult, Json } from "rookery/plugin";
import type { CrosspostErrorKind } from "./crosspost-error.ts";

/** What a service said went wrong. */
export type Trouble = { readonly kind: CrosspostErrorKind; readonly message: string; readonly retryAt?: string | undefined };

/**
 * What crosspost keeps of a copy with the core: its key, whether a create may have left the house, whether nobody said yet what
 * became of it (`isUnsure`), marks of the texts that left with it, and what the service gave.
 */
export type Kept = {
  readonly key: string;
  readonly hasBegun: boolean;
  readonly isUnsure: boolean;
  readonly texts: readonly string[];
  readonly service: Json;
};

/** An error as trouble of the service; null for one that is something else, such as a mistake in a plugin. */
export function troubleOf(error: unknown): Trouble | null {
  // By its name: after an update the class of a plugin's copy of the module is another one.
  const { name, kind, message, retryAt } = (error ?? {}) as Partial<Trouble> & { name?: unknown };
  return name === "CrosspostError" && kind ? { kind, message: String(message).slice(0, 1000), retryAt } : null;
}

/** What the core kept, as it was given; a fresh `key` where there is nothing yet. */
export function keptOf(copy: Json, key: string): Kept {
  const kept = copy as Partial<Kept> | null;
  const [hasBegun, isUnsure] = [kept?.hasBegun === true, kept?.isUnsure === true];
  const texts = Array.isArray(kept?.texts) ? kept.texts.map(String) : [];
  if (typeof kept?.key === "string") return { key: kept.key, hasBegun, isUnsure, texts, service: kept.service ?? null };
  return { key, hasBegun: false, isUnsure: false, texts: [], service: null };
}

/**
 * What becomes of a copy whose create went wrong, by the class of the error. `canFind` says that the service can be asked whether
 * it is there after all; `duplicate` is settled before.
 */
export function afterTrouble(trouble: Trouble, kept: Kept, canFind: boolean): CopyResult {
  const reason = trouble.message;
  // What was told to be wrong was not done; what can be looked up is looked up all the same.
  const { isUnsure } = kept;
  const copy: Kept = { ...kept, hasBegun: canFind && kept.hasBegun };
  switch (trouble.kind) {
    case "auth":
      return { state: "parked", reason, copy };
    case "permanent":
      return { state: "failed", reason, copy };
    case "rate":
      return { state: "later", reason, copy, isUnsure, ...(trouble.retryAt !== undefined && { at: trouble.retryAt }) };
    case "transient":
      return { state: "later", reason, copy, isUnsure };
    case "duplicate":
      return { state: "sent", copy: kept };
    case "unknown":
      return canFind ? { state: "later", reason, copy: kept, isUnsure } : { state: "unknown", reason, copy: kept };
  }
}
