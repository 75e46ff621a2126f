import type { TablesApi } from "../context.types.ts";

type OwnRow = Record<string, string | number | null>;

/** Which rows of a plugin's own table: those that have these values, in the order of a column that is unique among them. */
export type OwnRows<T = OwnRow> = {
  readonly table: string;
  /** As SQL names them; all unless told. */
  readonly columns?: string;
  readonly of: Readonly<Record<string, string | number>>;
  readonly along: string;
  /** What becomes of each row; itself unless told. */
  readonly as?: (row: OwnRow) => T;
};

const handful = 200;

/**
 * Rows of a plugin's own table, read some at a time: page 1,000 costs as little as the first where an index has the columns.
 * @since 1
 */
export async function* ownRows<T = OwnRow>(
  { tables }: { readonly tables: Pick<TablesApi, "query"> },
  wanted: OwnRows<T>,
): AsyncGenerator<T> {
  const { table, columns = "*", along, as = (row) => row as T } = wanted;
  const same = Object.keys(wanted.of).map((column) => `${column} = ?`);
  const values = Object.values(wanted.of);
  const selected = columns === "*" ? columns : [...new Set([...columns.split(/,\s*/), along])].join(", ");
  for (let last: string | number | null = null; ;) {
    const beyond = last === null ? "" : ` AND ${along} > ?`;
    const sql = `SELECT ${selected} FROM ${table} WHERE ${same.join(" AND ")}${beyond} ORDER BY ${along} LIMIT ${handful}`;
    const rows: OwnRow[] = await tables.query<OwnRow>(sql, last === null ? values : [...values, last]);
    for (const row of rows) yield as(row);
    last = rows.at(-1)?.[along] ?? null;
    if (rows.length < handful || last === null) return;
  }
}
