import type { Bindable } from "./storage.ts";

// MariaDB will not compare an ASCII column (a host, a name, an id) with a text that has other letters. 2, 3 or more at once.
const refusals: readonly unknown[] = [
  "ER_CANT_AGGREGATE_2COLLATIONS",
  "ER_CANT_AGGREGATE_3COLLATIONS",
  "ER_CANT_AGGREGATE_NCOLLATIONS",
];

/**
 * Runs a statement on MariaDB so that it answers as SQLite does when somebody asks for `é` where only ASCII is stored: nothing is
 * equal to it. Only once it was refused, the texts with such letters say how they are compared, as no index serves that.
 */
export async function comparingOtherLetters<T>(
  run: (sql: string) => Promise<T>,
  sql: string,
  values: readonly Bindable[],
): Promise<T> {
  try {
    return await run(sql);
  } catch (error) {
    const parts = sql.split("?");
    if (!refusals.includes((error as { code?: unknown }).code) || parts.length !== values.length + 1) throw error;
    return run(parts.reduce((before, part, at) => `${before}${placeFor(values[at - 1])}${part}`));
  }
}

const placeFor = (value: Bindable | undefined): string =>
  typeof value === "string" && !isAscii(value) ? "(? COLLATE utf8mb4_bin)" : "?";

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);
