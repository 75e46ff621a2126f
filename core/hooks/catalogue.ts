import type {
  Account,
  Blog,
  Draft,
  HeadTag,
  HealthCheck,
  Interaction,
  Json,
  Media,
  Notice,
  NoticeGone,
  PictureFacts,
  Post,
  Refusal,
  Reply,
  Verdict,
} from "./values.ts";

/** Every hook of the core: its kind and the shape of what passes through. See docs/plugin-api/hooks.md. */
export interface CoreHooks {
  "app.ready": { kind: "event"; value: { generation: number } };
  "app.stopping": { kind: "event"; value: Record<string, never> };
  "plugin.activated": { kind: "event"; value: { pluginId: string; blog: Blog } };
  "plugin.deactivated": { kind: "event"; value: { pluginId: string; blog: Blog } };
  "plugin.connected": { kind: "event"; value: { pluginId: string; setting: string; account: string; blog: Blog } };
  "blog.created": { kind: "event"; value: { blog: Blog } };
  "blog.deleted": { kind: "event"; value: { blog: Blog } };
  "blog.recalled": { kind: "event"; value: { blog: Blog } };
  "blog.suspended": { kind: "event"; value: { blog: Blog } };
  "blog.restored": { kind: "event"; value: { blog: Blog } };
  "blog.erasing": { kind: "event"; value: { blog: Blog } };
  "blog.domainChanged": { kind: "event"; value: { blog: Blog; before: Blog } };
  "account.created": { kind: "event"; value: { account: Account } };
  "account.deleted": { kind: "event"; value: { account: Account } };
  "account.recalled": { kind: "event"; value: { account: Account } };
  "account.erased": { kind: "event"; value: { accountId: string } };
  "account.suspended": { kind: "event"; value: { account: Account } };
  "account.restored": { kind: "event"; value: { account: Account } };
  "account.shutOut": {
    kind: "collect";
    value: { account: Account; language: string };
    answer: { label: string; href: string };
  };
  "account.notice": { kind: "event"; value: { accountId: string; notice: Notice } };
  "account.noticeGone": { kind: "event"; value: NoticeGone };
  "profile.updated": { kind: "event"; value: { account: Account; before: Account } };
  "health.checks": { kind: "collect"; value: Record<string, never>; answer: HealthCheck };
  "job.dead": { kind: "event"; value: { jobId: string; pluginId: string; name: string; error: string } };

  "request.missing": { kind: "first"; value: { path: string }; answer: Reply };
  "response.links": { kind: "collect"; value: { page: PageFacts; post?: Post }; answer: { rel: string; href: string } };
  "robots.lines": { kind: "collect"; value: Record<string, never>; answer: string };
  "topics.hubs": { kind: "collect"; value: { url: string }; answer: string };
  "topics.of": { kind: "collect"; value: { post: Post }; answer: string };

  "post.parse": { kind: "filter"; value: Draft };
  "post.kind": { kind: "first"; value: Draft; answer: string };
  "post.slug": { kind: "first"; value: Draft; answer: string };
  "post.validate": { kind: "guard"; value: Post };
  "post.beforeSave": { kind: "filter"; value: Post };
  "post.saved": { kind: "event"; value: { post: Post; before?: Post } };
  "post.published": { kind: "event"; value: { post: Post } };
  "post.updated": { kind: "event"; value: { post: Post; before: Post } };
  "post.removed": { kind: "event"; value: { post: Post } };
  "post.restored": { kind: "event"; value: { post: Post } };
  "post.summary": { kind: "filter"; value: string; about: { post: Post } };

  "content.format": { kind: "first"; value: { source: string; format: string }; answer: string };
  "content.html": { kind: "filter"; value: string; about: { post: Post } };

  "media.accept": { kind: "guard"; value: { name: string; type: string; bytes: number } };
  "media.facts": { kind: "first"; value: { name: string; type: string; facts: PictureFacts }; answer: PictureFacts };
  "media.stored": { kind: "event"; value: { media: Media } };
  "media.removed": { kind: "event"; value: { media: Media } };

  "page.head": { kind: "collect"; value: { page: PageFacts; post?: Post }; answer: HeadTag };
  "page.data": { kind: "filter"; value: Readonly<Record<string, Json>>; about: { page: PageFacts; post?: Post } };

  "interaction.moderate": { kind: "first"; value: Interaction; answer: Verdict };
  "interaction.received": { kind: "event"; value: { interaction: Interaction } };
  "interaction.removed": { kind: "event"; value: { interaction: Interaction } };
  "interaction.decided": { kind: "event"; value: { interaction: Interaction; before: Interaction["state"] } };

  "import.item": { kind: "filter"; value: Draft; about: { source: string } };
  "import.finished": { kind: "event"; value: { importId: string; kind: string; counts: Readonly<Record<string, number>> } };

  "admin.cards": {
    kind: "collect";
    value: { account: Account };
    answer: { id: string; title: string; text: string; href?: string };
  };
}

/**
 * The core's hooks and those of plugins, which add theirs with `declare module "rookery/plugin" { interface Hooks { … } }`
 * and `offers` in their manifest.
 */
export interface Hooks extends CoreHooks {}

/** Which page is being made: what it is and where it stands. */
export type PageFacts = { readonly type: string; readonly path: string; readonly url: string; readonly title: string };

