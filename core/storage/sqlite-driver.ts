import { DatabaseSync, type StatementSync } from "node:sqlite";

/**
 * node:sqlite in the shape that TypeORM's better-sqlite3 driver expects, given to it through its `driver` option:
 * no native module to compile. Only what that driver calls is here.
 */
export class SqliteConnection {
  readonly database: DatabaseSync;

  constructor(path: string, options: { readonly?: boolean; timeout?: number }) {
    this.database = new DatabaseSync(path, { readOnly: options.readonly ?? false, timeout: options.timeout ?? 5000 });
  }

  prepare(sql: string): SqliteStatement {
    // A deferred transaction that turns into a writer fails at once when another process wrote meanwhile; an immediate one waits.
    return new SqliteStatement(this.database.prepare(sql === "BEGIN TRANSACTION" ? "BEGIN IMMEDIATE" : sql));
  }

  /** A statement for reading, over and over. */
  reading(sql: string): ReadStatement {
    return new ReadStatement(this.database.prepare(sql), sql);
  }

  pragma(command: string): unknown[] {
    return this.database.prepare(`PRAGMA ${command}`).all();
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  close(): void {
    this.database.close();
  }
}

class SqliteStatement {
  readonly reader: boolean;
  readonly #statement: StatementSync;

  constructor(statement: StatementSync) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(...values: Parameters<StatementSync["all"]>): unknown[] {
    return this.#statement.all(...values);
  }

  run(...values: Parameters<StatementSync["run"]>): ReturnType<StatementSync["run"]> {
    return this.#statement.run(...values);
  }
}

/**
 * A prepared SELECT. Its rows are ordinary objects of one shape: those that node:sqlite makes are looked up like dictionaries,
 * which takes longer than to read them from the file.
 */
export class ReadStatement {
  readonly #statement: StatementSync;
  readonly #names: readonly string[];
  readonly #empty: Readonly<Record<string, unknown>>;

  constructor(statement: StatementSync, sql: string) {
    this.#statement = statement;
    // A star may mean other columns tomorrow, when the table was changed; names that are written out stay.
    this.#names = sql.includes("*") ? [] : statement.columns().map(({ name }) => name);
    this.#empty = Object.fromEntries(this.#names.map((name) => [name, null]));
    if (this.#names.length > 0) statement.setReturnArrays(true);
  }

  all(...values: Parameters<StatementSync["all"]>): unknown[] {
    const rows: unknown[] = this.#statement.all(...values);
    return this.#names.length === 0 ? rows : rows.map((row) => this.#rowOf(row as readonly unknown[]));
  }

  #rowOf(values: readonly unknown[]): Record<string, unknown> {
    const row: Record<string, unknown> = { ...this.#empty };
    const names = this.#names;
    for (let at = 0; at < names.length; at++) row[names[at]!] = values[at];
    return row;
  }
}
