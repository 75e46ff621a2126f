/** One file of a sitemap: a year, or a month of a year that has too many posts, cut into numbered pieces when it must be. */
export type Part = { readonly period: string; readonly number: number };

/** How many addresses a part holds at most; the protocol allows 50,000, which would be slow to make and to read. */
export const partSize = 5_000;

type Month = { readonly month: string; readonly count: number };

/** The parts that hold all posts, newest first. Old parts keep their names and content as new posts come. */
export function partsOf(months: readonly Month[]): Part[] {
  const years = Map.groupBy(months, ({ month }) => month.slice(0, 4));
  return [...years].flatMap(([year, list]) => {
    const total = list.reduce((sum, { count }) => sum + count, 0);
    return total <= partSize ? [{ period: year, number: 1 }] : list.flatMap(piecesOf);
  });
}

/** `2026.xml`, `2026-11.xml`, `2026-11.2.xml`. */
export function fileOf({ period, number }: Part): string {
  return number === 1 ? `${period}.xml` : `${period}.${number}.xml`;
}

/** The part of a file name; null when it is none. */
export function partOf(file: string): Part | null {
  const match = /^([1-9]\d{3}(?:-(?:0[1-9]|1[0-2]))?)(?:\.([1-9]\d?))?\.xml$/.exec(file);
  return match ? { period: match[1]!, number: Number(match[2] ?? 1) } : null;
}

function piecesOf({ month, count }: Month): Part[] {
  return Array.from({ length: Math.ceil(count / partSize) }, (_, at) => ({ period: month, number: at + 1 }));
}