export type HookName = keyof Hooks & string;
export type HookKind = "filter" | "event" | "guard" | "first" | "collect";
export type ValueOf<N extends HookName> = Hooks[N]["value"];
export type AnswerOf<N extends HookName> = Hooks[N] extends { answer: infer A } ? A : never;
export type AboutOf<N extends HookName> = Hooks[N] extends { about: infer A } ? A : unknown;
type Maybe<T> = T | null | void | Promise<T | null | void>;

/** What a handler of each hook may give back. */
export type ResultOf<N extends HookName> = {
  filter: T1<ValueOf<N>>;
  event: void | Promise<void>;
  guard: Maybe<Refusal>;
  first: T1<AnswerOf<N>>;
  collect: T1<readonly AnswerOf<N>[]>;
}[Hooks[N]["kind"]];
type T1<T> = T | void | Promise<T | void>;

/** How a hook behaves; plugins that offer hooks describe theirs the same way. */
export type HookFacts = {
  readonly kind: HookKind;
  /** Milliseconds a handler has; without it the kind's own limit. */
  readonly limit?: number;
  /** Guards only: what a failing guard means. */
  readonly onFailure?: "refuse" | "allow";
  /** Events only: the fact is written with jobs for durable taps, in one transaction. */
  readonly isDurable?: boolean;
  /** Plugins may run it themselves with `context.call`. */
  readonly isOpen?: boolean;
  /** What a plugin must be allowed to do to tap it. */
  readonly needs?: string;
};

/** The core's hooks at run time; the compiler sees to it that names and kinds agree with `CoreHooks`. */
export const coreHooks: { readonly [N in keyof CoreHooks]: HookFacts & { readonly kind: CoreHooks[N]["kind"] } } = {
  "app.ready": { kind: "event" },
  "app.stopping": { kind: "event" },
  "plugin.activated": { kind: "event" },
  "plugin.deactivated": { kind: "event" },
  "plugin.connected": { kind: "event" },
  "blog.created": { kind: "event" },
  "blog.deleted": { kind: "event", isDurable: true },
  "blog.recalled": { kind: "event", isDurable: true },
  "blog.suspended": { kind: "event", isDurable: true },
  "blog.restored": { kind: "event", isDurable: true },
  "blog.erasing": { kind: "event", isDurable: true },
  "blog.domainChanged": { kind: "event", isDurable: true },
  "account.created": { kind: "event", needs: "accounts:read" },
  "account.deleted": { kind: "event", isDurable: true, needs: "accounts:read" },
  "account.recalled": { kind: "event", isDurable: true, needs: "accounts:read" },
  "account.erased": { kind: "event", isDurable: true },
  "account.suspended": { kind: "event", isDurable: true, needs: "accounts:read" },
  "account.restored": { kind: "event", isDurable: true, needs: "accounts:read" },
  "account.shutOut": { kind: "collect", limit: 2000, needs: "accounts:read" },
  "account.notice": { kind: "event", isDurable: true, needs: "accounts:read" },
  "account.noticeGone": { kind: "event", isDurable: true, needs: "accounts:read" },
  "profile.updated": { kind: "event", isDurable: true, needs: "accounts:read" },
  "health.checks": { kind: "collect", limit: 2000 },
  "job.dead": { kind: "event" },
  "request.missing": { kind: "first" },
  "response.links": { kind: "collect" },
  "robots.lines": { kind: "collect" },
  "topics.hubs": { kind: "collect", isOpen: true },
  "topics.of": { kind: "collect", limit: 1000, isOpen: true, needs: "posts:read" },
  "post.parse": { kind: "filter", limit: 2000, needs: "posts:write" },
  "post.kind": { kind: "first", needs: "posts:write" },
  "post.slug": { kind: "first", needs: "posts:write" },
  "post.validate": { kind: "guard", onFailure: "allow", needs: "posts:read" },
  "post.beforeSave": { kind: "filter", limit: 2000, needs: "posts:write" },
  "post.saved": { kind: "event", isDurable: true, needs: "posts:read" },
  "post.published": { kind: "event", isDurable: true, needs: "posts:read" },
  "post.updated": { kind: "event", isDurable: true, needs: "posts:read" },
  "post.removed": { kind: "event", isDurable: true, needs: "posts:read" },
  "post.restored": { kind: "event", isDurable: true, needs: "posts:read" },
  "post.summary": { kind: "filter", isOpen: true, needs: "posts:read" },
  "content.format": { kind: "first", needs: "posts:write" },
  "content.html": { kind: "filter", limit: 2000, needs: "posts:write" },
  "media.accept": { kind: "guard", onFailure: "refuse", needs: "media:read" },
  "media.facts": { kind: "first", needs: "media:read" },
  "media.stored": { kind: "event", isDurable: true, needs: "media:read" },
  "media.removed": { kind: "event", isDurable: true, needs: "media:read" },
  "page.head": { kind: "collect" },
  "page.data": { kind: "filter" },
  "interaction.moderate": { kind: "first", needs: "interactions:write" },
  "interaction.received": { kind: "event", isDurable: true, needs: "interactions:read" },
  "interaction.removed": { kind: "event", isDurable: true, needs: "interactions:read" },
  "interaction.decided": { kind: "event", isDurable: true, needs: "interactions:read" },
  "import.item": { kind: "filter", needs: "posts:write" },
  "import.finished": { kind: "event", needs: "posts:read" },
  "admin.cards": { kind: "collect" },
};
