import type { Storage } from "../storage/storage.ts";

/** From here on nobody needs to know how many it is. */
export const manyUses = 100;

/** How many blogs wear a theme, deleted and suspended ones too; 101 means more than a hundred. */
export async function themeUses(storage: Pick<Storage, "query">, themeId: string): Promise<number> {
  const sql = `SELECT COUNT(*) AS n FROM (SELECT id FROM blogs WHERE theme = ? LIMIT ${manyUses + 1}) few`;
  const [row] = await storage.query<{ n: number | string }>(sql, [themeId]);
  return Number(row?.n ?? 0);
}
