import type { Json } from "rookery/plugin";

/** Properties of a microformats2 entry: each a list of values, in the order they came. */
export type Values = { readonly [property: string]: readonly Json[] };

/** An entry as Micropub sends and reads it. */
export type Entry = { readonly type: string; readonly properties: Values };

type Object = { readonly [name: string]: Json };

/** A value as an object; null for texts, lists and numbers. */
export function objectOf(value: Json | undefined): Object | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Object) : null;
}

/** A value as a list: a bare one is a list of one, nothing is none. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

/** The text of a value: a text or number itself, or the `value` of an object; undefined for all else. */
export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  const inner = objectOf(value)?.value;
  return typeof inner === "string" ? inner : undefined;
}

/** The first text of a property. */
export function firstText(values: readonly Json[] | undefined): string | undefined {
  return textOf(values?.[0]);
}

/** Whether two values say the same; the order of an object's members says nothing. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => sorted(one) as Json);
  const object = objectOf(value);
  if (!object) return value;
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((name) => [name, sorted(object[name]) as Json]),
  );
}

// Tab and line ends may stay.
const forbidden = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu;

/** Text that every feed can carry: control characters and halves of letters are gone (XML 1.0 §2.2). */
export function soundText(text: string): string {
  return text.replace(forbidden, "").toWellFormed();
}

/** A value whose every text is sound. */
export function soundValue(value: Json): Json {
  if (typeof value === "string") return soundText(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(soundValue);
  const object = objectOf(value);
  if (!object) return value;
  return Object.fromEntries(Object.entries(object).map(([name, one]) => [soundText(name), soundValue(one)]));
}
