import type { Filter } from "../environment.ts";
import { chargeSearch } from "../search.ts";
import type { State } from "../state.ts";
import { named } from "./keywords.ts";

/** Changing text. What comes out is text again, to be escaped, even when Html went in: its markup may be broken now. */
export const textFilters: Record<string, Filter> = {
  upper: (call, value) => given(call, value).toUpperCase(),
  lower: (call, value) => given(call, value).toLowerCase(),
  title: (call, value) => given(call, value).split(" ").map(capital).join(" "),
  replace: named("replace", ["old", "new", "count"], replace),
  split: named("split", ["separator"], (call, value, separator) => {
    const text = given(call, value);
    const at = separator === undefined || separator === null ? " " : call.text(separator);
    if (at === "") call.charge(text.length);
    else chargeSearch(call, text, at);
    // A part for every fuel at most.
    const parts = text.split(at, Math.max(call.fuel, 0) + 1);
    call.charge(parts.length);
    return parts;
  }),
};

/** The text of a value; nothing for null, undefined and false. */
export function given(call: State, value: unknown): string {
  return value === false ? "" : call.text(value);
}

function capital(word: string): string {
  const lower = word.toLowerCase();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

function replace(call: State, value: unknown, ...[old, fresh, count]: unknown[]): unknown {
  if (typeof old !== "string" && typeof old !== "number") return value;
  const text = call.text(value);
  const into = fresh === undefined || fresh === null ? String(fresh) : call.text(fresh);
  const search = String(old);
  const most = typeof count === "number" && count >= 0 ? count : Infinity;
  if (search === "") return between(call, text, into);
  chargeSearch(call, text, search);
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(search); at !== -1 && pieces.length < most; at = text.indexOf(search, from)) {
    call.charge(1 + (into.length >>> 5));
    pieces.push(text.slice(from, at));
    from = at + search.length;
  }
  return pieces.length === 0 ? text : [...pieces, text.slice(from)].join(into);
}

function between(call: State, text: string, into: string): string {
  call.charge((text.length + 1) * (1 + (into.length >>> 5)));
  return into + text.split("").join(into) + into;
}
