import type { Column, TableShape } from "../../storage/columns.ts";
import type { Migration } from "./migration.types.ts";

/** Tables by name. */
export type Shapes = ReadonlyMap<string, TableShape>;

/** One migration with the tables around it. */
export type Stage = {
  readonly migration: Migration;
  readonly columnNames: readonly { readonly table: string; readonly from: string; readonly to: string }[];
  readonly tableNames: readonly { readonly from: string; readonly to: string }[];
  /** The tables while it runs: after the new names, with what it drops still there. */
  readonly during: Shapes;
  /** The tables when it is done. */
  readonly after: Shapes;
};

/** What tables had to be like to have a history. */
export class HistoryError extends Error {}

type Declared = { readonly tables?: readonly TableShape[]; readonly migrations?: readonly Migration[] };

/**
 * The way from the first tables to the declared ones. It is walked back from these: what a migration drops was there before it, and
 * what it names anew had the old name. What the host adds by itself needs no place in it. Throws HistoryError with a sentence when
 * migrations and declared tables do not agree.
 */
export function historyOf({ tables = [], migrations = [] }: Declared): {
  readonly first: Shapes;
  readonly stages: readonly Stage[];
} {
  let shapes: Shapes = new Map(tables.map((table) => [table.name, table]));
  const stages: Stage[] = [];
  migrations.forEach(({ number }, at) => {
    if (number !== at + 1) throw new HistoryError(`its migrations must be numbered 1, 2, 3 … in their order.`);
  });
  for (const migration of migrations.toReversed()) {
    const during = withDropped(shapes, migration);
    const names = namesOf(migration);
    stages.unshift({ migration, ...names, during, after: shapes });
    shapes = withOldNames(during, names, migration.number);
  }
  return { first: shapes, stages };
}

function withDropped(shapes: Shapes, { number, dropColumns = {}, dropTables = [] }: Migration): Shapes {
  const during = new Map(shapes);
  for (const table of dropTables) {
    if (during.has(table.name)) throw wrong(number, `drops the table “${table.name}”, which is still declared`);
    during.set(table.name, table);
  }
  for (const [name, columns] of Object.entries(dropColumns)) {
    const table = during.get(name);
    if (!table) throw wrong(number, `drops columns of “${name}”, which is no table then`);
    for (const [column, { primary }] of Object.entries(columns)) {
      if (Object.hasOwn(table.columns, column))
        throw wrong(
          number,
          `drops the column “${column}” of “${name}”, which is still declared, or again: give the new one another name`,
        );
      if (primary) throw wrong(number, `drops “${column}”, a part of the key of “${name}”: make a new table instead`);
    }
    during.set(name, { ...table, columns: { ...table.columns, ...columns } });
  }
  return during;
}

function namesOf({ number, renames = {} }: Migration): Pick<Stage, "columnNames" | "tableNames"> {
  const columnNames: { table: string; from: string; to: string }[] = [];
  const tableNames: { from: string; to: string }[] = [];
  for (const [old, to] of Object.entries(renames)) {
    const [table, from, ...more] = old.split(".");
    if (more.length > 0 || ![table, from ?? "x", to].every((name) => /^[a-z][a-z0-9_]{0,63}$/.test(name!)))
      throw wrong(number, `has a name that is none, in “${old}” to “${to}”: say "table": "table" or "table.column": "column"`);
    if (from === undefined) tableNames.push({ from: table!, to });
    else columnNames.push({ table: table!, from, to });
  }
  return { columnNames, tableNames };
}

function withOldNames(during: Shapes, names: Pick<Stage, "columnNames" | "tableNames">, number: number): Shapes {
  const before = new Map(during);
  for (const { from, to } of names.tableNames) {
    const table = before.get(to);
    if (!table) throw wrong(number, `names the table “${from}” “${to}”, but there is none of that name then`);
    if (before.has(from)) throw wrong(number, `names the table “${from}” “${to}”, but “${from}” is still declared`);
    before.delete(to);
    before.set(from, { ...table, name: from });
  }
  for (const { table: name, from, to } of names.columnNames) {
    const table = before.get(name);
    if (!table?.columns[to]) throw wrong(number, `names “${from}” of “${name}” “${to}”, but there is no such column then`);
    if (table.columns[from]) throw wrong(number, `names “${from}” of “${name}” “${to}”, but “${from}” is still declared`);
    before.set(name, withColumn(table, to, from));
  }
  return before;
}

function withColumn(table: TableShape, from: string, to: string): TableShape {
  const columns = Object.entries(table.columns).map(([name, column]): [string, Column] => [name === from ? to : name, column]);
  const indexes = table.indexes?.map((index) => ({
    ...index,
    columns: index.columns.map((name) => (name === from ? to : name)),
  }));
  return { ...table, columns: Object.fromEntries(columns), ...(indexes && { indexes }) };
}

function wrong(number: number, what: string): HistoryError {
  return new HistoryError(`migration ${number} ${what}.`);
}
