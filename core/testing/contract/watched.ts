import type { Plugin } from "../../host/manifest.ts";

type Run = (value: unknown, context: unknown) => unknown;

/**
 * The same plugin, its hooks held to plain data: what they get is a frozen copy, so whoever changes it fails, and what they give
 * must survive JSON. What they do wrong counts as their failure.
 */
export function watched(plugin: Plugin): Plugin {
  const hooks = Object.entries(plugin.hooks ?? {}).map(([name, tap]) => {
    const run = (typeof tap === "function" ? tap : tap!.run) as Run;
    const careful: Run = async (value, context) => plain(name, await run(frozenCopy(value), context));
    return [name, typeof tap === "function" ? careful : { ...tap, run: careful }] as const;
  });
  return { ...plugin, ...(plugin.hooks && { hooks: Object.fromEntries(hooks) as NonNullable<Plugin["hooks"]> }) };
}

function plain<T>(hook: string, result: T): T {
  const wrong = notPlain(result, "its answer");
  if (wrong) throw new Error(`Hook “${hook}” gives no plain data: ${wrong}`);
  return result;
}

/** Where a value stops being plain data, as a sentence; null when it is text, finite numbers, booleans, null, lists and objects of them. */
export function notPlain(value: unknown, where: string, depth = 0): string | null {
  if (value === null || value === undefined || typeof value === "string" || typeof value === "boolean") return null;
  if (typeof value === "number") return Number.isFinite(value) ? null : `${where} is ${value}.`;
  if (typeof value !== "object") return `${where} is a ${typeof value}.`;
  if (value instanceof Uint8Array) return null; // the bytes of a Reply
  if (depth > 40) return `${where} is nested without an end.`;
  if (Array.isArray(value)) return first(value.map((one, at) => notPlain(one, `${where}[${at}]`, depth + 1)));
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null)
    return `${where} is a ${(value as object).constructor.name}.`;
  return first(Object.entries(value).map(([key, one]) => notPlain(one, `${where}.${key}`, depth + 1)));
}

const first = (found: readonly (string | null)[]): string | null => found.find((one) => one !== null) ?? null;

function frozenCopy(value: unknown): unknown {
  return freeze(structuredClone(value));
}

function freeze(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
