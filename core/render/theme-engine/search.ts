import type { State } from "./state.ts";

/**
 * Pays for one search of a text in a text. The product matters: both may come from the template, and the search of the
 * platform can take as long as one times the other.
 */
export function chargeSearch(state: State, text: string, needle: string): void {
  state.charge((text.length >>> 5) + Math.floor((text.length * needle.length) / 16384));
}

/** Whether a text contains another, paid for. */
export function contains(state: State, text: string, needle: string): boolean {
  chargeSearch(state, text, needle);
  return text.includes(needle);
}
