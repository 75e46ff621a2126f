import { contractFilters, contractFunctions, contractNames, contractTests } from "../contract/contract.ts";

/** Functions that templates may call. */
export const knownFunctions: ReadonlySet<string> = new Set(Object.keys(contractFunctions));

/** Filters that templates may use. */
export const knownFilters: ReadonlySet<string> = new Set(Object.keys(contractFilters));

/** Tests that may stand after `is`. */
export const knownTests: ReadonlySet<string> = new Set(contractTests);

/** What a page's data may hold at its top; each page has some of them. */
export const knownData: ReadonlySet<string> = new Set(Object.keys(contractNames));
