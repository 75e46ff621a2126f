import { brand } from "./brands.ts";
import { checks } from "./checks.ts";
import { Refusal } from "./errors.ts";
import { filters } from "./filters/all.ts";
import type { Html } from "./html.ts";
import { defaultLimits } from "./limits.ts";
import type { Limits } from "./limits.ts";
import type { State } from "./state.ts";
import type { Template } from "./template.ts";

/** A filter: gets the render (to pay, read and fail with), the value, then the arguments. Synchronous. */
export type Filter = (call: State, value: unknown, ...args: unknown[]) => unknown;

/** A test after `is`. */
export type Check = (call: State, value: unknown, ...args: unknown[]) => boolean;

/** What a render may use besides its data. */
export type Environment = {
  /** Finds a template of the theme chain by the name used in include, extends and import; null when there is none. */
  load(name: string): Template | null;
  filters: ReadonlyMap<string, Filter>;
  tests: ReadonlyMap<string, Check>;
  globals: ReadonlyMap<string, unknown>;
  limits: Limits;
  /** The moment of `relative`, in milliseconds since 1970. */
  now(): number;
  locale: string;
  timeZone: string;
  /** What an include of a missing template prints; without it the render stops. */
  missing?: ((name: string) => Html | null) | undefined;
  /** Told what a helper or filter threw, for the log of the host; the template's author sees only its name. */
  failed?: ((name: string, error: unknown) => void) | undefined;
  /** Milliseconds that only go forward, for the time budget. */
  elapsed(): number;
};

/** What a caller adds to the engine's own filters, tests and functions. */
export type EnvironmentOptions = {
  load?: Environment["load"];
  filters?: Readonly<Record<string, Filter>>;
  tests?: Readonly<Record<string, Check>>;
  globals?: Readonly<Record<string, unknown>>;
  limits?: Partial<Limits>;
  now?: () => number;
  locale?: string;
  timeZone?: string;
  missing?: Environment["missing"];
  failed?: Environment["failed"];
  elapsed?: () => number;
};

const range = brand(rangeOf, { name: "range", parameters: ["start", "stop", "step"] });

/** An environment with the built-in filters, tests and `range`, and what the caller adds. Make one per blog, not per page. */
export function createEnvironment(options: EnvironmentOptions = {}): Environment {
  return {
    load: options.load ?? (() => null),
    filters: new Map([...filters, ...Object.entries(options.filters ?? {})]),
    tests: new Map([...checks, ...Object.entries(options.tests ?? {})]),
    globals: new Map([["range", range], ...Object.entries(options.globals ?? {})]),
    limits: { ...defaultLimits, ...options.limits },
    now: options.now ?? Date.now,
    locale: options.locale ?? "en",
    timeZone: options.timeZone ?? "UTC",
    missing: options.missing,
    failed: options.failed,
    elapsed: options.elapsed ?? processorTime,
  };
}

/**
 * Milliseconds that this thread has had the processor. Not the clock on the wall: on a machine that is busy with other things a
 * good theme would lose its pages.
 */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The same environment with other functions and fields, for one page. */
export function withGlobals(environment: Environment, globals: Readonly<Record<string, unknown>>): Environment {
  return { ...environment, globals: new Map([...environment.globals, ...Object.entries(globals)]) };
}

function rangeOf(start: unknown, stop?: unknown, step?: unknown): number[] {
  const [from, to] = stop === undefined ? [0, Number(start)] : [Number(start), Number(stop)];
  const by = Number(step) || 1;
  const count = Math.max(Math.ceil((to - from) / by), 0) || 0;
  if (count > 1000) throw new Refusal("range gives at most 1000 numbers.");
  return Array.from({ length: count }, (_, index) => from + index * by);
}
