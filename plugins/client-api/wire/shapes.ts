/** What other plugins give, as far as it is used here: they may be off, and none of them is needed. */

/** The service `replies.store`. */
export type Replies = {
  reply(wish: { accountId: string; number: number; text: string }): Promise<{ number: number; url: string }>;
  mention(wish: { accountId: string; text: string }): Promise<{ number: number; url: string }>;
  remove(accountId: string, which: number): Promise<void>;
  own(
    accountId: string,
    wish: { before?: number; limit?: number; search?: string },
  ): Promise<{ items: readonly OwnReply[]; next: number | null }>;
};
export type OwnReply = {
  readonly number: number;
  readonly url: string;
  readonly source: string;
  readonly html: string;
  readonly at: string;
};

/** The service `discover.shelves`. */
export type Shelves = {
  topics(language?: string): Promise<readonly { slug: string; title: string; emoji: string; isFeatured: boolean }[]>;
  picks(wish: {
    topic?: string;
    before?: number;
    since?: number;
    limit?: number;
    language?: string;
  }): Promise<{ entries: readonly { number: number; pick: number; at: string; note: string }[]; next: number | null }>;
  pickOf?(number: number): Promise<number | null>;
};

/** The service `moderation.desk`. */
export type Desk = {
  report(report: { by: string; about: { handle: string } | { number: number }; category: string; note: string }): Promise<string>;
};

/** The service `bookmarks.store`. */
export type Bookmarks = {
  list(
    accountId: string,
    filter: { before?: string; tag?: string; search?: string; limit?: number },
  ): Promise<readonly SavedPage[]>;
  byId(accountId: string, id: string): Promise<SavedPage | null>;
  savedAmong(accountId: string, urls: readonly string[], since: string): Promise<ReadonlyMap<string, SavedPage>>;
  copyOf(accountId: string, id: string): Promise<SavedText | null>;
  add(accountId: string, wanted: { url: string; title?: string; visibility?: "private"; once?: true }): Promise<SavedPage>;
  setTags(accountId: string, id: string, tags: readonly string[]): Promise<SavedPage>;
  remove(accountId: string, id: string): Promise<void>;
  tags(accountId: string, order?: "name" | "recent", limit?: number): Promise<readonly string[]>;
  highlights(accountId: string, filter: { bookmarkId?: string; before?: string; limit?: number }): Promise<readonly Passage[]>;
  removeHighlight(accountId: string, id: string): Promise<boolean>;
};
export type SavedPage = {
  readonly id: string;
  readonly number: number;
  readonly blogId: string;
  readonly url: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly copy: { readonly state: string };
  readonly savedAt: string;
};
export type SavedText = { readonly title: string; readonly author: string; readonly site: string; readonly html: string };
export type Passage = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly quote: string;
  readonly createdAt: string;
};
