import type { Interaction, Properties } from "rookery/plugin";

/** A comment that a page shows below its own entry, from somewhere else. */
export type Nested = {
  readonly source: string;
  readonly author: { readonly name: string; readonly url: string };
  readonly html: string;
  readonly publishedAt?: string;
};

/** What a page says about a target, not yet cleaned. */
export type Mention = {
  readonly kind: Interaction["kind"];
  readonly author: { readonly name: string; readonly url: string; readonly photo: string };
  readonly accountId?: string;
  readonly html: string;
  readonly publishedAt?: string;
  /** Other pages it answers. */
  readonly alsoAnswers: readonly string[];
  readonly properties: Properties;
  readonly comments: readonly Nested[];
};

/** What was found at a source: the mention, that it is gone or links nowhere here, or that it could not be looked at now or ever. */
export type Facts =
  | { readonly state: "found"; readonly mention: Mention }
  | { readonly state: "gone" | "no-link" | "later" }
  | { readonly state: "refused"; readonly reason: "type" | "address" | "not-there" };
