import type { Bindable, Transaction } from "./storage.ts";

/** Column values of one row; `undefined` is left to the column's default only when every row leaves it out. */
export type Values = Readonly<Record<string, Bindable | boolean>>;

const bind = (value: Bindable | boolean | undefined): Bindable => (typeof value === "boolean" ? Number(value) : (value ?? null));

// Names come from our own code, never from outside; the check keeps it so.
function name(identifier: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(identifier)) throw new Error(`“${identifier}” is not a column or table name`);
  return `\`${identifier}\``;
}

/** Inserts rows of one shape in as few statements as the engines allow; `ignore` keeps existing rows. Gives how many came in. */
export async function insert(
  db: Transaction,
  table: string,
  rows: readonly Values[],
  options: { readonly ignore?: boolean } = {},
): Promise<number> {
  const first = rows[0];
  if (!first) return 0;
  const columns = Object.keys(first);
  // On SQLite only a row that is there already is passed by; MySQL's IGNORE is the one form that counts right, and it also
  // swallows what SQLite refuses, so a mistake in the columns shows there.
  const verb = options.ignore && db.dialect === "mysql" ? "INSERT IGNORE" : "INSERT";
  const tail = options.ignore && db.dialect === "sqlite" ? " ON CONFLICT DO NOTHING" : "";
  const head = `${verb} INTO ${name(table)} (${columns.map(name).join(", ")}) VALUES `;
  const tuple = `(${columns.map(() => "?").join(", ")})`;
  let count = 0;
  // Fixed sizes keep the number of different statements small, so their prepared forms are used again. On MySQL nothing is prepared,
  // and each statement is a way there and back.
  for (let at = 0; at < rows.length;) {
    const rest = rows.length - at;
    const size = db.dialect === "mysql" ? Math.min(rest, 25) : ([25, 5].find((many) => rest >= many) ?? 1);
    const values = rows.slice(at, at + size).flatMap((row) => columns.map((column) => bind(row[column])));
    count += await db.run(head + Array<string>(size).fill(tuple).join(", ") + tail, values);
    at += size;
  }
  return count;
}

/** Changes the rows that match `where` exactly; gives how many matched (on MySQL too). */
export async function update(db: Transaction, table: string, set: Values, where: Values): Promise<number> {
  const assignments = Object.keys(set).map((column) => `${name(column)} = ?`);
  const values = [...Object.values(set).map(bind), ...bound(where)];
  return db.run(`UPDATE ${name(table)} SET ${assignments.join(", ")} WHERE ${conditions(where)}`, values);
}

/** Removes the rows that match `where` exactly; an empty `where` is refused. */
export async function remove(db: Transaction, table: string, where: Values): Promise<number> {
  return db.run(`DELETE FROM ${name(table)} WHERE ${conditions(where)}`, bound(where));
}

/** Inserts a row, or changes the one with the same `keys`. */
export async function upsert(db: Transaction, table: string, row: Values, keys: readonly string[]): Promise<void> {
  const columns = Object.keys(row);
  const rest = columns.filter((column) => !keys.includes(column));
  const source = db.dialect === "sqlite" ? (c: string) => `excluded.${name(c)}` : (c: string) => `VALUES(${name(c)})`;
  const changes = (rest.length > 0 ? rest : keys).map((column) => `${name(column)} = ${source(column)}`).join(", ");
  const conflict =
    db.dialect === "sqlite" ? `ON CONFLICT (${keys.map(name).join(", ")}) DO UPDATE SET` : "ON DUPLICATE KEY UPDATE";
  await db.run(
    `INSERT INTO ${name(table)} (${columns.map(name).join(", ")}) VALUES (${columns.map(() => "?").join(", ")}) ${conflict} ${changes}`,
    columns.map((column) => bind(row[column])),
  );
}

/** `?, ?, ?` for an IN list of that many values. */
export function marks(count: number): string {
  return Array<string>(count).fill("?").join(", ");
}

// “IS NULL” has no place for a value.
const bound = (where: Values): Bindable[] =>
  Object.values(where)
    .filter((value) => value !== null)
    .map(bind);

function conditions(where: Values): string {
  const columns = Object.keys(where);
  if (columns.length === 0) throw new Error("A change of every row at once is not offered here");
  return columns.map((column) => (where[column] === null ? `${name(column)} IS NULL` : `${name(column)} = ?`)).join(" AND ");
}
