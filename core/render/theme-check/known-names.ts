import { pageFilters } from "../functions/functions.ts";
import { createEnvironment } from "../theme-engine/engine.ts";

const environment = createEnvironment({ filters: pageFilters });

/** Filters that templates may use. */
export const knownFilters: ReadonlySet<string> = new Set(environment.filters.keys());

/** Tests that may stand after `is`. */
export const knownTests: ReadonlySet<string> = new Set(environment.tests.keys());

/** Functions that templates may call; a test holds this list against what pages get. */
export const knownFunctions: ReadonlySet<string> = new Set([
  ...environment.globals.keys(),
  "head",
  "bodyEnd",
  "postContent",
  "postMeta",
  "picture",
  "imageUrl",
  "asset",
  "icon",
  "slot",
  "t",
  "url",
  "menu",
  "latest",
  "authorCard",
  "pager",
  "schemeSwitch",
  "searchForm",
]);

/** What a page's data may hold at its top; each page has some of them. */
export const knownData: ReadonlySet<string> = new Set(
  "site blog page theme menus request now posts pagination years post category period author error view".split(" "),
);
