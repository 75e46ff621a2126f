import type { Fields } from "../../hooks/fields.ts";
import type { Account, Reply } from "../../hooks/values.ts";
import type { Context } from "../context.types.ts";

/** Who may open a screen of a plugin: roles on the blog for screens of blogs, roles of the installation for both. */
export type PluginScreenAccess = "public" | "member" | "author" | "editor" | "owner" | "curator" | "moderator" | "admin";

/** A file that came with a form; it lies at `path` until the request ends. `type` is what the browser says, which may be wrong. */
export type PluginScreenFile = {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly path: string;
};

/** A request to a plugin's screen: whoever sent it may, and a form came from a page of ours. */
export type PluginScreenRequest<S extends Fields = Fields> = {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** Who is signed in; null only on public screens. */
  readonly account: Account | null;
  /** Tag of the language the dashboard speaks to whoever reads. */
  readonly language: string;
  /** Where the request came from, as an IP address. */
  readonly address: string;
  /** The blog of the address, on blogs; its `t` speaks the reader's language. */
  readonly context: Context<S>;
  /** Address of a screen of the plugin: `at("/discover")`, with the blog's part before it on blogs. */
  at(path: string): string;
  /** What the form holds; multipart ones may carry files of 50 MB for who is signed in. */
  form(): Promise<{ readonly fields: URLSearchParams; readonly files: readonly PluginScreenFile[] }>;
  /** See other, after a form; `flash` is said once on the next page. */
  redirect(path: string, flash?: string): ScreenRedirect;
};

/** A template of the plugin's `screens/` with its data. */
export type ScreenView = {
  readonly template: string;
  /** Title of page and heading; the screen's own unless told. */
  readonly title?: string;
  readonly data?: object;
  /** 200 unless told; 400 and more mark the title as an error. */
  readonly status?: number;
  /** Forms of this page may lead to other sites by a redirect; else browsers stop there (CSP `form-action`). */
  readonly formsLeave?: true;
};

/** What `redirect` gives. */
export type ScreenRedirect = { readonly status: number; readonly redirect: string; readonly flash?: string };

/** A page of the plugin in the dashboard, or what a form there does. */
export type PluginScreen<S extends Fields = Fields> = {
  /** GET unless told. */
  readonly method?: "GET" | "POST";
  /** "blog": at `/b/<host>` + path, where the plugin is active on that blog; "hub": at the path itself. */
  readonly on: "blog" | "hub";
  /** `:name` stands for one segment. */
  readonly path: string;
  readonly access: PluginScreenAccess;
  /** English; `screens.<path>` in the plugin's locales. */
  readonly title: string;
  /** The group of More (and of the command palette) that lists it. */
  readonly menu?: "blog" | "you" | "installation";
  /** Puts it into the bar of every page on wide screens, with this icon of the dashboard. Needs `menu`. */
  readonly bar?: string;
  /** Stands on the start page of whoever is signed in, below the composer; there its `path` is `/`. One plugin at most, on the hub, for members. */
  readonly home?: true;
  /** Whether something new waits there for somebody: a dot beside it in the bar and under More. Asked for each page, so it is one quick look; 250 ms. */
  hasNews?(asked: { readonly account: Account; readonly context: Context<S> }): Promise<boolean>;
  /** Values of the path's names (and after `?` of the query) for a page that the tests of all screens can open. */
  readonly example?: Readonly<Record<string, string>>;
  run(request: PluginScreenRequest<S>): ScreenView | ScreenRedirect | Reply | Promise<ScreenView | ScreenRedirect | Reply>;
  /**
   * On the hub, instead of `run`, what becomes of a POST that cannot be taken: whoever sent it was signed out meanwhile (`account` is null), or signed in
   * anew. It came from a page of the installation, but without the word of the session: keep what was typed, change nothing.
   */
  unsent?(request: PluginScreenRequest<S>): ScreenRedirect | Reply | Promise<ScreenRedirect | Reply>;
};
