/**
 * An error whose reader can act on it: a stable key into the catalogue, values for the sentence, an HTTP status (4xx).
 * `message` is the English sentence, so that a log line or a command's output reads well without a catalogue.
 */
export class PublicError extends Error {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly status: number;

  constructor(key: string, sentence: string, status = 400, values: Record<string, string | number> = {}) {
    super(sentence);
    this.name = "PublicError";
    this.key = key;
    this.status = status;
    this.values = values;
  }
}

/** The sentence of any thrown thing, for a log line or a job's last error; never a stack. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error) return error.message || error.name;
  return typeof error === "string" ? error : "Something went wrong that left no message.";
}
