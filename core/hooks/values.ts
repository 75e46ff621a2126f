/** What JSON can hold: everything that crosses a hook is made of this. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** microformats2 properties of a post and values of plugins (under the plugin's id). */
export type Properties = { readonly [name: string]: Json };

/** A moment in ISO 8601, UTC, with milliseconds: `2026-11-24T09:30:00.000Z`. */
export type Moment = string;

/** A site as plugins and themes see it. */
export type Blog = {
  readonly id: string;
  readonly host: string;
  /** Address of the home page, ending in a slash. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  /** IANA zone; permalinks and archives follow it. */
  readonly timeZone: string;
  readonly theme: string;
  readonly ownerId: string;
  readonly settings: Properties;
  readonly createdAt: Moment;
};

/** A person; e-mail is only there for plugins with `accounts:read`. */
export type Account = {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email?: string;
  readonly role: "admin" | "moderator" | "curator" | "member";
  readonly language: string;
  readonly timeZone: string;
  readonly bio: string;
  readonly photo: string;
  /** What the photo shows, in words. */
  readonly photoAlt?: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
};

/** Something a person is told, in their own language. */
export type Notice = {
  readonly id: string;
  /** The plugin that tells it. */
  readonly pluginId: string;
  /** A small word, such as `reply` or `moderation`. */
  readonly kind: string;
  readonly text: string;
  /** Where it leads: a path of the hub, or an address. */
  readonly url: string;
  /** What it is about: of one kind and subject there is one notice, the latest. Empty when each stands for itself. */
  readonly subject: string;
  readonly from: { readonly name: string; readonly url: string; readonly avatar: string } | null;
  readonly at: Moment;
  /** Changes what somebody was told of this kind and subject, if they were; nothing new is told. */
  readonly isChange?: true;
};

/** Takes back what anybody was told of a kind and subject, but for some. */
export type NoticeGone = {
  readonly pluginId: string;
  readonly kind: string;
  readonly subject: string;
  readonly except: readonly string[];
};

/** A picture, sound or film that belongs to a post. */
export type Photo = {
  readonly url: string;
  readonly alt: string;
  /** It has no description on purpose. */
  readonly decorative?: boolean;
  readonly width?: number;
  readonly height?: number;
};
export type Audio = {
  readonly url: string;
  readonly type: string;
  readonly bytes: number;
  readonly seconds?: number;
  readonly title?: string;
};

export type Category = { readonly id: string; readonly name: string; readonly slug: string; readonly description: string };

export type PostStatus = "draft" | "scheduled" | "published" | "trash";
export type Visibility = "public" | "unlisted" | "private";
export type Format = "markdown" | "html";

/** A post as it is stored. `html` is rendered and clean; `source` is what the author wrote. */
export type Post = {
  readonly id: string;
  /** A whole number that apps name it by, of one rising sequence with the interactions'; 0 until it is stored. */
  readonly number: number;
  readonly blogId: string;
  readonly authorId: string;
  readonly kind: string;
  readonly status: PostStatus;
  readonly visibility: Visibility;
  /** Whether lists, feeds and archives show it. */
  readonly isListed: boolean;
  readonly slug: string;
  /** Path under the blog's address, starting with a slash. */
  readonly path: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly format: Format;
  readonly source: string;
  readonly html: string;
  readonly language: string;
  readonly properties: Properties;
  readonly photos: readonly Photo[];
  readonly audio: readonly Audio[];
  readonly categories: readonly Category[];
  readonly version: number;
  readonly publishedAt: Moment | null;
  readonly createdAt: Moment;
  readonly updatedAt: Moment;
};

