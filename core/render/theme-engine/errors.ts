/** What went wrong, as a stable word: a limit that was passed, or a mistake in the template. */
export type TemplateErrorCode =
  | "syntax"
  | "not-allowed"
  | "limit-source"
  | "limit-nesting"
  | "limit-fuel"
  | "limit-output"
  | "limit-depth"
  | "limit-time"
  | "unknown-filter"
  | "unknown-test"
  | "not-callable"
  | "type"
  | "name"
  | "missing-template"
  | "helper";

/** Where in which template: line and column count from 1; 0 when not known. */
export type Place = { template: string; line: number; column: number };

/** The only error the engine throws: says where and what, never a path or a stack of the host. */
export class TemplateError extends Error {
  readonly template: string;
  readonly line: number;
  readonly column: number;
  readonly code: TemplateErrorCode;

  constructor(code: TemplateErrorCode, message: string, place: Place) {
    super(message);
    this.name = "TemplateError";
    this.code = code;
    this.template = place.template;
    this.line = place.line;
    this.column = place.column;
    // The stack would name files of the host; what is shown to a theme's author may be this whole object.
    this.stack = `TemplateError: ${message} (${place.template}:${place.line}:${place.column})`;
  }
}

/** Thrown by a helper or filter whose arguments make no sense: its sentence is shown to the template's author. */
export class Refusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "Refusal";
  }
}
