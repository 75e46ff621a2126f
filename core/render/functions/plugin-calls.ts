import type { TemplateArgument, TemplateCall, TemplateValue } from "../../hooks/template-call.ts";
import { brand, isHtml, Refusal, type Environment, type Filter, type Helper } from "../theme-engine/engine.ts";
import type { PluginCalls } from "../render.types.ts";

const longest = 100_000;
const most = 1000;

/** The filters and functions of the plugins of a blog's page, by the names that templates call them. */
export function withPluginCalls(environment: Environment, { filters, functions }: PluginCalls): Environment {
  if (filters.size === 0 && functions.size === 0) return environment;
  return {
    ...environment,
    filters: new Map([...environment.filters, ...[...filters].map(([name, call]) => [name, filterOf(name, call)] as const)]),
    globals: new Map([...environment.globals, ...[...functions].map(([name, call]) => [name, helperOf(name, call)] as const)]),
  };
}

const known = new WeakMap<TemplateCall, Filter | Helper>();

function filterOf(name: string, call: TemplateCall): Filter {
  return kept(call, () => {
    const [, ...rest] = Object.keys(call.takes);
    const filter: Filter = (state, ...values) => {
      const given = checked(name, call, values);
      state.charge(costOf(given));
      const result = resultOf(name, run(call, given));
      state.charge(costOf([result]));
      return result;
    };
    return brand(filter, { name, parameters: rest });
  });
}

function helperOf(name: string, call: TemplateCall): Helper {
  const helper = (...values: unknown[]) => resultOf(name, run(call, checked(name, call, values)));
  return kept(call, () => brand(helper, { name, cost: 10, parameters: Object.keys(call.takes) }));
}

function kept<T extends Filter | Helper>(call: TemplateCall, make: () => T): T {
  let made = known.get(call);
  if (!made) known.set(call, (made = make()));
  return made as T;
}

const run = (call: TemplateCall, values: readonly unknown[]): unknown =>
  (call.run as (...values: unknown[]) => unknown)(...values);

function checked(name: string, { takes }: TemplateCall, values: readonly unknown[]): unknown[] {
  return Object.entries(takes).map(([argument, type], at) => {
    const value = values[at];
    if ((value === undefined || value === null) && type.endsWith("?")) return undefined;
    const found = valueOf(type, value);
    if (found === undefined) throw new Refusal(`${name}: “${argument}” must be a ${type.replace("?", "")}.`);
    return found;
  });
}

// Plain copies: what a template holds cannot be changed behind its back, nor can a page's own objects get out.
function valueOf(type: TemplateArgument, value: unknown): unknown {
  switch (type.replace("?", "")) {
    case "text":
      return typeof value === "string" || isHtml(value) ? String(value) : undefined;
    case "list":
      return Array.isArray(value) && value.length <= most ? value.map((one) => (isPlain(one) ? one : null)) : undefined;
    default:
      return typeof value === type.replace("?", "") ? value : undefined;
  }
}

function resultOf(name: string, value: unknown): TemplateValue {
  if (typeof value === "string") return value.slice(0, longest);
  if (isPlain(value)) return value as TemplateValue;
  if (Array.isArray(value)) return value.slice(0, most).filter(isPlain) as (string | number)[];
  if (value === null || value === undefined) return null;
  // A promise would print as nothing and fail where nobody waits.
  if (value instanceof Promise) value.catch(() => undefined);
  throw new Refusal(`${name} gave something that templates cannot print.`);
}

const isPlain = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);
const costOf = (values: readonly unknown[]): number =>
  1 +
  values.reduce<number>(
    (sum, value) => sum + (typeof value === "string" ? value.length >>> 5 : Array.isArray(value) ? value.length : 0),
    0,
  );
