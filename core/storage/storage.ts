import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as immediate, setTimeout as after } from "node:timers/promises";
import { QueryFailedError, type DataSource, type QueryRunner } from "typeorm";
import type { Dialect } from "./columns.ts";
import { dialectOf, openSource, type SourceOptions } from "./open-source.ts";
import { comparingOtherLetters } from "./other-letters.ts";
import type { ReadStatement, SqliteConnection } from "./sqlite-driver.ts";
import { StatementGroup } from "./statement-group.ts";

/** A value that can be bound to a `?`. */
export type Bindable = string | number | null | Uint8Array;
/** One row as both databases give it: names as in the table, numbers and text. */
export type Row = Record<string, string | number | null>;

/** A database inside one transaction. */
export interface Transaction {
  readonly dialect: Dialect;
  /** Runs one statement and gives its rows. */
  query<R = Row>(sql: string, values?: readonly Bindable[]): Promise<R[]>;
  /** Runs one statement and gives how many rows it changed. */
  run(sql: string, values?: readonly Bindable[]): Promise<number>;
  /** Runs after the outermost commit, in order; never when the transaction fails. */
  afterCommit(work: () => void): void;
  readonly runner: QueryRunner;
}

type Frame = { readonly transaction: Transaction; isOpen: boolean; failure: unknown };

/** How long a write waits for another process that is writing, in milliseconds. */
const lockWaitMs = 5_000;
/** Different reading statements that are kept prepared. */
const mostStatements = 200;

/** The one way to the database: `query` reads, `write` is a transaction. */
export class Storage {
  readonly dialect: Dialect;
  readonly url: string;
  readonly #writer: DataSource;
  readonly #reader: DataSource;
  readonly #frames = new AsyncLocalStorage<Frame>();
  readonly #commitListeners = new Set<() => void>();
  readonly #statements = new Map<string, ReadStatement>();
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(url: string, writer: DataSource, reader: DataSource) {
    this.url = url;
    this.dialect = dialectOf(url);
    this.#writer = writer;
    this.#reader = reader;
  }

  /** Opens the database. On SQLite reads get a source of their own, so they never see or join another request's transaction. */
  static async open(options: SourceOptions): Promise<Storage> {
    const writer = await openSource(options, false);
    // It runs statements only; describing the tables to it once more takes longer than opening it.
    const reader = dialectOf(options.url) === "sqlite" ? await openSource({ ...options, tables: [] }, true) : writer;
    return new Storage(options.url, writer, reader);
  }

  /** The writing data source, for migrations and schema checks. */
  get source(): DataSource {
    return this.#writer;
  }

  /** True inside a write: waiting for the network there would hold everybody up. */
  get isWriting(): boolean {
    return this.#frames.getStore()?.isOpen ?? false;
  }

