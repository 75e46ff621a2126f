import type { Clock } from "../clock.ts";

type State = {
  failuresInRow: number;
  window: { at: number; isFailure: boolean }[];
  openUntil: number;
  openings: number[];
  isTrial: boolean;
};

/**
 * Keeps a failing part of a plugin from being asked again and again: 5 failures in a row, or half of at least 20 calls in a
 * minute, open it for 30 seconds; then one call may try. Three openings in ten minutes and `onGiveUp` is told.
 */
export class Breakers {
  readonly #states = new Map<string, State>();
  readonly #clock: Clock;
  readonly #onGiveUp: (pluginId: string, part: string) => void;

  constructor(clock: Clock, onGiveUp: (pluginId: string, part: string) => void) {
    this.#clock = clock;
    this.#onGiveUp = onGiveUp;
  }

  /** Whether this part may be called now. */
  isClosed(pluginId: string, part: string): boolean {
    const state = this.#states.get(`${pluginId} ${part}`);
    if (!state || state.openUntil === 0) return true;
    if (this.#clock.now().getTime() < state.openUntil || state.isTrial) return false;
    state.isTrial = true;
    return true;
  }

  /** Remembers how a call went. Successes of parts that never failed cost nothing. */
  record(pluginId: string, part: string, isFailure: boolean): void {
    const key = `${pluginId} ${part}`;
    let state = this.#states.get(key);
    if (!state) {
      if (!isFailure) return;
      state = { failuresInRow: 0, window: [], openUntil: 0, openings: [], isTrial: false };
      this.#states.set(key, state);
    }
    const now = this.#clock.now().getTime();
    state.failuresInRow = isFailure ? state.failuresInRow + 1 : 0;
    state.window = [...state.window.filter((call) => call.at > now - 60_000).slice(-199), { at: now, isFailure }];
    if (state.isTrial && !isFailure) Object.assign(state, { openUntil: 0, isTrial: false, window: [] });
    else if (isFailure && (state.isTrial || this.#isTooMany(state))) this.#open(state, pluginId, part);
  }

  /** Closes everything of a plugin: somebody pressed Retry, or it was switched on anew. */
  reset(pluginId: string): void {
    for (const key of this.#states.keys()) if (key.startsWith(`${pluginId} `)) this.#states.delete(key);
  }

  #isTooMany(state: State): boolean {
    const failures = state.window.filter((call) => call.isFailure).length;
    return state.failuresInRow >= 5 || (state.window.length >= 20 && failures * 2 >= state.window.length);
  }

  #open(state: State, pluginId: string, part: string): void {
    const now = this.#clock.now().getTime();
    state.openings = [...state.openings.filter((at) => at > now - 600_000), now];
    Object.assign(state, { openUntil: now + 30_000, isTrial: false, failuresInRow: 0, window: [] });
    if (state.openings.length >= 3) this.#onGiveUp(pluginId, part);
  }
}
