import type { AboutOf, HookFacts, HookName, Hooks, PageFacts, ResultOf, ValueOf } from "../hooks/catalogue.ts";
import type { Fields } from "../hooks/fields.ts";
import type { TemplateCall } from "../hooks/template-call.ts";
import type { Json, Post, Reply } from "../hooks/values.ts";
import type { TableShape } from "../storage/columns.ts";
import type { ConnectionWay, SettingTest } from "./connections/connection.types.ts";
import type { Context } from "./context.types.ts";
import type { Panel } from "./panels/panel.types.ts";
import type { PluginScreen } from "./screens/plugin-screen.types.ts";
import type { ServiceName, Services } from "./services.types.ts";
import type { Migration } from "./shape/migration.types.ts";

/** What a plugin may do; shown as sentences when it is switched on, and enforced by its context. */
export type Capability =
  | "posts:read"
  | "posts:write"
  | "media:read"
  | "media:write"
  | "interactions:read"
  | "interactions:write"
  | "accounts:read"
  | "identity"
  | "mail:send"
  | "network:fetch"
  | "network:fetch-any"
  | "pages:script"
  | "blogs:manage"
  | "moderate";

export type Handler<N extends HookName, S extends Fields> = (value: ValueOf<N>, context: Context<S> & AboutOf<N>) => ResultOf<N>;

/** A handler with its place and limits. */
export type Tap<N extends HookName, S extends Fields> = {
  /** -100 early, 0 normal, 100 late. */
  readonly stage?: number;
  /** The id of a plugin to run before, within the stage. */
  readonly before?: string;
  readonly timeout?: Temporal.DurationLike;
  /** Events only: told by a job that is written with the fact and repeated until it succeeds. */
  readonly durable?: Hooks[N]["kind"] extends "event" ? boolean : never;
  /** Durable taps on `post.published` and `post.restored`: told when the time for Undo is over, never of what was taken back meanwhile. */
  readonly afterUndo?: Hooks[N]["kind"] extends "event" ? boolean : never;
  readonly run: Handler<N, S>;
};

/** A file of a multipart form. It lies at `path` until the route has answered. `type` is what the sender says, which may be wrong. */
export type SentFile = {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly path: string;
};

/** A multipart form: `alt[]` is the field `alt`, once for each value. */
export type Multipart = { readonly fields: URLSearchParams; readonly files: readonly SentFile[] };

/** A request to a plugin's route: parsed, limited, already allowed. Ways to read the body throw PublicError (400, 413, 415). */
export type RouteRequest<S extends Fields = Fields> = {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly accountId: string | null;
  /** Where the request came from, as an IP address. */
  readonly address: string;
  /** The whole address as the client asked for it. */
  readonly url: string;
  form(): Promise<URLSearchParams>;
  json(): Promise<Json>;
  raw(): Promise<Uint8Array>;
  /** A multipart form with its files on disk (a urlencoded one too). `files: 0` takes none: for senders nobody knows yet. */
  multipart(options?: { readonly files?: number }): Promise<Multipart>;
  /** Parameters of the address and of the body, be it a form, multipart or a JSON object; the body's count. An empty body is none. */
  fields(): Promise<URLSearchParams>;
  readonly context: Context<S>;
};

export type RoutePlace = "blog" | "hub" | "admin";

/** An address of the plugin on every active blog, on the hub, or in the dashboard. */
export type Route<S extends Fields = Fields> = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  /** `:name` stands for one segment without a slash, `*name` at the end for all the rest. */
  readonly path: string;
  readonly on: RoutePlace | readonly RoutePlace[];
  readonly access: "public" | "member" | "owner" | "admin";
  readonly body?: "form" | "json" | "raw" | "multipart";
  /** Bytes of the body, or of each file of a multipart one; 1 MB unless told. With `body: "multipart"` other bodies have 4 MB at most. */
  readonly limit?: number;
  /** Changes a minute from one network address without an `Authorization` header; 60 unless told. A route with more counts by itself who may do what. */
  readonly perMinute?: number;
  /** 10 seconds unless told, at most 60; time in which the client sends does not count. */
  readonly timeout?: Temporal.DurationLike;
  /** Pages of other origins may call it with a token; cookies are never read. */
  readonly cors?: boolean;
  /** Refusals are answered as `{"error", "error_description"}`. */
  readonly errors?: "json";
  run(request: RouteRequest<S>): Reply | Promise<Reply>;
};

/** Durable work of a plugin. Handlers may run twice: make the effect the same. */
export type Job<S extends Fields = Fields> = {
  /** Tries before it is dead; 6 unless told. */
  readonly attempts?: number;
  /** Runs by itself this often: on every active blog, or once for `scope: "network"`. */
  readonly every?: Temporal.DurationLike;
  readonly timeout?: Temporal.DurationLike;
  run(data: Json, context: Context<S> & { readonly jobId: string }): Promise<void>;
};

