import { nativeOf, type Column, type TableShape } from "../../storage/columns.ts";

type Index = NonNullable<TableShape["indexes"]>[number];

// What MariaDB can hold; SQLite, where most plugins are written, takes anything.
const [mostInIndex, mostInRow] = [3072, 65_535];
const name = /^[a-z][a-z0-9_]{0,63}$/;

/** The first thing wrong with a table of a plugin whose tables begin with `prefix`, on either database; null when it is sound. */
export function tableProblem(table: TableShape, prefix: string): string | null {
  if (typeof table?.name !== "string" || typeof table.columns !== "object" || Array.isArray(table.columns))
    return "each of its tables is { name, columns: { name: column } }.";
  if (!table.name.startsWith(prefix)) return `table “${table.name}” must be named ${prefix}….`;
  if (!name.test(table.name)) return `table “${table.name}” must be named with a–z, 0–9 and _, 64 at most.`;
  if (!table.columns.blog_id) return `table “${table.name}” needs a column blog_id.`;
  const columns = Object.entries(table.columns);
  for (const [column, shape] of columns) {
    const wrong = columnProblem(column, shape);
    if (wrong) return `column “${column}” of “${table.name}” ${wrong}`;
  }
  const primary = columns.filter(([, shape]) => shape.primary).map(([column]) => column);
  if (primary.length === 0) return `table “${table.name}” needs a key: a column made by key(), or by primary(…).`;
  const row = columns.reduce((sum, [, shape]) => sum + bytesOf(shape), 0);
  if (row > mostInRow)
    return `table “${table.name}” is too wide for MariaDB (${row} of ${mostInRow} bytes; a letter of line() counts 4): make long columns text().`;
  for (const index of [{ name: `${prefix}key`, columns: primary }, ...(table.indexes ?? [])]) {
    const wrong = indexProblem(table, index, prefix);
    if (wrong) return `index “${index.name}” of “${table.name}” ${wrong}`;
  }
  return null;
}

function columnProblem(column: string, shape: Column): string | null {
  if (!name.test(column)) return "must be named with a–z, 0–9 and _.";
  if (typeof shape?.type !== "string") return "is made by none of key, ref, time, word, line, text, int, double, flag.";
  const needsLength = shape.type === "ascii" || shape.type === "line";
  if (needsLength && !(Number.isInteger(shape.length) && shape.length! > 0)) return "needs a length: word(10), line(200).";
  return null;
}

function indexProblem({ columns }: TableShape, index: Index, prefix: string): string | null {
  // On SQLite all indexes of a database have names of their own.
  if (!index.name.startsWith(prefix) || !name.test(index.name)) return `must be named ${prefix}….`;
  const gone = index.columns.find((column) => !Object.hasOwn(columns, column));
  if (gone) return `is of the column “${gone}”, which the table does not have.`;
  const long = index.columns.find((column) => columns[column]!.type === "text");
  if (long) return `is of “${long}”, and text() is never indexed: use word(…) or line(…), of a hash for what is long.`;
  const bytes = index.columns.reduce((sum, column) => sum + bytesOf(columns[column]!), 0);
  if (bytes > mostInIndex)
    return `is too long for MariaDB (${bytes} of ${mostInIndex} bytes; a letter of line() counts 4): index a hash instead.`;
  return null;
}

function bytesOf(column: Column): number {
  const { length } = nativeOf(column, "mysql");
  if (length === undefined) return column.type === "text" ? 12 : 8;
  return Number(length) * (column.type === "line" ? 4 : 1) + 2;
}
