/** A refusal of the service: HTTP status, the error's name and the sentence with it. */
export class Fault extends Error {
  readonly status: number;
  readonly error: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, error: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/** What the service says to a request that breaks a rule. */
export const invalid = (message: string, error = "InvalidRequest") => new Fault(400, error, message);
