import { createHash } from "node:crypto";
import type { TableShape } from "../storage/columns.ts";
import type { Row } from "../storage/storage.ts";

/** How many rows, and a hash that does not depend on their order: databases give rows in different ones. */
export type TableDigest = { readonly rows: number; readonly sha256: string };

/** One row as the backup writes it: its values in the order of the table's columns. */
export function lineOf(shape: TableShape, row: Row): string {
  return JSON.stringify(Object.keys(shape.columns).map((name) => row[name] ?? null));
}

/** Adds up rows to a digest. Rows differ by their key, so the exclusive or of their hashes loses none. */
export class Digest {
  #rows = 0;
  readonly #sum = Buffer.alloc(32);

  add(line: string): void {
    this.#rows++;
    const hash = createHash("sha256").update(line).digest();
    for (let i = 0; i < 32; i++) this.#sum[i]! ^= hash[i]!;
  }

  result(): TableDigest {
    return { rows: this.#rows, sha256: this.#sum.toString("hex") };
  }
}
