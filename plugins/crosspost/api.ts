import type { Json, Moment } from "rookery/plugin";

/** What plugins that speak to one service each import: requires `crosspost` in their manifest. */
export { CrosspostError, type CrosspostErrorKind } from "./crosspost-error.ts";
export { mayHaveArrived } from "./may-have-arrived.ts";

/** How a service counts the length of a text; see crossposting.md, "Length counters". */
export type CounterName = "grapheme" | "codepoint" | "utf16" | "weighted" | "mastodon" | "utf8emoji" | "bytes";

/** What a service takes and can do. Left out: no such limit, or it cannot. */
export type ServiceLimits = {
  /** Length of the text by `counter`. */
  readonly text: number;
  readonly counter: CounterName;
  /** For the counter `mastodon`: what an address costs, 23 if left out. */
  readonly urlLength?: number;
  /** A second limit of the same text in UTF-8 bytes. */
  readonly bytes?: number;
  readonly images: number;
  /** Length of a picture's description, in code points. */
  readonly alt?: number;
  readonly imageBytes?: number;
  readonly imageTypes?: readonly string[];
  /** Longest side of a picture, in pixels. */
  readonly imageSide?: number;
  /** Links are facets over words, so the text needs no addresses. */
  readonly facets?: boolean;
  /** The service hides a post behind the words of its warning; elsewhere the copy is the warning and the link. */
  readonly warnings?: boolean;
  /** The service draws a card from what we give; else it fetches the first link itself. */
  readonly card?: boolean;
  readonly edit?: boolean;
  readonly delete?: boolean;
};

/** A link or mention within a composed text; `start` and `end` count UTF-16 units, half-open. */
export type Facet = { readonly start: number; readonly end: number; readonly url: string };

/** A category added as a hashtag: its place in the text, with the sign, and its word without. */
export type Hashtag = { readonly start: number; readonly end: number; readonly tag: string };

/** A picture that goes along; `bytes()` fetches the smallest variant that fits the service's limits, without metadata. */
export type ComposedImage = {
  readonly url: string;
  readonly alt: string;
  readonly width?: number;
  readonly height?: number;
  bytes(): Promise<{ readonly bytes: Uint8Array; readonly type: string; readonly width?: number; readonly height?: number }>;
};

/** A post as it goes to one service: within its limits, by the rules of composition. */
export type Composed = {
  readonly text: string;
  readonly facets: readonly Facet[];
  /** For services that must be told which words are hashtags; others read them out of the text. */
  readonly hashtags?: readonly Hashtag[];
  readonly isTruncated: boolean;
  readonly images: readonly ComposedImage[];
  /** Only where the service takes cards and no picture goes along. */
  readonly card?: { readonly url: string; readonly title: string; readonly description: string; readonly image?: ComposedImage };
  /** The post on its own blog. */
  readonly url: string;
  /** BCP 47. */
  readonly language: string;
  readonly publishedAt: Moment;
  /** Text before which the service shows a warning; empty for none. */
  readonly warning: string;
};

/** A connected account of a service. */
export type ServiceAccount = {
  /** Stays the same for one account: printable ASCII, at most 80. */
  readonly id: string;
  /** As people read it: `@kim@social.example`. */
  readonly name: string;
  readonly limits: ServiceLimits;
};

/** One copy to be made, changed or removed. */
export type ServiceRequest = {
  readonly account: string;
  readonly composed: Composed;
  /** The same for every try of this copy; printable ASCII, at most 150. */
  readonly key: string;
  /** From 1; above 1 a try before may have reached the service. */
  readonly attempt: number;
  /** What `publish` gave, or the progress of a try before; null before. */
  readonly copy: Json;
  /** Writes progress down (ids of uploaded media, a chosen record key) before the next step leaves the house. */
  progress(copy: Json): Promise<void>;
};

/** What a service gave: the address readers can open, and what finds the copy again. */
export type ServiceCopy = { readonly url?: string; readonly copy: Json };

/**
 * One kind of service: `crosspost` does choices, composition, turns, states, rules and notices; this speaks the service's language.
 * Everything throws CrosspostError, by whose kind `crosspost` decides what happens next.
 */
export interface CrosspostService {
  /** “Mastodon”. */
  readonly label: string;
  /** The connected accounts of the blog at hand, with limits as last discovered. No network, 2 s. */
  accounts(): Promise<readonly ServiceAccount[]>;
  /** Makes the copy. */
  publish(request: ServiceRequest): Promise<ServiceCopy>;
  /** Looks whether a copy exists that an earlier try may have made; null when it surely does not. Left out: nobody can know. */
  find?(request: ServiceRequest): Promise<ServiceCopy | null>;
  update?(request: ServiceRequest): Promise<ServiceCopy>;
  /** A copy that is gone already counts as removed. */
  remove?(request: Omit<ServiceRequest, "composed">): Promise<void>;
  /** Asks the service whether the account still works and what its limits are; a sentence for the person when not. */
  verify?(account: string): Promise<void>;
}

declare module "rookery/plugin" {
  interface Services {
    "crosspost.service": CrosspostService;
  }
}
