/** Why a request was not made or its answer not taken; for logs and decisions, not for the person who gave the address. */
export type RefusalReason =
  "scheme" | "address" | "port" | "network" | "timeout" | "too-large" | "redirects" | "type" | "busy" | "aborted";

// One sentence for all that would tell which doors of a network are open.
const UNREACHABLE = "The address could not be reached.";
const SENTENCES: Record<RefusalReason, string> = {
  scheme: "The address is not one of the web.",
  address: UNREACHABLE,
  port: UNREACHABLE,
  network: UNREACHABLE,
  timeout: UNREACHABLE,
  busy: UNREACHABLE,
  aborted: UNREACHABLE,
  "too-large": "The answer was too large.",
  redirects: "The address leads elsewhere too often, or to a less safe place.",
  type: "The answer was not of the expected kind.",
};

/** A request that the guard refused or that failed: `message` may be shown, `reason` and `cause` are for us. */
export class FetchRefused extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, options?: ErrorOptions) {
    super(SENTENCES[reason], options);
    this.name = "FetchRefused";
    this.reason = reason;
  }
}

/** Gives any failure as a FetchRefused; what the guard did not decide itself counts as the network's. */
export function asRefusal(error: unknown): FetchRefused {
  return error instanceof FetchRefused ? error : new FetchRefused("network", { cause: error });
}

/** Gives why a signal ended a request: our own limits say so themselves, anything else is the caller's wish. */
export function refusalOf(signal: AbortSignal): FetchRefused {
  return signal.reason instanceof FetchRefused ? signal.reason : new FetchRefused("aborted", { cause: signal.reason });
}
