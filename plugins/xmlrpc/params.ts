import { Fault, faults } from "./wire/fault.ts";
import { isStruct, type RpcStruct, type RpcValue } from "./wire/value.ts";

/** The values of a call, asked for by their place. What is left out at the end is empty; what has the wrong type is a Fault. */
export class Params {
  readonly #values: readonly RpcValue[];

  constructor(values: readonly RpcValue[]) {
    this.#values = values;
  }

  /** Text; numbers are text too, since editors send ids as either. */
  text(at: number): string {
    const value = this.#values[at] ?? "";
    if (typeof value === "string") return value;
    if (typeof value === "number") return String(value);
    throw this.#wrong(at, "text");
  }

  int(at: number, usual: number): number {
    const value = this.#values[at];
    if (value === undefined || value === null || value === "") return usual;
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isSafeInteger(number)) throw this.#wrong(at, "a whole number");
    return number;
  }

  /** True or false, by whatever name; undefined when it was left out. */
  flag(at: number): boolean | undefined {
    return flagOf(this.#values[at], () => this.#wrong(at, "true or false"));
  }

  struct(at: number): RpcStruct {
    const value = this.#values[at];
    if (!isStruct(value)) throw this.#wrong(at, "a struct");
    return value;
  }

  list(at: number): readonly RpcValue[] {
    const value = this.#values[at];
    if (!Array.isArray(value)) throw this.#wrong(at, "an array");
    return value;
  }

  #wrong(at: number, wanted: string): Fault {
    return new Fault(faults.params, `Parameter ${at + 1} must be ${wanted}.`);
  }
}

/** A boolean as editors write it: also 0 and 1, as number or text. */
export function flagOf(value: RpcValue | undefined, wrong: () => Fault): boolean | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "boolean") return value;
  if (value === 1 || value === "1" || value === "true") return true;
  if (value === 0 || value === "0" || value === "false") return false;
  throw wrong();
}

/** A text of a struct; undefined when it is not there. A Fault when it is none. */
export function memberText(struct: RpcStruct, name: string): string | undefined {
  const value = struct[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw new Fault(faults.params, `“${name}” must be text.`);
}
