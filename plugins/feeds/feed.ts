import type { Audio, Json, Post } from "rookery/plugin";

/** An element another plugin adds to a feed: `itunes:author` in XML; in JSON Feed the ones in `json` are added instead. */
export type Extension = {
  readonly name: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly Extension[];
};

/** One post in a feed, in no format yet. `html` has absolute addresses only; `title` is empty for notes. */
export type FeedItem = {
  readonly post: Post;
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly html: string;
  readonly language: string;
  readonly publishedAt: string;
  readonly updatedAt: string;
  readonly categories: readonly string[];
  readonly enclosures: readonly Audio[];
  readonly extensions: readonly Extension[];
  /** Whose it is, in a feed of several people's. */
  readonly author?: { readonly name: string; readonly url: string };
  /** More keys of the JSON item; names start with `_`. */
  readonly json: Readonly<Record<string, Json>>;
};

/** A feed in no format yet: what the hooks `feed.build` and the three writers work with. */
export type Feed = {
  readonly format: FeedFormat;
  readonly title: string;
  readonly description: string;
  readonly homeUrl: string;
  readonly feedUrl: string;
  readonly language: string;
  readonly author: { readonly name: string; readonly url: string };
  readonly copyright?: string;
  /** Address of a picture of the whole feed. */
  readonly image?: string;
  readonly updatedAt: string;
  /** Whether items carry their whole text. */
  readonly isFull: boolean;
  /** Addresses of WebSub hubs. */
  readonly hubs: readonly string[];
  /** Attributes of RSS' `<cloud>`. */
  readonly cloud?: Readonly<Record<string, string>>;
  readonly items: readonly FeedItem[];
  /** Prefix → address of the namespaces that extensions use. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly extensions: readonly Extension[];
  readonly json: Readonly<Record<string, Json>>;
};

export type FeedFormat = "rss" | "atom" | "json";

/** File name and media type of each format. */
export const formats = {
  rss: { file: "feed.xml", type: "application/rss+xml", name: "RSS" },
  atom: { file: "atom.xml", type: "application/atom+xml", name: "Atom" },
  json: { file: "feed.json", type: "application/feed+json", name: "JSON Feed" },
} as const satisfies Record<FeedFormat, { file: string; type: string; name: string }>;
