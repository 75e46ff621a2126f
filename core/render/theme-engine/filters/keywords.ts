import { brand } from "../brands.ts";
import type { Filter } from "../environment.ts";

/** A filter whose arguments after the value have names, so that templates may write `truncate(length=20)`. */
export function named(name: string, parameters: readonly string[], filter: Filter): Filter {
  return brand(filter, { name, parameters });
}
