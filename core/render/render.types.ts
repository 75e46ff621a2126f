import type { PageFacts } from "../hooks/catalogue.ts";
import type { Scope } from "../hooks/scope.ts";
import type { TemplateCall } from "../hooks/template-call.ts";
import type { Json, Post, Reply } from "../hooks/values.ts";

/** A request for a page of the scope's blog: the path as it came (percent-encoded) and the query. */
export type RenderRequest = {
  readonly path: string;
  readonly query: URLSearchParams;
  /** The reader's Cookie header, of which only the chosen colour scheme counts, and only where the blog leaves it to readers. */
  readonly cookie?: string;
  /** Shown before it is true, to whoever made it; `post` is shown instead of what stands at the path. */
  readonly preview?: PagePreview;
};

/** What is shown before it is true: an unsaved post, unsaved own templates; `token` keeps style sheets and links in the preview. */
export type PagePreview = {
  readonly post?: Post;
  readonly copies?: readonly { readonly theme: string; readonly template: string; readonly source: string }[];
  readonly token?: string;
};

/** A template that failed and was passed by; `isDeactivated` when it was a blog's own copy that failed once too often. */
export type Notice = {
  readonly blogId: string;
  /** As its owner knows it: `perch/post.njk`, with “(own copy)” behind for an override. */
  readonly template: string;
  readonly line: number;
  readonly message: string;
  /** It was a blog's own copy. */
  readonly isOwn: boolean;
  readonly isDeactivated: boolean;
};

/** A finished page, ready to be sent; `isCacheable` says that it stays true until something shown on the blog changes. */
export type Rendered = Reply & {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isCacheable: boolean;
  /** Templates that failed on the way. */
  readonly fallbacks: readonly Notice[];
};

/** What a plugin wants to show: one of its templates with data. */
export type PluginView = {
  readonly pluginId: string;
  readonly template: string;
  readonly data?: { readonly [key: string]: Json };
};

/** What a slot is about. */
export type SlotAbout = { readonly slot: string; readonly page: PageFacts; readonly post?: Post };

/** A plugin's page inside the theme. `:name` in the path stands for one segment. */
export type PluginPage = {
  readonly pluginId: string;
  readonly path: string;
  readonly title: string;
  readonly inNavigation?: boolean;
  view(request: {
    readonly params: Readonly<Record<string, string>>;
    readonly query: URLSearchParams;
  }): Promise<(Omit<PluginView, "pluginId"> & { readonly title?: string; readonly query?: string }) | null>;
};

/** Filters and functions of plugins, by the names that templates call them. */
export type PluginCalls = {
  readonly filters: ReadonlyMap<string, TemplateCall>;
  readonly functions: ReadonlyMap<string, TemplateCall>;
};

/** What the render door asks the plugin host; everything for the plugins that are active on the scope's blog. */
export interface RenderPlugins {
  /** Slots that any plugin fills: the others are never asked. */
  filledSlots(scope: Scope): ReadonlySet<string>;
  /** For each subject the views of all plugins, in order. A plugin that fails gives none. */
  slotViews(scope: Scope, slot: string, subjects: readonly SlotAbout[]): Promise<readonly (readonly PluginView[])[]>;
  pages(scope: Scope): readonly PluginPage[];
  /** Style sheets to link: paths inside the plugins' `assets/`. */
  styles(scope: Scope): readonly { readonly pluginId: string; readonly path: string }[];
  /** What templates may call besides the core's own. */
  calls(scope: Scope): PluginCalls;
  /** The folder of an active plugin, for its templates and assets; null when it is not active. */
  folder(scope: Scope, pluginId: string): string | null;
  translate(scope: Scope, pluginId: string, key: string, values: Readonly<Record<string, string | number>>): string;
}

/** No filter and no function. */
export const noCalls: PluginCalls = { filters: new Map(), functions: new Map() };

/** For an installation without plugins, and for tests. */
export const noPlugins: RenderPlugins = {
  filledSlots: () => new Set(),
  slotViews: async (_scope, _slot, subjects) => subjects.map(() => []),
  pages: () => [],
  styles: () => [],
  calls: () => noCalls,
  folder: () => null,
  translate: (_scope, _pluginId, key) => key,
};
