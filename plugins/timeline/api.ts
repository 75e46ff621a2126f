import type { Account } from "rookery/plugin";

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

/** A feed as lists of feeds name it; `site` is an address of the web or empty. */
export type FeedAddress = { readonly url: string; readonly title: string; readonly site: string };

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
  /** Whether it answers something, or something answers it. */
  readonly isConversation: boolean;
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

/** What somebody of this installation said that stands on no blog: a reply to something outside, or a mention. HTML is cleaned here. */
export type OwnDraft = {
  /** The same one again changes the item; `remove(accountId, [key])` takes it away. */
  readonly key: string;
  readonly accountId: string;
  /** Its page on this installation. */
  readonly url: string;
  readonly html: string;
  readonly publishedAt: string;
  /** The address it answers; empty for a mention. */
  readonly replyTo: string;
  /** A post of theirs elsewhere: neither a reply nor a mention. `isNew: false` keeps it out of timelines. */
  readonly post?: {
    readonly title: string;
    readonly photos: readonly { readonly url: string; readonly alt: string }[];
    readonly isNew: boolean;
  };
};

/** Which posts of this installation somebody looks for. */
export type LocalWish = {
  readonly before?: number;
  readonly limit?: number;
  /** A language, also of a region: `de` finds `de-AT`. */
  readonly language?: string;
  readonly hasPhoto?: boolean;
  readonly authorId?: string;
};

/** What is about to come into timelines and lists, or to change there. */
export type Spreading = {
  /** What it is known by, through all its changes: `release` and `drop` take it. */
  readonly key: string;
  /** Whose of this installation it is; empty for outsiders. */
  readonly accountId: string;
  readonly sourceId: string;
  readonly url: string;
  readonly kind: Item["kind"];
  readonly title: string;
  /** All of it, clean; of outsiders as it is shown. */
  readonly html: string;
  readonly isLocal: boolean;
};

/** Whose menu of an item is made; a visitor has neither account nor role. */
export type ActionsWish = {
  readonly item: Item;
  readonly accountId: string | null;
  readonly role: Account["role"] | null;
  /** Of whoever reads: labels are made by `context.t(key, {}, language)`. */
  readonly language: string;
};

/** A link in an item's menu, to a path of the hub or an address; smaller orders come first. */
export type ItemAction = { readonly id: string; readonly label: string; readonly href: string; readonly order?: number };

/** Under which item of `/c/:number` the box stands, and who would write. */
export type ReplyWish = { readonly number: number; readonly accountId: string; readonly language: string };

/** What the reply box posts to: `field` is the name of the text; the word against forged forms is added, unless told. */
export type ReplyForm = {
  readonly action: string;
  readonly field: string;
  readonly draft: string;
  readonly note?: string;
  readonly csrfless?: boolean;
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
  /** Photos and films. */
  media(accountId: string, page?: PageWish): Promise<ItemPage>;
  mentions(accountId: string, page?: PageWish): Promise<ItemPage>;
  /** Mentions that this person does not see because they mute or block whoever, or whatever, it is. */
  hiddenMentions(accountId: string, page?: PageWish): Promise<ItemPage>;
  /** What a source said; `accountId` (null: a visitor) is who reads. */
  profile(accountId: string | null, sourceId: string, page?: PageWish & { photos?: boolean }): Promise<ItemPage>;
  item(accountId: string | null, number: number): Promise<Item | null>;
  /** The items at these addresses (200 at most), by the addresses, as far as `accountId` may see them. */
  itemsAt(accountId: string | null, urls: readonly string[]): Promise<ReadonlyMap<string, Item>>;
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
  /** Takes in what somebody here said outside of any blog, for whoever follows them; gives its number. */
  putOwn(item: OwnDraft): Promise<number>;
  /** Public posts of this installation, and those of its people on sites of their own (`blogId` is empty), the newest first, for whoever looks for some by hand. */
  localPosts(wish?: LocalWish): Promise<ItemPage>;
  /** Whether profiles and conversations are for visitors, too, as the admin chose; whoever shows them elsewhere asks. */
  arePagesPublic(): boolean | Promise<boolean>;
  /** The number of the item at an address; null for none. */
  numberOf(url: string): Promise<number | null>;
  /** Brings into timelines what `timeline.spread` kept out of somebody, a moment later: all, or what is known by these keys. */
  release(accountId: string, keys?: readonly string[]): Promise<void>;
  /** Forgets what was kept so; on the person's own blog it stays. What was in timelines before it changed stays kept. */
  drop(accountId: string, keys?: readonly string[]): Promise<void>;
}

/** The service `timeline.source`, which other plugins provide for what else can be followed. */
export interface TimelineSource {
  /** What an input means, if it is of this kind; null leaves it to the next, a PublicError 403 forbids it. */
  resolve(input: string): Promise<Followable | null>;
  /** Somebody follows it who is the first. */
  followed(source: Source): Promise<void>;
  /** Nobody follows it any more. */
  unfollowed(source: Source): Promise<void>;
  /** All that an input can mean, by keys that `resolve` understands; with none, a sentence why, or an empty one when it is not of this kind. */
  candidates?(
    input: string,
    language: string,
  ): Promise<{ readonly found: readonly Pick<Followable, "key" | "title">[]; readonly problem: string }>;
  /** A feed that a list (OPML) names, without asking the network; null for what can be none. */
  named?(feed: FeedAddress): Followable | null;
  /** What is wrong, in sentences, by the ids of sources; nothing of those that are well. */
  troubles?(sourceIds: readonly string[], language: string): Promise<Readonly<Record<string, string>>>;
}

declare module "rookery/plugin" {
  interface Services {
    "timeline.store": TimelineStore;
    "timeline.source": TimelineSource;
  }
  interface Hooks {
    /** What comes in, before it is cleaned and stored. */
    "timeline.item": { kind: "filter"; value: ItemDraft };
    /**
     * Whether something new comes into timelines and lists; what is refused is kept, seen by its author alone. Asked once for an item,
     * when somebody here changes what it says, and again when it was gone and comes back.
     */
    "timeline.spread": { kind: "guard"; value: Spreading };
    /** Links of an item's menu. */
    "timeline.actions": { kind: "collect"; value: ActionsWish; answer: ItemAction };
    /** What the reply box under an item posts to. */
    "timeline.reply": { kind: "first"; value: ReplyWish; answer: ReplyForm };
    /** A new item is here. */
    "timeline.received": { kind: "event"; value: { readonly number: number; readonly sourceId: string } };
  }
}
