import { processorTime, type Environment } from "./environment.ts";
import { TemplateError } from "./errors.ts";
import type { TemplateErrorCode } from "./errors.ts";
import { escapeText, isHtml } from "./html.ts";
import { momentOf, read } from "./values.ts";

/** A place in a source as one number: line * 65536 + column, both counted from 0. */
export type Position = number;

/** What one render spends and writes; filters get it as their first argument. */
export class State {
  readonly environment: Environment;
  out = "";
  size = 0;
  fuel: number;
  at: Position = 0;
  template: string;
  /** Name of the helper or filter that is running, for the message when it fails. */
  calling = "";
  includes = 0;
  macros = 0;
  blocks = 0;
  /** Every name that the templates set so far: the others are found in the page's data without looking through the frames. */
  readonly bound = new Set<string>();
  #checkBelow: number;
  readonly #started: number;
  readonly #startedOnWall = performance.now();

  constructor(environment: Environment, template: string) {
    this.environment = environment;
    this.template = template;
    this.fuel = environment.limits.fuel;
    this.#checkBelow = Math.max(this.fuel - 1024, 0);
    this.#started = environment.elapsed();
  }

  /** Takes fuel; stops the render when the tank or the time is used up. */
  charge(amount: number): void {
    this.fuel -= amount;
    // Written so that a NaN stops the render too.
    if (!(this.fuel >= this.#checkBelow)) this.#check();
  }

  /** Takes fuel for a text that was or will be made: one for 32 characters. */
  chargeText(length: number): void {
    if (length > 31) this.charge(length >>> 5);
  }

  #check(): void {
    const { limits, elapsed } = this.environment;
    if (!(this.fuel >= 0)) this.fail("limit-fuel", `The page needs more than ${limits.fuel} steps.`);
    this.#checkBelow = Math.max(this.fuel - 1024, 0);
    // To ask for the processor's time takes twenty times as long as to look at the clock, and a thread never had more of it.
    if (elapsed === processorTime && performance.now() - this.#startedOnWall <= limits.time) return;
    if (elapsed() - this.#started > limits.time) this.fail("limit-time", `The page took longer than ${limits.time} ms.`);
  }

  /** Appends markup to the page. */
  write(markup: string): void {
    this.out += markup;
    this.size += markup.length;
    if (this.size > this.environment.limits.output)
      this.fail("limit-output", `The page is larger than ${this.environment.limits.output} characters.`);
  }

  /** Prints a value: Html as it is, everything else as escaped text. */
  print(value: unknown): void {
    if (value === undefined || value === null) return;
    if (typeof value === "string") this.write(escapeText(value));
    else if (typeof value === "number") this.write(String(value));
    else this.write(isHtml(value) ? value.toString() : escapeText(this.text(value)));
  }

  /** Runs something and gives back what it would have printed. */
  capture(run: () => void): string {
    const { out, size } = this;
    this.out = "";
    run();
    const captured = this.out;
    this.out = out;
    this.size = size;
    this.chargeText(captured.length);
    return captured;
  }

  /** A value as text, the way JavaScript would write it, without running any code of the value. */
  text(value: unknown): string {
    if (typeof value === "string") return value;
    if (value === undefined || value === null || typeof value === "symbol") return "";
    if (typeof value !== "object" && typeof value !== "function") return String(value);
    if (isHtml(value)) return value.toString();
    if (Array.isArray(value)) return this.#listText(value);
    const moment = momentOf(value);
    if (moment !== undefined) return Number.isFinite(moment) ? new Date(moment).toISOString() : "Invalid Date";
    return typeof value === "function" ? "" : "[object Object]";
  }

  // One array can stand in another many times over (`[a, a]` doubled again and again), so every element costs.
  #listText(list: readonly unknown[]): string {
    this.charge(list.length + 1);
    const text = list.map((item) => this.text(item)).join(",");
    this.chargeText(text.length);
    return text;
  }

  /** Reads a dotted path of own properties, as the attribute of `sort`, `where` and `groupby`. */
  read(value: unknown, path: unknown): unknown {
    if (typeof path === "number") return read(value, path);
    let found = value;
    for (const key of this.text(path).split(".")) {
      this.charge(1);
      found = read(found, this.key(key));
    }
    return found;
  }

  /** A name that may be read; forbidden ones stop the render. */
  key(name: string): string {
    if (name === "__proto__" || name === "constructor" || name === "prototype")
      this.fail("not-allowed", `"${name}" cannot be used in a template.`);
    return name;
  }

  /** Stops the render with an error at a place, or at the last statement reached. */
  fail(code: TemplateErrorCode, message: string, at: Position = this.at): never {
    const place = { template: this.template, line: (at >>> 16) + 1, column: (at & 0xffff) + 1 };
    throw new TemplateError(code, message, place);
  }
}
