import type { Json } from "rookery/plugin";
import type { Change } from "../read/wish.ts";
import { isSame, objectOf, textOf, type Values } from "./mf2.ts";

/**
 * An entry's properties after an update: replaced, then added to, then deleted from (Micropub §3.4). A property whose last value
 * goes is gone; everything not named stays.
 */
export function changed(properties: Values, { replace, add, remove, removeWhole }: Change): Values {
  const next: Record<string, readonly Json[]> = { ...properties, ...replace };
  for (const [name, values] of Object.entries(add)) {
    const there = next[name] ?? [];
    next[name] = [...there, ...values.filter((value) => !there.some((one) => isSame(one, value)))];
  }
  for (const [name, values] of Object.entries(remove))
    next[name] = (next[name] ?? []).filter((one) => !values.some((value) => isMeant(name, one, value)));
  for (const name of removeWhole) next[name] = [];
  return Object.fromEntries(Object.entries(next).filter(([, values]) => values.length > 0));
}

// A photo with a description is found by its address too, and categories are the same however their letters are written.
function isMeant(name: string, one: Json, value: Json): boolean {
  if (isSame(one, value)) return true;
  if (name === "category" && typeof one === "string" && typeof value === "string")
    return one.trim().toLowerCase() === value.trim().toLowerCase();
  const address = (given: Json) => textOf(given) ?? textOf(objectOf(given)?.url);
  const [there, wanted] = [address(one), address(value)];
  return there !== undefined && there === wanted && (objectOf(one) !== null || objectOf(value) !== null);
}
