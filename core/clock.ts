/** Where the time comes from; tests pass one that they move by hand. */
export type Clock = { now(): Date };

/** The machine's clock, UTC, milliseconds. */
export const systemClock: Clock = { now: () => new Date() };

/** A moment as it is stored: ISO 8601 in UTC with milliseconds, 24 characters, sorts as text. */
export function stamp(moment: Date): string {
  return moment.toISOString();
}