  /** Reads rows; inside `write` it sees that transaction's own rows. */
  async query<R = Row>(sql: string, values: readonly Bindable[] = []): Promise<R[]> {
    const frame = this.#frames.getStore();
    if (frame?.isOpen) return frame.transaction.query<R>(sql, values);
    if (this.dialect === "mysql")
      return comparingOtherLetters((said) => this.#reader.query<R[]>(said, values as unknown[]), sql, values);
    return this.#readSqlite(sql, values) as R[];
  }

  // Straight to the engine, which answers at once: TypeORM's way to it makes ten promises for each of a page's queries.
  #readSqlite(sql: string, values: readonly Bindable[]): unknown[] {
    try {
      let statement = this.#statements.get(sql);
      if (!statement) {
        const { databaseConnection } = this.#reader.driver as unknown as { databaseConnection: SqliteConnection };
        statement = databaseConnection.reading(sql);
        if (this.#statements.size >= mostStatements) this.#statements.delete(this.#statements.keys().next().value!);
        this.#statements.set(sql, statement);
      }
      return statement.all(...(values as Parameters<ReadStatement["all"]>));
    } catch (error) {
      throw new QueryFailedError(sql, [...values], error as Error);
    }
  }

  /**
   * Runs `work` in one transaction and gives its answer after the commit. A write inside a write joins it; if the inner one
   * fails, the whole fails, even when the outer work swallowed the error. On SQLite writes wait in one queue; on MySQL
   * `work` is run again after a deadlock, so it must touch nothing but the database.
   */
  async write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const frame = this.#frames.getStore();
    if (frame?.isOpen) return this.#join(frame, work);
    if (this.dialect === "mysql") return this.#withDeadlockRetry(() => this.#transact(work));
    const turn = this.#tail.then(() => this.#transact(work));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Runs one statement as a transaction of its own and gives how many rows it changed. On SQLite those that wait for their turn share
   * a commit: where many come at once, waiting for the disk is most of what writing costs.
   */
  async run(sql: string, values: readonly Bindable[] = []): Promise<number> {
    if (this.dialect === "mysql" || this.isWriting) return this.write((db) => db.run(sql, values));
    if (this.#group && !this.#group.isFull) return this.#group.add(sql, values);
    const group = (this.#group = new StatementGroup());
    const answer = group.add(sql, values);
    const { database } = (this.#writer.driver as unknown as { databaseConnection: SqliteConnection }).databaseConnection;
    this.#tail = this.#tail.then(async () => {
      // Writing is one chain of promises: without a pause in it nobody else comes to ask.
      await immediate();
      // From here on others need another turn.
      if (this.#group === group) this.#group = null;
      return group.run(
        (work) => this.#transact(work),
        () => database.isTransaction,
      );
    });
    return answer;
  }
  #group: StatementGroup | null = null;

  /** Calls `listen` after every commit of this process. */
  onCommit(listen: () => void): void {
    this.#commitListeners.add(listen);
  }

  /** A number that moves whenever another connection (also of another process) committed; null where the engine has none. */
  dataVersion(): number | null {
    if (this.dialect !== "sqlite") return null;
    const connection = (this.#reader.driver as unknown as { databaseConnection: SqliteConnection }).databaseConnection;
    this.#versionStatement ??= connection.database.prepare("PRAGMA data_version");
    return (this.#versionStatement.get() as { data_version: number }).data_version;
  }
  #versionStatement: ReturnType<SqliteConnection["database"]["prepare"]> | undefined;

  /** Waits for writes under way and closes the connections. */
  async close(): Promise<void> {
    await this.#tail;
    this.#statements.clear();
    if (this.#reader !== this.#writer) await this.#reader.destroy();
    if (this.dialect === "sqlite") await this.#writer.query("PRAGMA wal_checkpoint(TRUNCATE)");
    await this.#writer.destroy();
  }

  async #join<T>(frame: Frame, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    try {
      return await work(frame.transaction);
    } catch (error) {
      frame.failure ??= error;
      throw error;
    }
  }

  async #transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const runner = this.#writer.createQueryRunner();
    const afterwards: (() => void)[] = [];
    const transaction = transactionOn(runner, this.dialect, afterwards);
    const frame: Frame = { transaction, isOpen: true, failure: undefined };
    let answer: T;
    try {
      await this.#begin(runner);
      answer = await this.#frames.run(frame, () => work(transaction));
      if (frame.failure !== undefined)
        throw new Error("A write inside this one failed, so all of it is undone.", { cause: frame.failure });
      await runner.commitTransaction();
    } catch (error) {
      await this.#undo(runner);
      throw error;
    } finally {
      frame.isOpen = false;
      if (this.dialect === "mysql") await runner.release();
    }
    for (const listen of this.#commitListeners) listen();
    for (const work of afterwards) work();
    return answer;
  }

  // While another process writes, SQLite itself would wait for it on this very thread and hold up every reader here.
  async #begin(runner: QueryRunner): Promise<void> {
    if (this.dialect === "mysql") return runner.startTransaction();
    const { database } = (this.#writer.driver as unknown as { databaseConnection: SqliteConnection }).databaseConnection;
    const giveUpAt = performance.now() + lockWaitMs;
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      database.exec("PRAGMA busy_timeout = 0");
      try {
        return await runner.startTransaction();
      } catch (error) {
        if ((error as { errcode?: number }).errcode !== 5 || performance.now() > giveUpAt) throw error;
        await this.#undo(runner);
      } finally {
        database.exec(`PRAGMA busy_timeout = ${lockWaitMs}`);
      }
      await after(pause);
    }
  }

  // The first error is the one that counts. What undoing meets (the connection is gone, or SQLite undid it by itself when
  // the disk was full) must not hide it, nor leave a half-open transaction to the next write.
  async #undo(runner: QueryRunner): Promise<void> {
    if (this.dialect === "mysql") {
      const isUndone = await runner.rollbackTransaction().then(
        () => true,
        () => false,
      );
      if (!isUndone) ((await runner.connect().catch(() => null)) as { destroy(): void } | null)?.destroy();
      return;
    }
    const { database } = (this.#writer.driver as unknown as { databaseConnection: SqliteConnection }).databaseConnection;
    if (database.isTransaction) database.exec("ROLLBACK");
    // SQLite has one runner for all writes; TypeORM counts a BEGIN or COMMIT that failed as done.
    Object.assign(runner, { isTransactionActive: false, transactionDepth: 0 });
  }

  async #withDeadlockRetry<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        const code = (error as { code?: string }).code;
        if (tries >= 5 || (code !== "ER_LOCK_DEADLOCK" && code !== "ER_LOCK_WAIT_TIMEOUT" && code !== "ER_CHECKREAD"))
          throw error;
      }
    }
  }
}

function transactionOn(runner: QueryRunner, dialect: Dialect, after: (() => void)[]): Transaction {
  return {
    dialect,
    runner,
    query: async <R>(sql: string, values: readonly Bindable[] = []) =>
      (await comparingOtherLetters((said) => runner.query(said, values as unknown[]), sql, values)) as R[],
    run: async (sql, values = []) =>
      (await comparingOtherLetters((said) => runner.query(said, values as unknown[], true), sql, values)).affected ?? 0,
    afterCommit: (work) => void after.push(work),
  };
}
