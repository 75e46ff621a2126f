import { numeric } from "../compile/arithmetic.ts";
import type { Filter } from "../environment.ts";
import { kept } from "./kept.ts";
import { named } from "./keywords.ts";

/** `number` and `plural`, in the language of the blog. */
export const numberFilters: Record<string, Filter> = {
  number: named("number", ["digits"], (call, value, digits) => {
    const places = Math.min(Math.max(Math.trunc(Number(digits ?? 3)) || 0, 0), 20);
    const smallest = digits === undefined ? 0 : places;
    return kept(`number ${call.environment.locale} ${smallest} ${places}`, () => {
      const options = { minimumFractionDigits: smallest, maximumFractionDigits: places };
      return new Intl.NumberFormat(call.environment.locale, options);
    }).format(numeric(call, value));
  }),
  plural: named("plural", ["one", "many"], (call, value, one, many) => {
    const rules = kept(`plural ${call.environment.locale}`, () => new Intl.PluralRules(call.environment.locale));
    return rules.select(numeric(call, value)) === "one" ? one : many;
  }),
};
