import type { TableShape } from "../../storage/columns.ts";
import type { Plugin } from "../manifest.ts";
import { HistoryError, historyOf } from "./shape-history.ts";
import { tablePrefix } from "./table-prefix.ts";
import { tableProblem } from "./table-problem.ts";

/** The first thing wrong with a plugin's tables and migrations, as a sentence; null when they agree. */
export function shapeProblem(plugin: Plugin): string | null {
  const prefix = tablePrefix(plugin.id);
  if (plugin.tables && !Array.isArray(plugin.tables)) return "its `tables` must be a list of { name, columns }.";
  try {
    const declared: readonly TableShape[] = plugin.tables ?? [];
    for (const table of declared) {
      const wrong = tableProblem(table, prefix);
      if (wrong) return wrong;
    }
    const twice = duplicate(declared.flatMap(({ name, indexes = [] }) => [name, ...indexes.map((index) => index.name)]));
    if (twice) return `two tables or indexes are called “${twice}”.`;
    const { first, stages } = historyOf(plugin);
    for (const table of [...first.values(), ...stages.flatMap(({ during }) => [...during.values()])]) {
      const wrong = tableProblem({ ...table, indexes: [] }, prefix);
      if (wrong) return wrong;
    }
    return null;
  } catch (error) {
    if (error instanceof HistoryError) return error.message;
    throw error;
  }
}

function duplicate(names: readonly string[]): string | undefined {
  return names.find((name, at) => names.indexOf(name) !== at);
}