/** What somebody asks to be published; every field left out keeps its value on an existing post. */
export type Draft = {
  /** The post to change; without it a new one is made. */
  readonly id?: string;
  readonly kind?: string;
  readonly title?: string;
  readonly content?: string;
  readonly format?: Format;
  readonly summary?: string;
  readonly status?: "draft" | "published";
  readonly visibility?: Visibility;
  readonly slug?: string;
  /** A path to keep, for importers; otherwise it is made from the date and the slug. */
  readonly path?: string;
  /** In the future: scheduled. In the past: dated back. */
  readonly publishedAt?: Moment;
  readonly updatedAt?: Moment;
  readonly language?: string;
  readonly authorId?: string;
  /** Names; missing categories are made. */
  readonly categories?: readonly string[];
  readonly photos?: readonly Photo[];
  readonly audio?: readonly Audio[];
  /** Replaces the properties named; `null` removes one. */
  readonly properties?: Properties;
  /** Where copies go, by the ids of targets (`plugin/account`), each with a text of its own if it should not be the post's; left out: as chosen before. */
  readonly targets?: readonly { readonly target: string; readonly text?: string; readonly label?: string }[];
  /** The version the author started from; another one stored meanwhile is a conflict. */
  readonly version?: number;
  /** Chosen by the sender, up to 200 characters: a repeated request gives the same post. */
  readonly key?: string;
};

/**
 * A "no" with a sentence for the person, and optionally the field it is about and an HTTP status. `key` and `values` name the
 * sentence in the catalogue, for readers of other languages.
 */
export type Refusal = {
  readonly refuse: string;
  readonly field?: string;
  readonly status?: number;
  readonly key?: string;
  readonly values?: Readonly<Record<string, string | number>>;
};

/** What somebody elsewhere (or a local reader) did to a post. */
export type Interaction = {
  readonly id: string;
  /** A whole number that apps name it by, of one rising sequence with the posts'; 0 until it is stored. */
  readonly number: number;
  readonly blogId: string;
  readonly postId: string;
  readonly parentId: string | null;
  readonly kind: "reply" | "mention" | "like" | "repost";
  readonly state: "visible" | "held" | "hidden";
  /** Which road it came by: `import`, or a plugin's id. */
  readonly via: string;
  readonly author: { readonly name: string; readonly url: string; readonly photo: string };
  readonly accountId: string | null;
  readonly sourceUrl: string;
  readonly html: string;
  /** More of it, as microformats2 properties: `rsvp`, `bookmark-of`, `url` … */
  readonly properties: Properties;
  readonly publishedAt: Moment;
  readonly receivedAt: Moment;
};

export type Verdict = "accept" | "hold" | "reject";

/** An element for the page's head; only `meta` and `link`, attributes are escaped. */
export type HeadTag = { readonly tag: "meta" | "link"; readonly attributes: Readonly<Record<string, string>> };

export type Media = {
  readonly id: string;
  readonly blogId: string;
  readonly url: string;
  readonly type: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly alt: string;
  readonly name: string;
  readonly createdAt: Moment;
  /** What of a camera's notes is kept; only where a plugin keeps some (`media.facts`). */
  readonly facts?: PictureFacts;
};

/** What a camera wrote of a picture: never a place, an owner or a serial number. */
export type PictureFacts = {
  readonly camera?: string;
  readonly lens?: string;
  /** Millimetres. */
  readonly focalLength?: number;
  /** The f-number. */
  readonly aperture?: number;
  /** Seconds. */
  readonly exposure?: number;
  readonly iso?: number;
  /** `2026-05-01T12:30:00`, by the camera's clock; with `+02:00` behind it where the camera knew. */
  readonly takenAt?: string;
};

/** One finding of the self-check. */
export type HealthCheck = {
  readonly id: string;
  readonly label: string;
  readonly status: "good" | "advice" | "critical";
  readonly detail: string;
};

/** An answer as data; `cache` lets the page cache keep it until something shown on the blog changes. */
export type Reply = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly json?: unknown;
  readonly html?: string;
  readonly bytes?: Uint8Array;
  readonly redirect?: string;
  readonly cache?: boolean;
};
