import type { Storage } from "../storage/storage.ts";
import type { TablesApi } from "./context.types.ts";
import { tablePrefix } from "./shape/table-prefix.ts";
import type { Plugin } from "./manifest.ts";

// Others' writes wait meanwhile: whoever takes longer does something else there.
const longest = 5_000;

/** A plugin's way to its own tables. Statements that name any other table are refused: a mistake is found at once, not in the core's rows. */
export function ownTables(storage: Storage, plugin: Plugin): TablesApi {
  const check = (sql: string) => {
    const named = [...sql.matchAll(/\b(?:from|join|into|update|table)\s+[`"]?([a-z0-9_]+)/gi)].map((match) =>
      match[1]!.toLowerCase(),
    );
    const foreign = named.find((name) => name !== "set" && !name.startsWith(tablePrefix(plugin.id)));
    if (foreign !== undefined || named.length === 0)
      throw new Error(`Plugin “${plugin.id}” may only use its own tables, not “${foreign ?? sql.slice(0, 40)}”`);
  };
  return {
    async query(sql, values = []) {
      check(sql);
      return storage.query(sql, values);
    },
    async run(sql, values = []) {
      check(sql);
      return storage.run(sql, values);
    },
    write: (work) => storage.write(() => timely(plugin, work())),
  };
}

async function timely<T>({ id }: Plugin, work: Promise<T>): Promise<T> {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => over.reject(new Error(`Plugin “${id}” kept a transaction open for ${longest / 1_000} seconds; it was undone`)),
    longest,
  );
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(timer);
  }
}