/** What a slot gets to know: the page, and the post it is about. */
export type SlotSubject = { readonly slot: string; readonly page: PageFacts; readonly post?: Post };
/** A template of the plugin with its data; nothing for an empty slot. */
export type SlotView = { readonly template: string; readonly data?: { readonly [key: string]: Json } };
export type SlotHandler<S extends Fields> = (
  subject: SlotSubject,
  context: Context<S>,
) => SlotView | null | void | Promise<SlotView | null | void>;

/** A page of the plugin inside the blog's theme. */
export type ThemePage<S extends Fields> = {
  readonly path: string;
  readonly title: string;
  readonly inNavigation?: boolean;
  view(
    request: { readonly params: Readonly<Record<string, string>>; readonly query: URLSearchParams },
    context: Context<S>,
  ): Promise<PageView | null>;
};

/** What a page shows; `title` instead of the manifest's, `query` the part of it that makes it a page of its own (`after=…`). */
export type PageView = SlotView & { readonly title?: string; readonly query?: string };

/** Everything a plugin says about itself. The host knows menus, routes, settings and rights without running any of it. */
export interface Plugin<S extends Fields = Fields, N extends Fields = Fields> {
  /** `^[a-z][a-z0-9-]{1,39}$`, the folder's name; never changes. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly api: 1;
  readonly category?:
    | "Publishing"
    | "IndieWeb"
    | "Social"
    | "Cross-posting"
    | "Import & export"
    | "Media"
    | "Newsletter"
    | "Storage"
    | "Security"
    | "Tools";
  readonly icon?: string;
  readonly requires?: { readonly core?: string; readonly plugins?: Readonly<Record<string, string>> };
  readonly conflicts?: readonly string[];
  /** Sets of plugins that an installation begins with, by what it is for. */
  readonly sets?: readonly ("blog" | "community")[];
  /** "blog" (default): owners switch it per blog; "network": the whole installation. */
  readonly scope?: "blog" | "network";
  readonly capabilities?: readonly Capability[];
  /** Hosts for `network:fetch`: exact or `*.example.com`. */
  readonly hosts?: readonly string[];
  readonly settings?: S;
  readonly networkSettings?: N;
  /** What the buttons of settings with a `testAction` run, by name. */
  readonly tests?: Readonly<Record<string, SettingTest<S>>>;
  /** How settings of type `oauth` are connected, by the setting's name. */
  readonly connections?: Readonly<Record<string, ConnectionWay<S>>>;
  readonly collections?: Readonly<Record<string, { readonly indexes?: readonly string[] }>>;
  /** Own tables (trusted plugins): names start with `p_<id>_`, each has a `blog_id` column. */
  readonly tables?: readonly TableShape[];
  /** What changes those tables when the plugin is newer, beyond what is only added. */
  readonly migrations?: readonly Migration[];
  readonly hooks?: { readonly [K in HookName]?: Handler<K, S> | Tap<K, S> };
  /** Hooks this plugin offers to others; their types are declared with `declare module "rookery/plugin"`. */
  readonly offers?: Readonly<Record<string, HookFacts>>;
  readonly services?: { readonly [K in ServiceName]?: (context: () => Context<S>) => Services[K] };
  readonly routes?: readonly Route<S>[];
  /** Pages of the plugin in the dashboard. */
  readonly screens?: readonly PluginScreen<S>[];
  readonly pages?: readonly ThemePage<S>[];
  /** Fields of the plugin in the composer. */
  readonly panels?: readonly Panel<S>[];
  /** What the composer offers where the plugin is active: `audio` is a row to attach sound or to record it. */
  readonly composer?: readonly "audio"[];
  readonly jobs?: Readonly<Record<string, Job<S>>>;
  readonly slots?: Readonly<Record<string, SlotHandler<S>>>;
  /** Filters and functions for templates of themes, called `<id>_<name>` there. */
  readonly filters?: Readonly<Record<string, TemplateCall>>;
  readonly functions?: Readonly<Record<string, TemplateCall>>;
  /** Style sheets in the plugin's `assets/`, linked on blogs where it is active. */
  readonly styles?: readonly string[];
  readonly lifecycle?: {
    install?(context: Context<S>): Promise<void>;
    upgrade?(from: string, context: Context<S>): Promise<void>;
    activate?(context: Context<S>): Promise<void>;
    deactivate?(context: Context<S>): Promise<void>;
    erase?(context: Context<S>): Promise<void>;
  };
}
