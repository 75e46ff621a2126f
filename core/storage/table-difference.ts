import { nativeOf, type Column, type Dialect, type TableShape } from "./columns.ts";
import type { FoundColumn, FoundIndex, FoundTable } from "./found-tables.ts";

/** Where a table differs from its shape: what can be added to it, and what only somebody who knows the rows can change. */
export type Difference = {
  readonly columns: readonly string[];
  /** Columns that are to take more than now: longer ones, empty ones, another default. */
  readonly wider: readonly string[];
  readonly newIndexes: readonly string[];
  readonly oldIndexes: readonly string[];
  /** Sentences; while there is one, nothing is changed. */
  readonly problems: readonly string[];
};

/** What is declared does not fit the tables that are there, and only their plugin can say how it comes to fit; nothing was changed for it. */
export class UnfitTables extends Error {}

/** Compares a table of the database with its shape. */
export function differenceOf(found: FoundTable, wanted: TableShape, dialect: Dialect): Difference {
  const [columns, wider, problems]: [string[], string[], string[]] = [[], [], []];
  for (const name of found.columns.keys())
    if (!Object.hasOwn(wanted.columns, name))
      problems.push(`The column “${name}” of “${wanted.name}” is declared no more: a migration renames or drops it.`);
  for (const [name, column] of Object.entries(wanted.columns)) {
    const there = found.columns.get(name);
    if (!there) columns.push(name);
    const why = there ? misfit(there, column, dialect) : unfitToAdd(column);
    if (why) problems.push(`The column “${name}” of “${wanted.name}” ${why}`);
    else if (there && isWider(there, column, dialect)) wider.push(name);
  }
  const declared = (wanted.indexes ?? []).map((index) => ({ ...index, unique: index.unique ?? false }));
  const isIn = (list: readonly FoundIndex[], one: FoundIndex) => list.some((other) => isSameIndex(one, other));
  return {
    columns,
    wider,
    newIndexes: declared.filter((one) => !isIn(found.indexes, one)).map(({ name }) => name),
    oldIndexes: found.indexes.filter((one) => !isIn(declared, one)).map(({ name }) => name),
    problems,
  };
}

/** Whether nothing is different. */
export function isSame(difference: Difference): boolean {
  return Object.values(difference).every((list) => list.length === 0);
}

function unfitToAdd(column: Column): string | null {
  if (column.primary || column.type === "serial")
    return "is new and part of the key, which stays as it is: make a new table, and a migration that takes the rows over.";
  if (column.nullable || column.default !== undefined) return null;
  return "is new, and rows that are there have nothing in it: make it optional(), or give it a default by withDefault().";
}

function misfit(there: FoundColumn, column: Column, dialect: Dialect): string | null {
  const { type, length, charset } = nativeOf(column, dialect);
  const other = "a migration takes the values over into a new column.";
  if (there.type !== type) return `has another type (${there.type}, declared ${type}): ${other}`;
  if (there.isPrimary !== (column.primary ?? false)) return "is in the key, or not any more: only a new table has another key.";
  if (length !== undefined && there.length !== null && there.length > Number(length))
    return `is declared shorter (${there.length}, now ${length}): ${other}`;
  if (charset && there.charset && there.charset !== charset && charset === "ascii")
    return `is declared ASCII, and may hold other letters: ${other}`;
  if (there.isNullable && !column.nullable) return `may be empty in rows that are there: ${other}`;
  return null;
}

function isWider(there: FoundColumn, column: Column, dialect: Dialect): boolean {
  const { length, charset } = nativeOf(column, dialect);
  const initial = column.default === undefined ? null : String(column.default);
  return (
    (length !== undefined && there.length !== Number(length)) ||
    (charset !== undefined && there.charset !== null && there.charset !== charset) ||
    (!there.isNullable && (column.nullable ?? false)) ||
    there.initial !== initial
  );
}

function isSameIndex(one: FoundIndex, other: FoundIndex): boolean {
  return one.name === other.name && one.unique === other.unique && one.columns.join() === other.columns.join();
}
