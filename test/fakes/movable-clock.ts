/** A clock that tests in another process move ahead of the machine's: `/__clock?ahead=60000`. */
export class MovableClock {
  /** Milliseconds. */
  ahead = 0;

  now = (): Date => new Date(Date.now() + this.ahead);
}
