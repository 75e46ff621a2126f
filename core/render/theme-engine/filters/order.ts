import type { Filter } from "../environment.ts";
import type { State } from "../state.ts";
import { momentOf } from "../values.ts";
import { named } from "./keywords.ts";
import { asList } from "./lists.ts";

type Key = string | number | boolean | null | undefined;

/** `sort(attribute)`, or as in nunjucks `sort(reverse, case_sensitive, attribute)`. */
export const orderFilters: Record<string, Filter> = {
  sort: named("sort", ["reverse", "case_sensitive", "attribute"], (call, value, ...args) => {
    const [first, second, third] = args;
    if (typeof first === "string") return sorted(call, value, { attribute: first, reverse: Boolean(second) });
    return sorted(call, value, { reverse: Boolean(first), caseSensitive: Boolean(second), attribute: third });
  }),
};

function sorted(call: State, value: unknown, how: { reverse: boolean; caseSensitive?: boolean; attribute: unknown }): unknown[] {
  const items = asList(call, value).map((item) => {
    const found = how.attribute ? call.read(item, how.attribute) : item;
    return { item, key: keyOf(call, found, how.caseSensitive ?? false) };
  });
  call.charge(items.length * Math.ceil(Math.log2(items.length + 2)));
  const ahead = how.reverse ? 1 : -1;
  // Comparisons with undefined or mixed kinds say "equal", as in nunjucks.
  items.sort((a, b) => ((a.key as number) < (b.key as number) ? ahead : (a.key as number) > (b.key as number) ? -ahead : 0));
  return items.map(({ item }) => item);
}

// Keys are made once: lower-casing inside the comparison would make the same text again and again.
function keyOf(call: State, value: unknown, caseSensitive: boolean): Key {
  if (typeof value === "string") {
    call.chargeText(value.length);
    return caseSensitive ? value : value.toLowerCase();
  }
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") return value;
  return momentOf(value) ?? call.text(value);
}
