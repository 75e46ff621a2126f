import { isHtml } from "../html.ts";
import type { State } from "../state.ts";
import type { Operator } from "../syntax/operators.ts";
import { momentOf } from "../values.ts";
import type { Expression } from "./run.ts";

type Primitive = string | number | boolean | null | undefined;

/** Two compiled sides joined by an operator of JavaScript, without running any code of the values. */
export function binary(operator: Operator, left: Expression, right: Expression): Expression {
  if (operator === "||") return (run) => left(run) || right(run);
  if (operator === "&&") return (run) => left(run) && right(run);
  const compute = operations[operator];
  return (run) => {
    const first = left(run);
    const second = right(run);
    run.state.charge(1);
    return compute(run.state, first, second);
  };
}

type Operation = (state: State, a: unknown, b: unknown) => unknown;

const operations: Record<Exclude<Operator, "||" | "&&">, Operation> = {
  "+": (state, a, b) => {
    const sum = (plain(state, a) as string) + (plain(state, b) as string);
    if (typeof sum === "string") state.chargeText(sum.length);
    return sum;
  },
  "-": (state, a, b) => numeric(state, a) - numeric(state, b),
  "*": (state, a, b) => numeric(state, a) * numeric(state, b),
  "/": (state, a, b) => numeric(state, a) / numeric(state, b),
  "%": (state, a, b) => numeric(state, a) % numeric(state, b),
  "===": (state, a, b) => identical(state, a, b),
  "!==": (state, a, b) => !identical(state, a, b),
  "==": loose,
  "!=": (state, a, b) => !loose(state, a, b),
  "<": (state, a, b) => ordered(state, a) < ordered(state, b),
  ">": (state, a, b) => ordered(state, a) > ordered(state, b),
  "<=": (state, a, b) => ordered(state, a) <= ordered(state, b),
  ">=": (state, a, b) => ordered(state, a) >= ordered(state, b),
};

/** A number as JavaScript's arithmetic sees a value. */
export function numeric(state: State, value: unknown): number {
  return typeof value === "number" ? value : Number(momentOf(value) ?? plain(state, value));
}

// Moments compare by time, everything else as text or number.
function ordered(state: State, value: unknown): number {
  return (momentOf(value) ?? plain(state, value)) as number;
}

function plain(state: State, value: unknown): Primitive {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return value as Primitive;
  return isHtml(value) ? value.toString() : state.text(value);
}

function identical(state: State, a: unknown, b: unknown): boolean {
  if (typeof a === "string" && typeof b === "string" && a.length === b.length) state.chargeText(a.length);
  return a === b;
}

function loose(state: State, a: unknown, b: unknown): boolean {
  if (typeof a === typeof b) return identical(state, a, b) || (a ?? null) === (b ?? null);
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  // oxlint-disable-next-line eqeqeq -- the template's own ==
  return plain(state, a) == plain(state, b);
}
