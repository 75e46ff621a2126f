/** A page that somebody saved. */
export type Bookmark = {
  /** Also the id of its post. */
  readonly id: string;
  /** The post's whole number, for apps that name things so. */
  readonly number: number;
  readonly blogId: string;
  readonly url: string;
  readonly title: string;
  /** The person's own, in small letters; nobody else sees them. */
  readonly tags: readonly string[];
  readonly isPublic: boolean;
  /** `none`: copies are not kept on that blog. */
  readonly copy: { readonly state: "waiting" | "kept" | "failed" | "none"; readonly reason: string };
  readonly savedAt: string;
};

/** What can be read of a saved page. The HTML is clean and has no pictures; only its owner may see it. */
export type SavedCopy = {
  readonly title: string;
  readonly author: string;
  readonly site: string;
  readonly language: string;
  readonly html: string;
  readonly fetchedAt: string;
};

/** A passage somebody marked in a copy. */
export type Highlight = {
  readonly id: string;
  readonly bookmarkId: string;
  readonly url: string;
  readonly title: string;
  readonly quote: string;
  readonly createdAt: string;
};

export type BookmarkDraft = {
  readonly url: string;
  readonly title?: string;
  readonly content?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly visibility?: "public" | "unlisted" | "private";
  /** The person's default blog unless told. */
  readonly blogId?: string;
  /** The one of this address that the person has already is enough; also when several devices ask in the same moment. */
  readonly once?: true;
};

/**
 * The service `bookmarks.store`: what one account saved, on whichever blog. Ask it with `context.ask("bookmarks.store",
 * "bookmarks", …)`. Whoever asks has seen that it is this account; what is not theirs is as if it were not there. Throws
 * PublicError 404, 422 and, where the person may not write, 403.
 */
export interface BookmarkStore {
  /** Newest first; `before` is the id of the last one seen; 30 unless told, at most 200. `search` looks in titles, addresses and tags. */
  list(
    accountId: string,
    filter?: { readonly before?: string; readonly tag?: string; readonly search?: string; readonly limit?: number },
  ): Promise<readonly Bookmark[]>;
  byId(accountId: string, id: string): Promise<Bookmark | null>;
  /** Which of these addresses (200 at most) somebody saved since a moment. */
  savedAmong(accountId: string, urls: readonly string[], since: string): Promise<ReadonlyMap<string, Bookmark>>;
  copyOf(accountId: string, id: string): Promise<SavedCopy | null>;
  /** Publishes a post of the kind bookmark, as that person. */
  add(accountId: string, wanted: BookmarkDraft): Promise<Bookmark>;
  setTags(accountId: string, id: string, tags: readonly string[]): Promise<Bookmark>;
  /** Its post goes into the trash. */
  remove(accountId: string, id: string): Promise<void>;
  /** Fetches the copy anew. */
  refetch(accountId: string, id: string): Promise<void>;
  /** By name, or those used last first; 200 at most. */
  tags(accountId: string, order?: "name" | "recent", limit?: number): Promise<readonly string[]>;
  /** Newest first, of one bookmark or all; 50 unless told, at most 200. */
  highlights(
    accountId: string,
    filter?: { readonly bookmarkId?: string; readonly before?: string; readonly limit?: number },
  ): Promise<readonly Highlight[]>;
  /** Marks words of the copy; `lead`, the words before them, says which of several places. */
  highlight(accountId: string, id: string, passage: { readonly quote: string; readonly lead?: string }): Promise<Highlight>;
  removeHighlight(accountId: string, highlightId: string): Promise<boolean>;
}

declare module "rookery/plugin" {
  interface Services {
    "bookmarks.store": BookmarkStore;
  }
}
