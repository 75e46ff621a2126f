/** A picture, a piece of sound or a film of an item. */
export type FeedMedia = {
  readonly url: string;
  /** MIME type as the feed says, or empty. */
  readonly type: string;
  /** What it shows, in words, or empty. */
  readonly alt: string;
  /** Bytes, null when the feed does not say. */
  readonly bytes: number | null;
};

/** Who wrote an item, as the feed says. */
export type FeedAuthor = { readonly name: string; readonly url: string; readonly photo: string };

/** One entry of a feed. `html` is not clean: it goes through `sanitise`. Addresses are absolute, or empty. */
export type FeedItem = {
  /** What it is known by within its feed; no two items of one document share it. */
  readonly key: string;
  readonly url: string;
  /** Empty for posts without one, and where the title only says again what the text says. `writtenTitle` is what the feed had. */
  readonly title: string;
  readonly writtenTitle: string;
  readonly html: string;
  /** ISO 8601 in UTC, or empty when the feed gives none that can be read. */
  readonly publishedAt: string;
  readonly updatedAt: string;
  readonly photos: readonly FeedMedia[];
  readonly audio: readonly FeedMedia[];
  readonly video: readonly FeedMedia[];
  readonly author: FeedAuthor | null;
  readonly inReplyTo: string;
  readonly categories: readonly string[];
  readonly language: string;
  /** The item as it stands in its feed, inside the first tag of it: `parseFeed` reads it again. Empty where it is none, or too long. */
  readonly raw: string;
};

/** A feed of any kind, read. `minutes` is how long it asks to be left alone; 0 when it does not say. */
export type Feed = {
  readonly kind: "rss" | "rdf" | "atom" | "json" | "h-feed";
  readonly title: string;
  readonly description: string;
  /** The site it belongs to. */
  readonly url: string;
  readonly icon: string;
  readonly language: string;
  readonly author: FeedAuthor | null;
  readonly items: readonly FeedItem[];
  /** Keys of entries that the feed says were deleted (RFC 6721). */
  readonly deleted: readonly string[];
  /** Hubs of WebSub it names, and the address it calls its own. */
  readonly hubs: readonly string[];
  readonly self: string;
  readonly next: string;
  readonly minutes: number;
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
  /** Only part was read: there were too many elements or items, or they stood too deep. */
  readonly isCut: boolean;
};

/** Where bytes came from: the address they were found at after redirects, and their Content-Type. */
export type FeedPlace = { readonly url: string; readonly contentType?: string };
