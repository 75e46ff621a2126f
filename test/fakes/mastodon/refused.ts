/** An answer of the service that is an error: `{"error": …}`. */
export class Refused extends Error {
  readonly status: number;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.more = more;
  }
}

/** A value that breaks a rule of the service. */
export const invalid = (why: string): Refused => new Refused(422, `Validation failed: ${why}`);
export const notFound = (): Refused => new Refused(404, "Record not found");
