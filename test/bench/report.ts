import { isKept, ratioOf, type Reading } from "./measure.ts";

/** The readings as a table for people. */
export function table(readings: readonly Reading[]): string {
  const rows = readings.map((reading) => [
    reading.name,
    `${round(reading.value)} ${reading.unit}`.trim(),
    target(reading),
    ratioOf(reading) === null ? "" : ratioOf(reading)!.toFixed(2),
    { true: "ok", false: "SHORT", null: "" }[String(isKept(reading))] ?? "",
    reading.note ?? "",
  ]);
  const head = ["measure", "value", "target", "ratio", "", "note"];
  const widths = head.map((word, at) => Math.max(word.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === cells.length - 1 ? cell : cell.padEnd(widths[at]!)))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.slice(0, -1).map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** The readings for programs: an array of `{name, value, unit, target, ratio, ok, note}`. */
export function json(readings: readonly Reading[]): string {
  const rows = readings.map((reading) => ({
    name: reading.name,
    value: reading.value,
    unit: reading.unit,
    target: reading.target ?? null,
    ratio: ratioOf(reading),
    ok: isKept(reading),
    note: reading.note ?? "",
  }));
  return JSON.stringify(rows, null, 2);
}

function target({ target: wanted }: Reading): string {
  if (!wanted) return "";
  return "atLeast" in wanted ? `≥ ${wanted.atLeast}` : `≤ ${wanted.atMost}`;
}

function round(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value >= 100 ? value.toFixed(1) : value.toFixed(2);
}
