import type { PluginRecord } from "../../../core/host/guarded.ts";

/** What one part of a plugin did since the start, in words of the reader's language. */
export type PartShown = {
  readonly name: string;
  readonly calls: string;
  readonly total: string;
  readonly slowest: string;
  readonly failures: number;
};

const most = 20;

/** The parts of a plugin that took longest, those that failed before them. */
export function partsOf(record: PluginRecord | undefined, language: string): readonly PartShown[] {
  const number = new Intl.NumberFormat(language);
  const time = new Intl.NumberFormat(language, { style: "unit", unit: "millisecond", maximumFractionDigits: 1 });
  return [...(record?.parts ?? [])]
    .toSorted(([, a], [, b]) => Number(b.failures > 0) - Number(a.failures > 0) || b.milliseconds - a.milliseconds)
    .slice(0, most)
    .map(([name, part]) => ({
      name,
      calls: number.format(part.calls),
      total: time.format(part.milliseconds),
      slowest: time.format(part.slowest),
      failures: part.failures,
    }));
}
