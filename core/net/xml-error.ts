/** XML that was refused or is broken; the message is a sentence for the person who brought the file, with line and column. */
export class XmlError extends Error {
  readonly reason: "malformed" | "too-large" | "too-deep" | "doctype" | "encoding";
  readonly line: number;
  readonly column: number;

  constructor(reason: XmlError["reason"], what: string, place: { line: number; column: number }, options?: ErrorOptions) {
    super(`Line ${place.line}, column ${place.column}: ${what}`, options);
    this.name = "XmlError";
    this.reason = reason;
    this.line = place.line;
    this.column = place.column;
  }
}
