import type { Code } from "./compile/run.ts";

/** A source made ready to render; keeps no tree. Cache it as long as the source is the same. */
export class Template {
  readonly name: string;
  readonly source: string;
  /** What the engine runs; nothing for others to use. */
  readonly code: Code;

  constructor(name: string, source: string, code: Code) {
    this.name = name;
    this.source = source;
    this.code = code;
  }
}
