/** Where a reply or mention stands, and the number apps name it by. */
export type Written = { readonly number: number; readonly url: string };

/** One of a person's own replies or mentions, as apps list them. */
export type OwnReply = Written & {
  /** Markdown, as it was written. */
  readonly source: string;
  readonly html: string;
  readonly at: string;
  /** The address it answers; empty for a mention. */
  readonly replyTo: string;
};

/** A reply by its address. */
export type KnownReply = OwnReply & { readonly accountId: string };

/** Where a list goes on: `before` is a number. 20 unless told, 200 at most. `search`: words of the text. */
export type OwnWish = { readonly before?: number; readonly limit?: number; readonly search?: string };

/**
 * The service `replies.store`: writing replies and mentions for whoever an account id stands for. Throws PublicError with a sentence for what
 * the person can put right; what they wrote is then kept as a draft.
 */
export interface RepliesStore {
  /** Answers the item of this number. The same `key`, or the same text within a minute, is one reply. `copy`: also on their own blog. */
  reply(wish: {
    readonly accountId: string;
    readonly number: number;
    readonly text: string;
    readonly key?: string;
    readonly copy?: boolean;
  }): Promise<Written>;
  /** Says something to somebody here that answers nothing: `text` begins with `@name`. */
  mention(wish: { readonly accountId: string; readonly text: string; readonly key?: string }): Promise<Written>;
  /** For 24 hours; PublicError 403 later, 404 for what is not theirs. */
  edit(accountId: string, which: string | number, text: string): Promise<Written>;
  /** Takes it away everywhere. PublicError 404 for what is not theirs. */
  remove(accountId: string, which: string | number): Promise<void>;
  /** What somebody wrote, the newest first. */
  own(accountId: string, wish?: OwnWish): Promise<{ readonly items: readonly OwnReply[]; readonly next: number | null }>;
  /** The reply that stands at an address; null for none. */
  byUrl(url: string): Promise<KnownReply | null>;
  /** What somebody began to write to an item (0: a mention); empty for nothing. */
  draft(accountId: string, number: number): Promise<string>;
}

/** Somebody's words under a post. HTML is clean. */
export type ThreadEntry = {
  readonly number: number;
  readonly url: string;
  readonly html: string;
  readonly at: string;
  readonly author: { readonly name: string; readonly url: string; readonly avatar: string; readonly username: string };
  /** The number of what it answers: the post's, or another entry's. */
  readonly replyTo: number;
};

/** What everybody may read under a post of this installation, the oldest first. */
export type Thread = {
  readonly post: {
    readonly number: number;
    readonly url: string;
    readonly title: string;
    readonly at: string;
    readonly language: string;
  };
  /** The page of the conversation on this installation. */
  readonly page: string;
  readonly replies: readonly ThreadEntry[];
};

/** The service `replies.conversation`: public conversations, for widgets. */
export interface RepliesConversation {
  /** By the address of a public post here; null for anything else. */
  of(url: string): Promise<Thread | null>;
}

declare module "rookery/plugin" {
  interface Services {
    "replies.store": RepliesStore;
    "replies.conversation": RepliesConversation;
  }
}
