import type { Column, TableShape } from "../../storage/columns.ts";
import type { TablesApi } from "../context.types.ts";

/** The rows a migration may read and change: those of the plugin's own tables. */
export type MigrationRows = Pick<TablesApi, "query" | "run">;

/**
 * What changes a plugin's tables beyond what the host sees by itself (new tables, columns and indexes). In this order: what has
 * another name gets it, what is new is added, `run` moves values, what is dropped goes.
 * @since 1
 */
export type Migration = {
  /** 1, 2, 3 …: each runs once in an installation, in this order; a fresh one begins with the last. */
  readonly number: number;
  /** New names by old ones: `"p_birds_seen.place": "spot"` of a column, `p_birds_seen: "p_birds_sightings"` of a table (its columns first). */
  readonly renames?: Readonly<Record<string, string>>;
  /** Changes rows, in one transaction with the word that it did: all of it is done once, or nothing. It may be tried again, so it touches nothing else. */
  readonly run?: (rows: MigrationRows) => Promise<void>;
  /** Columns that go, by table, as they were declared. */
  readonly dropColumns?: Readonly<Record<string, Readonly<Record<string, Column>>>>;
  /** Tables that go, as they were declared. */
  readonly dropTables?: readonly TableShape[];
};
