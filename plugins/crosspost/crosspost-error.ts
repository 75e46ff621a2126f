/**
 * What went wrong at a service, in the classes that decide what happens next: `auth` parks the account until it is reconnected,
 * `permanent` ends the copy, `rate` waits until `retryAt`, `transient` tries again, `duplicate` is looked up and counts as sent,
 * `unknown` means that a create may have arrived: looked up, never sent again by itself.
 */
export type CrosspostErrorKind = "auth" | "permanent" | "rate" | "transient" | "duplicate" | "unknown";

/** Thrown by services; the message is a sentence for the owner, with the service's own words where it gave some. */
export class CrosspostError extends Error {
  readonly kind: CrosspostErrorKind;
  /** For `rate`: not before this moment, ISO 8601. */
  readonly retryAt: string | undefined;

  constructor(kind: CrosspostErrorKind, message: string, retryAt?: string) {
    super(message);
    this.name = "CrosspostError";
    this.kind = kind;
    this.retryAt = retryAt;
  }
}
