import type { DataSource } from "typeorm";
import { recordedTables } from "../host/shape/shape-records.ts";
import { coreTables } from "../schema.ts";
import type { Column, TableShape } from "../storage/columns.ts";
import type { Storage } from "../storage/storage.ts";

/** Every table of the database but the list of migrations, plugins' own included, in the order of their names. */
export async function shapesOf(storage: Storage): Promise<TableShape[]> {
  const sql =
    storage.dialect === "sqlite"
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
      : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'";
  const names = (await storage.query<{ name: string }>(sql)).map((row) => row.name).filter((name) => name !== "migrations");
  const recorded = [...(await recordedTables(storage)).values()].flat();
  const shapes: TableShape[] = [];
  for (const name of names.sort()) {
    const own = coreTables.find((table) => table.name === name);
    shapes.push(
      own ??
        asDeclared(
          await readShape(storage.source, name),
          recorded.find((table) => table.name === name),
        ),
    );
  }
  return shapes;
}

// SQLite does not know ASCII from other text. What is there decides, in the middle of an upgrade too; its plugin says of what type it is.
function asDeclared(found: TableShape, declared: TableShape | undefined): TableShape {
  const columns = Object.entries(found.columns).map(([name, column]) => [name, declared?.columns[name] ?? column]);
  return { ...found, columns: Object.fromEntries(columns) as TableShape["columns"] };
}

// A plugin that is gone can have left tables: their shape is read from the database itself.
async function readShape(source: DataSource, name: string): Promise<TableShape> {
  const runner = source.createQueryRunner();
  try {
    const table = await runner.getTable(name);
    if (!table) throw new Error(`The table ${name} went away while it was read`);
    const columns = table.columns.map((column) => [column.name, columnOf(column)] as const);
    const indexes = table.indices.map((index) => ({ name: index.name!, columns: index.columnNames, unique: index.isUnique }));
    return { name, columns: Object.fromEntries(columns), indexes };
  } finally {
    if (source.options.type === "mariadb") await runner.release();
  }
}

type Found = {
  type: string;
  length: string;
  charset?: string;
  isNullable: boolean;
  isPrimary: boolean;
  isGenerated: boolean;
  default?: unknown;
};

function columnOf(found: Found): Column {
  const initial = typeof found.default === "string" ? found.default.replace(/^'(.*)'$/, "$1") : undefined;
  const base = {
    ...(found.isNullable ? { nullable: true } : {}),
    ...(found.isPrimary ? { primary: true } : {}),
    ...(initial === undefined || initial === "NULL" ? {} : { default: initial }),
  };
  const type = found.type.toLowerCase();
  if (found.isGenerated) return { ...base, type: "serial" };
  if (type.includes("char"))
    return { ...base, type: found.charset === "ascii" ? "ascii" : "line", length: Number(found.length) || 190 };
  if (type.includes("text")) return { ...base, type: "text" };
  if (type === "double" || type === "float" || type === "real") return { ...base, type: "double" };
  if (type === "tinyint") return { ...base, type: "flag" };
  return { ...base, type: "int" };
}
