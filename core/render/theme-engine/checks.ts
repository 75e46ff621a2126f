import { numeric } from "./compile/arithmetic.ts";
import type { Check } from "./environment.ts";
import { isHtml } from "./html.ts";
import { fieldNames, isRecord } from "./values.ts";

/** The tests after `is`. */
export const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["defined", (_, value) => value !== undefined],
  ["none", (_, value) => value === null],
  ["string", (_, value) => typeof value === "string"],
  ["number", (_, value) => typeof value === "number"],
  ["iterable", (_, value) => Array.isArray(value) || typeof value === "string" || isHtml(value)],
  ["odd", (call, value) => numeric(call, value) % 2 === 1],
  ["even", (call, value) => numeric(call, value) % 2 === 0],
  ["divisibleby", (call, value, by) => numeric(call, value) % numeric(call, by) === 0],
  ["equalto", (_, value, other) => value === other],
  ["empty", (_, value) => isEmpty(value)],
]);

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isHtml(value) ? value.toString() === "" : isRecord(value) && fieldNames(value).length === 0;
}
