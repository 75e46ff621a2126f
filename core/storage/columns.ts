import { EntitySchema, Table, TableIndex, type EntitySchemaColumnOptions } from "typeorm";

/** Which database engine answers; MariaDB and MySQL are "mysql". */
export type Dialect = "sqlite" | "mysql";

/** A column said once, portable between SQLite and MySQL/MariaDB. */
export type Column = {
  readonly type: "ascii" | "line" | "text" | "int" | "flag" | "serial" | "double";
  readonly length?: number;
  readonly nullable?: boolean;
  readonly primary?: boolean;
  readonly default?: number | string;
};

/** A table said once: entity and migration are both made from it. */
export type TableShape = {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly indexes?: readonly { readonly name: string; readonly columns: readonly string[]; readonly unique?: boolean }[];
};

/** A ULID that is the row's key. */
export const key = (): Column => ({ type: "ascii", length: 26, primary: true });
/** A ULID of another row. */
export const ref = (): Column => ({ type: "ascii", length: 26 });
/** A moment as core/clock.ts `stamp` writes it. */
export const time = (): Column => ({ type: "ascii", length: 24 });
/** A machine word in ASCII: a kind, a status, a hash, a host. */
export const word = (length: number): Column => ({ type: "ascii", length });
/** One line of anybody's text, compared byte by byte on both databases. */
export const line = (length: number): Column => ({ type: "line", length });
/** Text or JSON of any length, never indexed. */
export const text = (): Column => ({ type: "text" });
/** A whole number up to 2,147,483,647. */
export const int = (initial?: number): Column => (initial === undefined ? { type: "int" } : { type: "int", default: initial });
/** Yes or no, stored as 1 or 0. */
export const flag = (): Column => ({ type: "flag" });
/** A number with a fraction or beyond 32 bits, such as bytes. */
export const double = (): Column => ({ type: "double" });
/** The row's own rising integer key. */
export const serial = (): Column => ({ type: "serial", primary: true });
/** The same column, but it may be empty. */
export const optional = (column: Column): Column => ({ ...column, nullable: true });
/** The same column with a value for rows that say none; needed to add one that may not be empty to a table with rows. */
export function withDefault(column: Column, value: number | string): Column {
  // MySQL gives long texts none.
  if (column.type === "text") throw new Error("A column made by text() cannot have a default: make it optional().");
  return { ...column, default: value };
}
/** The same column as (part of) the key. */
export const primary = (column: Column): Column => ({ ...column, primary: true });

/** A column's type as an engine names it. */
export type Native = { type: string; length?: string; charset?: string; collation?: string };

/**
 * What an engine calls the type of a column. Text is compared byte by byte everywhere (SQLite's way), so that a unique name
 * means the same on both databases.
 */
export function nativeOf(column: Column, dialect: Dialect): Native {
  const my = dialect === "mysql";
  switch (column.type) {
    case "ascii":
      return { type: "varchar", length: String(column.length), ...(my && { charset: "ascii", collation: "ascii_bin" }) };
    case "line":
      return { type: "varchar", length: String(column.length), ...(my && { charset: "utf8mb4", collation: "utf8mb4_bin" }) };
    case "text":
      return my ? { type: "longtext", charset: "utf8mb4", collation: "utf8mb4_bin" } : { type: "text" };
    case "flag":
      return { type: my ? "tinyint" : "integer" };
    case "double":
      return { type: "double" };
    default:
      return { type: my ? "int" : "integer" };
  }
}

/** A column's default as SQL says it. */
export function defaultOf({ type, default: value }: Column): string {
  const isText = type === "ascii" || type === "line" || type === "text";
  // Single quotes are the only thing to double: MySQL's backslash is refused, so the text means the same everywhere.
  if (isText && /[\\\0]/.test(String(value))) throw new Error("A default holds no backslash.");
  return isText ? `'${String(value).replaceAll("'", "''")}'` : String(Number(value));
}

/** The TypeORM entity of a table for one database engine. */
export function toEntity(table: TableShape, dialect: Dialect): EntitySchema<Record<string, unknown>> {
  const columns: Record<string, EntitySchemaColumnOptions> = {};
  for (const [name, column] of Object.entries(table.columns)) {
    const { length, ...type } = nativeOf(column, dialect);
    columns[name] = {
      ...type,
      ...(length === undefined ? {} : { length }),
      nullable: column.nullable ?? false,
      primary: column.primary ?? false,
      ...(column.default === undefined ? {} : { default: column.default }),
      ...(column.type === "serial" ? { generated: "increment" } : {}),
    } as EntitySchemaColumnOptions;
  }
  const indices = (table.indexes ?? []).map(({ name, columns, unique }) => ({
    name,
    columns: [...columns],
    unique: unique ?? false,
  }));
  return new EntitySchema<Record<string, unknown>>({ name: table.name, tableName: table.name, columns, indices });
}

/** The TypeORM table of the same shape, for migrations. */
export function toTable(table: TableShape, dialect: Dialect): Table {
  return new Table({
    name: table.name,
    columns: Object.entries(table.columns).map(([name, column]) => ({
      name,
      ...nativeOf(column, dialect),
      isNullable: column.nullable ?? false,
      isPrimary: column.primary ?? false,
      ...(column.default === undefined ? {} : { default: defaultOf(column) }),
      ...(column.type === "serial" ? { isGenerated: true, generationStrategy: "increment" as const } : {}),
    })),
    indices: (table.indexes ?? []).map(
      ({ name, columns, unique }) => new TableIndex({ name, columnNames: [...columns], isUnique: unique ?? false }),
    ),
  });
}
