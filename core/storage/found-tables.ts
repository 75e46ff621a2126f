import type { Storage } from "./storage.ts";

/** A column as the database has it. */
export type FoundColumn = {
  readonly type: string;
  readonly length: number | null;
  /** Only on MariaDB and MySQL, of text. */
  readonly charset: string | null;
  readonly isNullable: boolean;
  readonly isPrimary: boolean;
  readonly initial: string | null;
};

/** An index as the database has it; the key itself is none. */
export type FoundIndex = { readonly name: string; readonly columns: readonly string[]; readonly unique: boolean };

/** A table as the database has it, whatever anybody declared. */
export type FoundTable = {
  readonly name: string;
  readonly columns: ReadonlyMap<string, FoundColumn>;
  readonly indexes: readonly FoundIndex[];
};

/** Looks at a table; null when there is none of that name. */
export async function findTable(storage: Storage, name: string): Promise<FoundTable | null> {
  const isSqlite = storage.dialect === "sqlite";
  const columns = isSqlite ? await sqliteColumns(storage, name) : await serverColumns(storage, name);
  if (columns.length === 0) return null;
  return { name, columns: new Map(columns), indexes: await indexesOf(storage, name) };
}

async function sqliteColumns(storage: Storage, table: string): Promise<[string, FoundColumn][]> {
  const sql = `SELECT name, type, "notnull" AS is_filled, dflt_value AS initial, pk FROM pragma_table_info(?)`;
  return (await storage.query(sql, [table])).map((row) => {
    const [, type, length] = /^([^(]*)(?:\((\d+)\))?/.exec(String(row.type).toLowerCase())!;
    const column = {
      type: type!,
      length: length === undefined ? null : Number(length),
      charset: null,
      isNullable: row.is_filled === 0 && row.pk === 0,
      isPrimary: row.pk !== 0,
      initial: initialOf(row.initial),
    };
    return [String(row.name), column];
  });
}

async function serverColumns(storage: Storage, table: string): Promise<[string, FoundColumn][]> {
  const sql = `SELECT column_name AS name, data_type AS type, character_maximum_length AS length, character_set_name AS charset,
      is_nullable AS nullable, column_key AS is_key, column_default AS initial
    FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`;
  return (await storage.query(sql, [table])).map((row) => {
    const type = String(row.type).toLowerCase();
    const column = {
      type,
      length: type === "varchar" ? Number(row.length) : null,
      charset: row.charset === null ? null : String(row.charset),
      isNullable: row.nullable === "YES",
      isPrimary: row.is_key === "PRI",
      initial: initialOf(row.initial),
    };
    return [String(row.name), column];
  });
}

async function indexesOf(storage: Storage, table: string): Promise<FoundIndex[]> {
  const sql =
    storage.dialect === "sqlite"
      ? `SELECT l.name AS name, l."unique" AS is_unique, i.name AS column_name FROM pragma_index_list(?) l
          JOIN pragma_index_info(l.name) i WHERE l.origin = 'c' ORDER BY l.name, i.seqno`
      : `SELECT index_name AS name, 1 - non_unique AS is_unique, column_name AS column_name FROM information_schema.statistics
          WHERE table_schema = DATABASE() AND table_name = ? AND index_name <> 'PRIMARY' ORDER BY index_name, seq_in_index`;
  const found = new Map<string, { name: string; columns: string[]; unique: boolean }>();
  for (const { name, is_unique, column_name } of await storage.query(sql, [table])) {
    const index = found.get(String(name)) ?? { name: String(name), columns: [], unique: Number(is_unique) === 1 };
    index.columns.push(String(column_name));
    found.set(index.name, index);
  }
  return [...found.values()];
}

// MariaDB writes a text in quotes and an absent default as NULL, MySQL both without, SQLite what was said, in brackets.
function initialOf(said: unknown): string | null {
  if (said === null || said === undefined || said === "NULL") return null;
  const bare = String(said).replace(/^\((.*)\)$/s, "$1");
  return /^'.*'$/s.test(bare) ? bare.slice(1, -1).replaceAll("''", "'") : bare;
}
