import "reflect-metadata";
import { DataSource, type DataSourceOptions, type MigrationInterface } from "typeorm";
import { type Dialect, toEntity, type TableShape } from "./columns.ts";
import { SqliteConnection } from "./sqlite-driver.ts";

/** What a database is opened with: its address, the tables of the core and their migrations. */
export type SourceOptions = {
  /** `sqlite:/path/to/file` or `mysql://user:password@host:port/database` */
  readonly url: string;
  readonly tables: readonly TableShape[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /**
   * False for databases of tests: SQLite does not wait for the disk then, which a power cut may cost its last commits, or all; and
   * MariaDB may take half a minute to take a connection, on a machine that runs many tests.
   */
  readonly isDurable?: boolean;
};

/** Which engine an address names. */
export function dialectOf(url: string): Dialect {
  return url.startsWith("sqlite:") ? "sqlite" : "mysql";
}

/** Opens one TypeORM data source; on SQLite `readonly` gives the second, reading one. */
export async function openSource(options: SourceOptions, readonly: boolean): Promise<DataSource> {
  const dialect = dialectOf(options.url);
  const shared = {
    entities: options.tables.map((table) => toEntity(table, dialect)),
    migrations: [...options.migrations],
    migrationsTableName: "migrations",
    migrationsTransactionMode: "each",
    logging: false,
  } as const;
  const specific = dialect === "sqlite" ? sqliteOptions(options, readonly) : mysqlOptions(options);
  return new DataSource({ ...specific, ...shared } as unknown as DataSourceOptions).initialize();
}

function sqliteOptions({ url, isDurable = true }: SourceOptions, readonly: boolean) {
  return {
    type: "better-sqlite3",
    driver: SqliteConnection,
    database: url.slice("sqlite:".length),
    readonly,
    timeout: 5000,
    prepareDatabase: (connection: SqliteConnection) => {
      // WAL lets readers read while one writes; FULL makes an acknowledged commit survive a power cut.
      if (!readonly) connection.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${isDurable ? "FULL" : "OFF"};`);
      connection.exec("PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0; PRAGMA cache_size = -8000;");
      connection.database.enableDefensive(true);
    },
  };
}

function mysqlOptions({ url, isDurable = true }: SourceOptions) {
  return {
    // TypeORM's mariadb dialect reads both servers' catalogues right; its mysql one takes MariaDB's empty default for the text "NULL".
    type: "mariadb",
    url,
    charset: "utf8mb4",
    timezone: "Z",
    poolSize: 10,
    connectTimeout: isDurable ? 5000 : 30_000,
    extra: { stringifyObjects: true, multipleStatements: false },
  };
}
