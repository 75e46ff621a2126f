/** Somebody or something that can be followed. `url` is their own place in the web. */
export type Source = {
  readonly id: string;
  /** `person` or `blog` of this installation, or what another plugin provides, such as `feed`. */
  readonly kind: string;
  readonly title: string;
  readonly url: string;
  readonly avatar: string;
  /** `kim`, `kim@host`, or a domain. */
  readonly handle: string;
  readonly language: string;
  /** The plugin that provides it, and what it knows it by (a feed's address). */
  readonly plugin: string;
  readonly key: string;
};

/** What another plugin has to say of a source that it can follow. */
export type Followable = Omit<Source, "id" | "plugin">;

/** Who said something; of outsiders who only replied `sourceId` is empty. */
export type ItemAuthor = {
  readonly sourceId: string;
  readonly name: string;
  readonly url: string;
  readonly avatar: string;
  readonly handle: string;
};

/** One post, reply or mention as timelines show it. */
export type Item = {
  /** The number apps name it by; of posts here the post's own. */
  readonly number: number;
  /** The post's, the interaction's, or one of its own. */
  readonly id: string;
  readonly kind: "post" | "reply" | "mention";
  readonly url: string;
  readonly title: string;
  /** Clean and short, by the rules of apps of the field. */
  readonly html: string;
  /** A title that leads to the post. */
  readonly isLink: boolean;
  readonly author: ItemAuthor;
  readonly photos: readonly { readonly url: string; readonly alt: string }[];
  readonly language: string;
  /** When it was said; never later than when it came. */
  readonly at: string;
  /** The address it answers, else empty, and the source of whom, where that is known. */
  readonly replyTo: string;
  readonly replySourceId: string;
  /** The blog of this installation it stands on, or empty. */
  readonly blogId: string;
};

/** An item that comes in. HTML and texts may be hostile: they are cleaned and cut here. */
export type ItemDraft = {
  /** What the source knows it by (a guid): the same one again changes the item. */
  readonly key: string;
  readonly sourceId: string;
  readonly url: string;
  readonly title?: string;
  readonly html: string;
  readonly photos?: readonly { readonly url: string; readonly alt: string }[];
  readonly language?: string;
  readonly publishedAt: string;
  readonly replyTo?: string;
  /** False keeps it out of timelines, but for whoever follows and has nothing of the source yet. True unless told. */
  readonly isNew?: boolean;
};

/** Where a list goes on: `before` and `since` are numbers of items. 40 unless told, 200 at most. */
export type PageWish = { readonly before?: number; readonly since?: number; readonly limit?: number };

/** Items in the order of time, the newest first; `next` is the `before` of the rest, null at the end. */
export type ItemPage = { readonly items: readonly Item[]; readonly next: number | null };

/** What somebody does not want to see. `number` names it in apps. */
export type Mute = {
  readonly id: string;
  readonly number: number;
  readonly kind: "person" | "domain" | "word";
  /** A handle, a host, or words in small letters. */
  readonly value: string;
  readonly isBlock: boolean;
  /** Also what others answer to that person. */
  readonly hidesReplies: boolean;
  readonly until: string | null;
};

export type MuteWish = {
  readonly kind: Mute["kind"];
  readonly value: string;
  readonly isBlock?: boolean;
  readonly hidesReplies?: boolean;
  /** When it ends by itself. */
  readonly until?: string | null;
};

export type Marker = { readonly channel: string; readonly number: number; readonly markedAt: string };

/** The root, if it is known here, and what answers it, the oldest first. A removed root keeps its place. */
export type Conversation = {
  readonly root: Item | null;
  readonly isRootGone: boolean;
  readonly replies: readonly Item[];
};

/**
 * The service `timeline.store`: reading and following, for whoever an account id stands for. Throws PublicError for what the
 * person can put right. Nothing says who follows somebody, or how many.
 */
export interface TimelineStore {
  /** What can be followed by a handle, an address or a domain; null for nothing. May ask the network through other plugins. */
  resolve(input: string): Promise<Source | null>;
  sourceById(id: string): Promise<Source | null>;
  sourceByHandle(handle: string): Promise<Source | null>;
  /** Makes, or brings up to date, a source of another plugin. */
  keepSource(plugin: string, source: Followable): Promise<Source>;
  /** False when they did so already. PublicError 422 for oneself and above 5,000. */
  follow(accountId: string, sourceId: string): Promise<boolean>;
  unfollow(accountId: string, sourceId: string): Promise<boolean>;
  /** Whom somebody follows, by name. */
  following(accountId: string): Promise<readonly Source[]>;
  /** Which of these sources somebody follows. */
  followed(accountId: string, sourceIds: readonly string[]): Promise<ReadonlySet<string>>;
  home(accountId: string, page?: PageWish): Promise<ItemPage>;
  photos(accountId: string, page?: PageWish): Promise<ItemPage>;
  mentions(accountId: string, page?: PageWish): Promise<ItemPage>;
  /** What a source said; `accountId` (null: a visitor) is who reads. */
  profile(accountId: string | null, sourceId: string, page?: PageWish & { photos?: boolean }): Promise<ItemPage>;
  item(accountId: string | null, number: number): Promise<Item | null>;
  conversation(accountId: string | null, number: number): Promise<Conversation | null>;
  /** How many newer ones than this there are in the home timeline, 41 at most. */
  newer(accountId: string, number: number): Promise<number>;
  mutes(accountId: string): Promise<readonly Mute[]>;
  mute(accountId: string, wish: MuteWish): Promise<Mute>;
  unmute(accountId: string, id: string | number): Promise<boolean>;
  markers(accountId: string): Promise<readonly Marker[]>;
  /** Moves the mark, unless a later one is there (`markedAt`). */
  mark(accountId: string, marker: Marker): Promise<void>;
  replies(accountId: string): Promise<"all" | "followed">;
  setReplies(accountId: string, choice: "all" | "followed"): Promise<void>;
  /** Takes items in; those of a source that floods stay on its profile. Gives their numbers, in order. */
  put(items: readonly ItemDraft[]): Promise<readonly number[]>;
  /** Takes items away again, by their keys. */
  remove(sourceId: string, keys: readonly string[]): Promise<void>;
}

/** The service `timeline.source`, which other plugins provide for what else can be followed. */
export interface TimelineSource {
  /** What an input means, if it is of this kind; null leaves it to the next. */
  resolve(input: string): Promise<Followable | null>;
  /** Somebody follows it who is the first. */
  followed(source: Source): Promise<void>;
  /** Nobody follows it any more. */
  unfollowed(source: Source): Promise<void>;
}

declare module "rookery/plugin" {
  interface Services {
    "timeline.store": TimelineStore;
    "timeline.source": TimelineSource;
  }
  interface Hooks {
    /** What comes in, before it is cleaned and stored. */
    "timeline.item": { kind: "filter"; value: ItemDraft };
    /** A new item is here. */
    "timeline.received": { kind: "event"; value: { readonly number: number; readonly sourceId: string } };
  }
}
