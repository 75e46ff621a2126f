import type { Context, Frame } from "../frame.ts";
import type { State } from "../state.ts";
import type { Template } from "../template.ts";

/** The frame in use and the parent chosen by `extends`; a root or block shares it with the macros written in it. */
export type Holder = { frame: Frame; parent: Template | null };

/** One activation of a root, block or macro. `locals` are the names whose place is known before rendering. */
export type Run = {
  state: State;
  template: string;
  context: Context;
  holder: Holder;
  locals: unknown[];
  outer: Run | null;
};

/** A compiled expression: gives its value. */
export type Expression = (run: Run) => unknown;

/** A compiled statement: writes its output. */
export type Statement = (run: Run) => void;

/** A compiled block; `size` is its number of locals, `above` the local that holds what `super()` prints. */
export type BlockCode = { name: string; template: string; body: Statement; size: number; above: number | null };

/** A compiled template. */
export type Code = { body: Statement; size: number; blocks: ReadonlyMap<string, BlockCode> };

const noLocals: unknown[] = [];

/** Room for locals. */
export function roomFor(size: number): unknown[] {
  // oxlint-disable-next-line unicorn/no-new-array -- Array.from took a tenth of a page's time
  return size === 0 ? noLocals : new Array<unknown>(size).fill(undefined);
}
