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
