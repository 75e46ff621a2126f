import type { Clock } from "../clock.ts";
import type { HookName, ValueOf } from "../hooks/catalogue.ts";
import type { Connection, Fields, ValuesOf } from "../hooks/fields.ts";
import type { Log } from "../hooks/scope.ts";
import type { Account, Blog, Draft, Interaction, Json, Media, Post, Refusal } from "../hooks/values.ts";
import type { ServiceName, Services } from "./services.types.ts";

/** A page of a list: `after` is the id of the last one seen. */
export type Page = { readonly after?: string; readonly limit?: number };

/** Posts of the blog at hand. */
export interface PostsApi {
  byId(id: string): Promise<Post | null>;
  /** By full address or path; only published ones. */
  byUrl(url: string): Promise<Post | null>;
  /** Published, listed posts, newest first; 20 unless told, at most 100. `month`: `2026` or `2026-11`. */
  list(filter?: Page & { kind?: string; category?: string; month?: string; pages?: boolean }): Promise<readonly Post[]>;
  /** How many listed posts each month has (`2026-11`, in the blog's zone), newest first. */
  months(): Promise<readonly { month: string; count: number }[]>;
  categories(): Promise<readonly { id: string; name: string; slug: string; description: string }[]>;
  /** Through the publish door, as the blog's owner. Needs `posts:write`. */
  publish(draft: Draft): Promise<{ ok: true; post: Post } | { ok: false; refusal: Refusal }>;
  /** Into the trash. Needs `posts:write`. */
  remove(id: string): Promise<void>;
}

/** Media of the blog at hand. */
export interface MediaApi {
  byUrl(url: string): Promise<Media | null>;
  /** Stores bytes after looking at what they really are. Needs `media:write`. */
  store(file: { bytes: Uint8Array; name: string; alt?: string; source?: string }): Promise<Media>;
}

/** Replies and mentions of the blog at hand. */
export interface InteractionsApi {
  ofPost(postId: string): Promise<readonly Interaction[]>;
  /** Through the receive door; the same `source` changes the one that is there. Needs `interactions:write`. */
  receive(incoming: {
    kind: Interaction["kind"];
    source: string;
    postId: string;
    author: { name: string; url?: string; photo?: string };
    html: string;
    publishedAt?: string;
    parentSource?: string;
  }): Promise<Interaction | null>;
  removeBySource(source: string): Promise<void>;
}

export interface AccountsApi {
  byId(id: string): Promise<Account | null>;
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
}

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
  fetch(url: string, init?: RequestInit & { timeout?: number; maxBytes?: number; purpose?: string }): Promise<Response>;
  collection<T = Json>(name: string): Collection<T>;
  /** The plugin's own tables (`tables` of its manifest): SQL with `?`, on SQLite and MariaDB alike; other tables are refused. */
  readonly tables: TablesApi;
  /** Durable work: `run` of the job of that name, later, at least once. The same `key` replaces a waiting job. */
  enqueue(job: string, data: Json, options?: { in?: Temporal.DurationLike; key?: string }): Promise<void>;
  /** Keeps new tokens of a connection (a refreshed set); false when somebody disconnected meanwhile. Settings have them from the next call on. */
  renewConnection(setting: string, connection: Connection<Json>): Promise<boolean>;
  readonly posts: PostsApi;
  readonly media: MediaApi;
  readonly interactions: InteractionsApi;
  readonly accounts: AccountsApi;
  /** Services of that kind from the plugins active here. */
  services<N extends ServiceName>(name: N): readonly { readonly pluginId: string; readonly service: Services[N] }[];
  /** Runs a hook this plugin offers: a filter gives the value, collect and first their answers. */
  call<N extends HookName>(name: N, value: ValueOf<N>, about?: object): Promise<unknown>;
  /** Draws one of the plugin's own templates (which themes may override) with the theme engine. */
  render(template: string, data: object): Promise<string>;
  /** A text of the plugin's catalogue in the blog's language. */
  t(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** Says that something shown on the blog changed, so that pages are made anew. */
  changed(): Promise<void>;
}
