import type { Json, SentFile } from "rookery/plugin";
import type { Entry, Values } from "../entry/mf2.ts";

/** What an update changes (Micropub §3.4): lists of values, or for `remove` names of whole properties. */
export type Change = {
  readonly replace: Values;
  readonly add: Values;
  readonly remove: Values;
  readonly removeWhole: readonly string[];
};

/** A request to the endpoint, in one shape whichever way it was sent. */
export type Wish = {
  readonly action: "create" | "update" | "delete" | "undelete";
  readonly url: string | undefined;
  readonly entry: Entry;
  /** `mp-…` commands by their names without `mp-`; a command that did not come is not there. */
  readonly commands: { readonly [name: string]: readonly Json[] };
  /** Only for `update`. */
  readonly change: Change | null;
  /** Files of a multipart form, named as properties. */
  readonly files: readonly SentFile[];
};

/** What an entry says about its publication rather than of itself. */
export const statements: ReadonlySet<string> = new Set(["post-status", "visibility"]);

/** Names that properties may have; everything else that comes is left out. */
export const isPropertyName = (name: string): boolean => /^[a-z][a-z0-9_-]{0,59}$/i.test(name) && name !== "access_token";
