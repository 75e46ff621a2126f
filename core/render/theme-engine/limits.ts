/** Budgets of one render and of one source; sizes in UTF-16 units, times in milliseconds. */
export type Limits = {
  /** Length of one template's source. */
  source: number;
  /** How deep brackets, blocks and chains of operators may nest in a source. */
  nesting: number;
  /** Steps of one render: nodes, loop turns, calls, and the size of what they make. */
  fuel: number;
  /** Length of the rendered page. */
  output: number;
  includes: number;
  extends: number;
  macros: number;
  /** Processor time of the thread that draws, looked at every 1,024 fuel. */
  time: number;
};

/** The budgets of admin-and-themes.md §8.6. */
export const defaultLimits: Readonly<Limits> = Object.freeze({
  source: 64 * 1024,
  nesting: 200,
  fuel: 200_000,
  output: 2 * 1024 * 1024,
  includes: 20,
  extends: 8,
  macros: 20,
  time: 250,
});
