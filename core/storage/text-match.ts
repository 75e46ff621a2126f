import type { Dialect } from "./columns.ts";
import type { Bindable } from "./storage.ts";

/**
 * A condition that finds words in columns, whatever their case: every word must stand somewhere. SQLite's LIKE folds ASCII only,
 * so a word with other letters is also looked for as it may begin a sentence or stand in capitals.
 */
export function textMatch(dialect: Dialect, columns: readonly string[], text: string): readonly [sql: string, ...Bindable[]] {
  const words = text
    .normalize("NFC")
    .trim()
    .slice(0, 200)
    .split(/\s+/)
    .slice(0, 5)
    .filter((word) => word !== "");
  if (words.length === 0) return ["1 = 1"];
  const values: string[] = [];
  const conditions = words.map((word) => {
    const patterns = patternsOf(dialect, word);
    const each = columns.flatMap((column) =>
      patterns.map((pattern) => {
        values.push(pattern);
        return dialect === "mysql" ? `LOWER(${column}) LIKE ? ESCAPE '!'` : `${column} LIKE ? ESCAPE '!'`;
      }),
    );
    return `(${each.join(" OR ")})`;
  });
  return [conditions.join(" AND "), ...values];
}

function patternsOf(dialect: Dialect, word: string): readonly string[] {
  const pattern = (form: string) => `%${form.replace(/[!%_]/g, "!$&")}%`;
  const small = word.toLowerCase();
  if (dialect === "mysql" || !/[\u0080-\uffff]/.test(word)) return [pattern(small)];
  const capital = small.replace(/^./u, (letter) => letter.toUpperCase());
  return [...new Set([word, small, capital, small.toUpperCase()])].map(pattern);
}
