import type { Own } from "./rows.ts";

/** A feed as the plugin that offers `timeline.source` and `timeline.store` takes it; told here by its shape, for nothing else is needed of it. */
export type Followable = {
  readonly kind: string;
  readonly title: string;
  readonly url: string;
  readonly avatar: string;
  readonly handle: string;
  readonly language: string;
  readonly key: string;
};
export type Followed = { readonly id: string; readonly plugin: string; readonly key: string };
export type ReadItem = {
  readonly key: string;
  readonly sourceId: string;
  readonly url: string;
  readonly title: string;
  readonly html: string;
  readonly photos: readonly { readonly url: string; readonly alt: string }[];
  readonly language: string;
  readonly publishedAt: string;
  readonly replyTo?: string;
  readonly isNew: boolean;
};
type OwnItem = Omit<ReadItem, "sourceId" | "isNew" | "photos" | "title" | "language" | "replyTo"> & {
  readonly accountId: string;
  readonly replyTo: string;
  readonly post: Pick<ReadItem, "title" | "photos" | "isNew">;
};
type Store = {
  put(items: readonly ReadItem[]): Promise<unknown>;
  putOwn(item: OwnItem): Promise<unknown>;
  remove(sourceId: string, keys: readonly string[]): Promise<void>;
  keepSource(plugin: string, source: Followable): Promise<{ readonly id: string }>;
};

/** Asks the plugin that keeps what people read, if there is one; null without it. */
export async function askReading<T>(context: Own, question: (store: Store) => Promise<T>): Promise<T | null> {
  const name = "timeline.store" as never;
  const pluginId = (context.services(name) as readonly { pluginId: string }[])[0]?.pluginId;
  return pluginId ? await context.ask(name, pluginId, question as never, 30_000) : null;
}
