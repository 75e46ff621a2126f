import { escape } from "../theme-engine/engine.ts";

/** Attributes of an element, escaped; false, null and empty ones are left out, true ones stand without a value. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  let out = "";
  for (const name in values) {
    const value = values[name];
    if (value === undefined || value === null || value === false || value === "") continue;
    out += value === true ? ` ${name}` : ` ${name}="${escape(value)}"`;
  }
  return out;
}

export { escape };
