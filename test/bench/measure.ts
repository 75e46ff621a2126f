/** One number that was measured, and what it should be. */
export type Reading = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What is promised; a reading without one is for information. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
  /** What the number was compared with, or what stands in its way. */
  readonly note?: string;
};

/** How a run of the suite was asked for. */
export type BenchOptions = {
  /** Smaller blogs and shorter rounds: for a look, not for a record. */
  readonly isQuick: boolean;
  readonly say: (line: string) => void;
};

/** One file of the suite. */
export type Measure = {
  /** How it is called for: `rookery bench NAME`. */
  readonly name: string;
  readonly about: string;
  /** Runs only when it is named, because it needs more than this machine. */
  readonly isOnDemand?: boolean;
  run(options: BenchOptions): Promise<readonly Reading[]>;
};

/** Whether a reading keeps its promise; null when it made none. */
export function isKept({ value, target }: Reading): boolean | null {
  if (!target) return null;
  return "atLeast" in target ? value >= target.atLeast : value <= target.atMost;
}

/** How far a reading is from its target: 1 is just kept, more is better; null without a target. */
export function ratioOf({ value, target }: Reading): number | null {
  if (!target) return null;
  return "atLeast" in target ? value / target.atLeast : target.atMost / value;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) throw new Error("Nothing was measured");
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
