import { stamp, type Clock } from "../clock.ts";
import type { Json } from "../hooks/values.ts";
import { insert, remove, upsert } from "../storage/rows.ts";
import type { Bindable, Storage, Transaction } from "../storage/storage.ts";
import type { Collection } from "./context.types.ts";

/** Which documents: one collection of one plugin on one blog ("-" for the installation). */
export type CollectionPlace = {
  readonly pluginId: string;
  readonly blogId: string;
  readonly collection: string;
  readonly indexes: readonly string[];
};

const maxBytes = 256 * 1024;

/** The documents of one place as a collection. Errors name the plugin's mistake: an unknown index, a value that is too large. */
export function openCollection<T>(storage: Storage, clock: Clock, place: CollectionPlace): Collection<T> {
  const key = { plugin_id: place.pluginId, blog_id: place.blogId, collection: place.collection };
  const spot = [place.pluginId, place.blogId, place.collection];

  async function get(id: string, lock = ""): Promise<T | null> {
    const sql = `SELECT value FROM plugin_documents WHERE plugin_id = ? AND blog_id = ? AND collection = ? AND id = ?${lock}`;
    const rows = await storage.query<{ value: string }>(sql, [...spot, id]);
    return rows[0] ? (JSON.parse(rows[0].value) as T) : null;
  }

  async function putIn(db: Transaction, id: string, value: T): Promise<void> {
    const json = JSON.stringify(value);
    if (id.length === 0 || id.length > 190)
      throw new Error(`The id of a document must have 1 to 190 characters, not ${id.length}`);
    if (Buffer.byteLength(json) > maxBytes) throw new Error(`The document “${id}” is larger than 256 KB`);
    await upsert(db, "plugin_documents", { ...key, id, value: json, updated_at: stamp(clock.now()) }, [
      ...Object.keys(key),
      "id",
    ]);
    if (place.indexes.length === 0) return;
    await remove(db, "plugin_document_index", { ...key, document_id: id });
    const fields = place.indexes.flatMap((field) =>
      indexed(field, value as Json).map((text) => ({ ...key, field, value: text, document_id: id })),
    );
    await insert(db, "plugin_document_index", fields, { ignore: true });
  }

  return {
    get: (id) => get(id),
    put: (id, value) => storage.write((db) => putIn(db, id, value)),
    update: (id, change) =>
      storage.write(async (db) => {
        // On MySQL two who read the same value would otherwise both write theirs; on SQLite there is one writer anyway.
        const value = change(await get(id, db.dialect === "mysql" ? " FOR UPDATE" : ""));
        await putIn(db, id, value);
        return value;
      }),
    delete: (id) =>
      storage.write(async (db) => {
        await remove(db, "plugin_document_index", { ...key, document_id: id });
        return (await remove(db, "plugin_documents", { ...key, id })) > 0;
      }),
    async find(where = {}, page = {}) {
      const conditions = ["d.plugin_id = ?", "d.blog_id = ?", "d.collection = ?"];
      const values: Bindable[] = [];
      const joins = Object.entries(where).map(([field, wanted], at) => {
        if (!place.indexes.includes(field)) throw new Error(`Collection “${place.collection}” declares no index on “${field}”`);
        values.push(field, String(wanted).slice(0, 190));
        const i = `i${at}`;
        const same = ["plugin_id", "blog_id", "collection"].map((column) => `${i}.${column} = d.${column}`).join(" AND ");
        return `JOIN plugin_document_index ${i} ON ${same} AND ${i}.document_id = d.id AND ${i}.field = ? AND ${i}.value = ?`;
      });
      values.push(...spot);
      if (page.after !== undefined) {
        conditions.push("d.id > ?");
        values.push(page.after);
      }
      const limit = Math.min(Math.max(page.limit ?? 100, 1), 1000);
      const sql = `SELECT d.id, d.value FROM plugin_documents d ${joins.join(" ")} WHERE ${conditions.join(" AND ")} ORDER BY d.id LIMIT ${limit}`;
      const rows = await storage.query<{ id: string; value: string }>(sql, values);
      return rows.map((row) => ({ id: row.id, value: JSON.parse(row.value) as T }));
    },
  };
}

// A list is found by each of its members; anything else by its text.
function indexed(field: string, value: Json): string[] {
  const found =
    value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, Json>)[field] : undefined;
  if (found === undefined || found === null) return [];
  const members = Array.isArray(found) ? (found as Json[]) : [found];
  return [...new Set(members.filter((member) => typeof member !== "object").map((member) => String(member).slice(0, 190)))];
}
