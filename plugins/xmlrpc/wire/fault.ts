/** What went wrong, as a number and a sentence that editors show; the numbers below zero are those of the fault code conventions. */
export class Fault extends Error {
  readonly code: number;
  constructor(code: number, sentence: string) {
    super(sentence);
    this.name = "Fault";
    this.code = code;
  }
}

export const faults = { parse: -32_700, method: -32_601, params: -32_602, internal: -32_603 } as const;
