import type { Clock } from "../clock.ts";
import type { HookName, ValueOf } from "../hooks/catalogue.ts";
import type { Connection, Fields, ValuesOf } from "../hooks/fields.ts";
import type { Log } from "../hooks/scope.ts";
import type {
  Account,
  Blog,
  Category,
  Draft,
  Interaction,
  Json,
  Media,
  Moment,
  Notice,
  Post,
  PostStatus,
  Properties,
  Refusal,
  Reply,
} from "../hooks/values.ts";
import type { IdentityApi } from "./identity.types.ts";
import type { MediaSize } from "../media/media-row.ts";
import type { ServiceName, Services } from "./services.types.ts";

/** A page of a list: `after` is the id of the last one seen. */
export type Page = { readonly after?: string; readonly limit?: number };

/** Posts of the blog at hand. */
export interface PostsApi {
  byId(id: string): Promise<Post | null>;
  /** By full address or path; only published ones. `any`: in every state, at old addresses and at `addressOf` a draft too. */
  byUrl(url: string, options?: { any?: boolean }): Promise<Post | null>;
  /** Where a post is found; for a draft that has no address yet, its place in the dashboard. */
  addressOf(post: Post): string;
  /**
   * Published, listed posts, newest first; 20 unless told, at most 100. `month`: `2026` or `2026-11`. With `status`, `search`,
   * `authorId` or `skip` the posts that whoever acts may see, unlisted ones too: at most 200, scheduled ones the next first, drafts
   * and trash by their last change. `skip` passes over so many, as apps count (20,000 at most unless paged step by step).
   */
  list(
    filter?: Page & {
      kind?: string;
      category?: string;
      month?: string;
      pages?: boolean;
      status?: PostStatus;
      search?: string;
      authorId?: string;
      skip?: number;
    },
  ): Promise<readonly Post[]>;
  /** How many listed posts each month has (`2026-11`, in the blog's zone), newest first. */
  months(): Promise<readonly { month: string; count: number }[]>;
  /** Those with a listed post, by name; `all`: every one. */
  categories(options?: { all?: boolean }): Promise<readonly Category[]>;
  /** How many listed posts each of these categories (by id) has; those without one are left out. Counts them one by one: not for pages. */
  countIn(categoryIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Makes a category, or changes the one with the `id`. PublicError 404, 409 (taken) or 422. Needs `posts:write`. */
  saveCategory(category: { id?: string; name: string; description?: string }): Promise<Category>;
  /** Its posts stay. PublicError 404. Needs `posts:write`. */
  removeCategory(id: string): Promise<void>;
  /**
   * Through the publish door, as the blog's owner, or as whoever `as` names. `isQuiet`: old content that comes in late, which nobody
   * is told of: no copies elsewhere, no webmentions, no timeline. Needs `posts:write`.
   */
  publish(
    draft: Draft,
    options?: { isQuiet?: boolean },
  ): Promise<{ ok: true; post: Post; isNew: boolean } | { ok: false; refusal: Refusal }>;
  /** Into the trash. Needs `posts:write`. */
  remove(id: string): Promise<void>;
  /** Out of the trash, as what it was; null when there is none. Needs `posts:write`. */
  restore(id: string): Promise<Post | null>;
}

/**
 * Pictures of other sites on pages of ours: readers' browsers ask this installation for them, and nobody else. For output only; what is
 * stored, and what feeds, apps and exports get, keeps the addresses it had.
 */
export interface ImagesApi {
  /** The address here of a picture, a path on every host of the installation; one that is its own already stays, and what pages cannot show gives "". */
  foreign(url: string): string;
  /** The same for a small picture of somebody, at most 128 pixels wide. */
  face(url: string): string;
  /** HTML that `sanitise` gave, with such addresses for all of its pictures (`src`, `srcset`, `poster`); sound and film load only when they are played. */
  inHtml(html: string): string;
}

/** Media of the blog at hand. */
export interface MediaApi {
  byUrl(url: string): Promise<Media | null>;
  /** Those of the library among these addresses (500 at most), under the address they were asked by. */
  byUrls(urls: readonly string[]): Promise<ReadonlyMap<string, MediaFile>>;
  byId(id: string): Promise<MediaFile | null>;
  /**
   * Newest first, 30 unless told, at most 200; `search` finds words in name and description, `skip` passes over so many (20,000 at
   * most). Whoever acts and may not see all files gets their own.
   */
  list(
    filter?: Page & { kind?: "image" | "audio" | "video"; month?: string; search?: string; skip?: number },
  ): Promise<readonly MediaFile[]>;
  /**
   * Stores a file after looking at what it really is: bytes, or a file on disk (as a multipart form brings it), which is not read
   * into memory as a whole and may be changed. PublicError 413, 415 or 422. Needs `media:write`.
   */
  store(
    file: ({ readonly bytes: Uint8Array } | { readonly path: string }) & {
      readonly name: string;
      readonly alt?: string;
      readonly source?: string;
    },
  ): Promise<Media>;
  /** Changes what a file shows, in words; null when there is none. Needs `media:write`. */
  setAlt(id: string, alt: string): Promise<MediaFile | null>;
  /** For good. False when there is none. Needs `media:write`. */
  remove(id: string): Promise<boolean>;
  /** Files that come in parts, kept on disk between them for a day. Needs `media:write`. */
  readonly parts: MediaParts;
  /**
   * A picture of the library by its address, or bytes from elsewhere, within `types`, `bytes` and `side` (longest, in pixels), without
   * metadata; null for anything else. Needs `media:read`.
   */
  reduced(
    source: string | Uint8Array,
    limits: { types?: readonly string[]; bytes?: number; side?: number },
  ): Promise<{ bytes: Uint8Array; type: string; width: number; height: number } | null>;
  /** A picture of the library cut to a size (3,000 pixels at most) around its middle, as JPEG unless told; null for anything else. */
  fitted(url: string, fit: { width: number; height: number; type?: "image/jpeg" | "image/png" }): Promise<Uint8Array | null>;
}

/** A file of the library with the sizes made of it. */
export type MediaFile = Media & {
  readonly caption: string;
  readonly isDecorative: boolean;
  readonly sizes: readonly MediaSize[];
};

/** Files that come in parts, by a key the sender chose, apart for each person and blog. A part has 8 MB at most. */
export interface MediaParts {
  /** Begins, or goes on with what was begun. `size` null: it ends when `finish` says so, and a finished key begins again. */
  begin(file: {
    readonly key: string;
    readonly name: string;
    readonly size: number | null;
  }): Promise<{ readonly received: number }>;
  /** Adds a part; gives how many bytes there are. PublicError 409 when `from` is not where it goes on, 404 when nothing was begun. */
  append(key: string, bytes: Uint8Array, from?: number): Promise<number>;
  /** Makes the whole a file of the library; asked again, it gives the same. PublicError 404, 409, 415 or 422. */
  finish(key: string, told?: { readonly name?: string; readonly alt?: string }): Promise<Media>;
  /** How far it is, and what it became; null when nothing was begun. */
  state(key: string): Promise<{ readonly received: number; readonly media: Media | null } | null>;
}

/** Replies and mentions of the blog at hand. */
export interface InteractionsApi {
  /** What readers see under a post: visible replies and mentions, oldest first. */
  ofPost(postId: string): Promise<readonly Interaction[]>;
  /** In any state and of any kind unless told, newest first; 30 unless told, at most 100. */
  list(
    filter?: Page & { state?: Interaction["state"]; kinds?: readonly Interaction["kind"][]; postId?: string },
  ): Promise<readonly Interaction[]>;
  byId(id: string): Promise<Interaction | null>;
  /** By the `source` it was received with. */
  bySource(source: string): Promise<Interaction | null>;
  /** Shows, holds or hides one; false when there is none. Needs `interactions:write`. */
  decide(id: string, state: Interaction["state"]): Promise<boolean>;
  /** Through the receive door; the same `source` changes the one that is there. Needs `interactions:write`. */
  receive(incoming: {
    kind: Interaction["kind"];
    source: string;
    postId: string;
    author: { name: string; url?: string; photo?: string };
    html: string;
    publishedAt?: string;
    parentSource?: string;
    /** The `source` it had until now: it takes that one's place, with its number, what answers it, and what was decided about it. */
    movedFrom?: string;
    /** The account here that it is from. */
    accountId?: string;
    /** microformats2 properties, such as `rsvp` or `bookmark-of`; 20 KB. */
    properties?: Properties;
  }): Promise<Interaction | null>;
  removeBySource(source: string): Promise<void>;
}

/** Somewhere that copies go: `uid` is what `Draft.targets` takes; `isOn` is what the blog's owner chose for new posts. */
export type Target = {
  readonly uid: string;
  readonly name: string;
  readonly service: string;
  readonly account: string;
  readonly isOn: boolean;
};

/** Mail in plain text, through the installation's queue: written down first, tried for a day and a half. */
export interface MailApi {
  /**
   * To an account's address, or any. False when the account has none (any more). Needs `mail:send`. PublicError 429 after 1,000 mails
   * of the plugin on a blog, or 20 to one address, in an hour; `values.wait` says how many seconds to wait.
   */
  send(mail: {
    accountId?: string;
    to?: string;
    subject: string;
    text: string;
    /** Where one leaves: https (RFC 8058, takes a POST) or mailto. */
    unsubscribe?: string;
  }): Promise<boolean>;
}

export interface AccountsApi {
  byId(id: string): Promise<Account | null>;
  /** By name, in whatever letters; null for nobody, and for who is suspended or has left. */
  byUsername(username: string): Promise<Account | null>;
  /** Active accounts whose name begins so, for whoever types it; by name, 20 at most. None for fewer than two letters. */
  beginningWith(letters: string): Promise<readonly Account[]>;
  /** The blog somebody is known by: their default one, else the first they write on. Null for nobody, and for who has none. */
  homeOf(username: string): Promise<Blog | null>;
}

/** What `context.notify` tells: `key` is a key of the plugin's own catalogues. */
export type NoticeWish = Pick<Notice, "kind" | "url"> &
  Partial<Pick<Notice, "subject" | "from" | "isChange">> & {
    readonly key: string;
    readonly values?: Readonly<Record<string, string | number>>;
  };

/** People as moderators deal with them; needs the capability `moderate`. `by` is who decides, null for the plugin itself. */
export interface PeopleApi {
  /** Somebody, how they stand and since when they are here; null for nobody. */
  standing(id: string): Promise<{
    readonly account: Account;
    readonly state: "active" | "suspended" | "deleted";
    readonly createdAt: Moment;
  } | null>;
  /** Keeps somebody out, with the blogs that are theirs alone if told so. False when they are suspended already; PublicError 404, and 409 for the last admin. */
  suspend(
    id: string,
    why: { readonly reason: string; readonly withBlogs: boolean; readonly by: string | null },
  ): Promise<boolean>;
  /** Lets somebody in again, with the blogs that went along. False when they are not suspended. */
  restore(id: string, why: { readonly by: string | null }): Promise<boolean>;
  /** Who has a role or a higher one, 200 at most. */
  byRole(role: "admin" | "moderator" | "curator"): Promise<readonly Account[]>;
}

/** Documents a plugin keeps, per blog, owned and erased by the host. Values are JSON up to 256 KB; ids up to 190 characters. */
export interface Collection<T> {
  get(id: string): Promise<T | null>;
  put(id: string, value: T): Promise<void>;
  /** Reads, changes and writes in one transaction. */
  update(id: string, change: (value: T | null) => T): Promise<T>;
  delete(id: string): Promise<boolean>;
  /** In the order of their ids; `where` takes declared indexes only. */
  find(where?: Readonly<Record<string, string | number | boolean>>, page?: Page): Promise<{ id: string; value: T }[]>;
}

/** Rows of a plugin's own tables. */
export interface TablesApi {
  query<R = Record<string, string | number | null>>(sql: string, values?: readonly (string | number | null)[]): Promise<R[]>;
  /** Gives how many rows changed. */
  run(sql: string, values?: readonly (string | number | null)[]): Promise<number>;
  /**
   * One transaction: what is written to own tables, enqueued and logged within `work` is there after it, or none of it. `work` waits for
   * the database only (5 s), and may be run again: after a deadlock MariaDB begins anew.
   */
  write<T>(work: () => Promise<T>): Promise<T>;
}

/** How a plugin asks: milliseconds, bytes, what the answer is for; `loopback: false` never asks this machine, whatever is open. */
export type FetchOptions = RequestInit & {
  timeout?: number;
  maxBytes?: number;
  purpose?: string;
  loopback?: false;
  /** The body is handed on while it arrives; stop reading when there is enough. */
  stream?: boolean;
  /** Added to the User-Agent. */
  product?: string;
};

/** What a handler, route, job or service of a plugin works with: one blog, one call. */
export interface Context<S extends Fields = Fields> {
  readonly pluginId: string;
  /** The blog at hand. Absent (throws) in network-wide plugins' jobs without a blog. */
  readonly blog: Blog;
  readonly settings: ValuesOf<S>;
  readonly clock: Clock;
  readonly log: Log;
  readonly site: { readonly url: string; readonly version: string };
  /** Aborted when the call's time is over. */
  readonly signal: AbortSignal;
  /** The guarded fetch; needs `network:fetch` (hosts of the manifest) or `network:fetch-any`. */
  fetch(url: string, init?: FetchOptions): Promise<Response>;
  collection<T = Json>(name: string): Collection<T>;
  /** The plugin's own tables (`tables` of its manifest): SQL with `?`, on SQLite and MariaDB alike; other tables are refused. */
  readonly tables: TablesApi;
  /** Durable work: `run` of the job of that name, later, at least once. The same `key` replaces a waiting job. */
  enqueue(job: string, data: Json, options?: { in?: Temporal.DurationLike; key?: string }): Promise<void>;
  /** Keeps new tokens of a connection (a refreshed set); false when somebody disconnected meanwhile. Settings have them from the next call on. */
  renewConnection(setting: string, connection: Connection<Json>): Promise<boolean>;
  readonly posts: PostsApi;
  readonly media: MediaApi;
  readonly images: ImagesApi;
  readonly interactions: InteractionsApi;
  readonly accounts: AccountsApi;
  readonly mail: MailApi;
  readonly people: PeopleApi;
  /**
   * Tells somebody something, in their language: the durable event `account.notice`. False for who is not here, and beyond 300 an hour
   * to one person.
   */
  notify(accountId: string, notice: NoticeWish): Promise<boolean>;
  /** Takes back what anybody (`except` some) was told of a kind and subject: the durable event `account.noticeGone`. */
  unnotify(what: { readonly kind: string; readonly subject: string; readonly except?: readonly string[] }): Promise<void>;
  /** Writes a line into the installation's log: who did what to whom or what. `action` is a word or two with hyphens; facts, never secrets. */
  audit(line: {
    readonly action: string;
    readonly subject: string;
    readonly accountId: string | null;
    readonly detail?: Readonly<Record<string, Json>>;
  }): Promise<void>;
  /** Keys of apps; needs the capability `identity`. */
  readonly identity: IdentityApi;
  /**
   * The same plugin on another blog, or as a person: publishing, media and categories then ask that person's rights and the key's
   * scopes (PublicError 403). Needs `identity`, but not to work on another `blog` for nobody. PublicError 403 when the plugin is not on there, or the person is suspended.
   */
  as(wanted: {
    readonly accountId?: string;
    readonly blog?: Blog | string | null;
    readonly scopes?: readonly string[];
    readonly via?: string;
  }): Promise<Context<S>>;
  /** What an address on the blog, a plugin's or a page in its theme, answers to somebody nobody knows, made without the network; null where nothing is. */
  visit(path: string): Promise<Reply | null>;
  /** Words that others entrusted to the plugin on this blog, sealed, by names of at most 90 of a-z, 0-9, `_`, `.` and `-`. */
  readonly secrets: {
    keep(name: string, value: string): Promise<void>;
    read(name: string): Promise<string | null>;
    forget(name: string): Promise<void>;
  };
  /** Counts one use of a key, over all processes: so many times at once, filled again over the seconds. PublicError 429 with Retry-After beyond. */
  limit(key: string, often: { readonly times: number; readonly seconds: number }): Promise<void>;
  /** The blog of this installation that an address belongs to, by its host now or before; null for none. */
  blogAt(url: string): Promise<Blog | null>;
  /** The blogs of this installation in the order of their hosts, going on after one; 100 at most. For plugins with `scope: "network"` only. */
  blogs(page?: Page): Promise<readonly Blog[]>;
  /** Where copies of the blog's posts can go. */
  readonly targets: { list(): Promise<readonly Target[]> };
  /** Whole numbers of posts, interactions, categories and other things of this blog, by their ids: apps name them so. */
  readonly numbers: {
    of(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
    /** The id that has a number on this installation, and its blog's. */
    subject(number: number): Promise<{ readonly id: string; readonly blogId: string } | null>;
  };
  /** Services of that kind from the plugins active here. */
  services<N extends ServiceName>(name: N): readonly { readonly pluginId: string; readonly service: Services[N] }[];
  /**
   * One question to a plugin's service of that kind, with that plugin's settings as they are now. Its time is limited (2,000 ms unless
   * told); what it throws comes through and, unless it is a PublicError, counts as its failure. Throws when the plugin is not active here.
   */
  ask<N extends ServiceName, T>(
    name: N,
    pluginId: string,
    question: (service: Services[N]) => T | Promise<T>,
    limit?: number,
  ): Promise<T>;
  /** Plugins switched on for the installation that require this one, and whether each is active on the blog at hand. */
  dependants(): readonly { readonly id: string; readonly name: string; readonly isActive: boolean }[];
  /** Gives this plugin's copies that are parked (for one of its targets, or all) their turn again. */
  wakeCopies(target?: string): Promise<void>;
  /** Runs a hook this plugin offers: a filter gives the value, collect and first their answers. */
  call<N extends HookName>(name: N, value: ValueOf<N>, about?: object): Promise<unknown>;
  /** Draws one of the plugin's own templates (which themes may override) with the theme engine. */
  render(template: string, data: object): Promise<string>;
  /** A text of the plugin's catalogue in the blog's language, or another. */
  t(key: string, values?: Readonly<Record<string, string | number>>, language?: string): string;
  /** Says that something shown on the blog changed, so that pages are made anew. */
  changed(): Promise<void>;
}
