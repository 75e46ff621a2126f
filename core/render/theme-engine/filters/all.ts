import type { Filter } from "../environment.ts";
import { dateFilters } from "./dates.ts";
import { listFilters } from "./lists.ts";
import { numberFilters } from "./numbers.ts";
import { orderFilters } from "./order.ts";
import { outputFilters } from "./output.ts";
import { textFilters } from "./text.ts";
import { trimFilters } from "./trimming.ts";

const groups = [dateFilters, listFilters, numberFilters, orderFilters, outputFilters, textFilters, trimFilters];

/** The filters every theme has; `markdown` comes from the caller. */
export const filters: ReadonlyMap<string, Filter> = new Map(groups.flatMap((group) => Object.entries(group)));
