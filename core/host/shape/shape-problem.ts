import type { Plugin } from "../manifest.ts";
import { HistoryError, historyOf } from "./shape-history.ts";
import { tablePrefix } from "./table-prefix.ts";

/** The first thing wrong with a plugin's tables and migrations, as a sentence; null when they agree. */
export function shapeProblem(plugin: Plugin): string | null {
  const prefix = tablePrefix(plugin.id);
  try {
    const { first, stages } = historyOf(plugin);
    const tables = [...(plugin.tables ?? []), ...first.values(), ...stages.flatMap(({ during }) => [...during.values()])];
    for (const table of tables) {
      if (!table.name.startsWith(prefix)) return `table “${table.name}” must be named ${prefix}….`;
      if (!table.columns.blog_id) return `table “${table.name}” needs a column blog_id.`;
    }
    return null;
  } catch (error) {
    if (error instanceof HistoryError) return error.message;
    throw error;
  }
}
