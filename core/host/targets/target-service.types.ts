import type { Json, Post } from "../../hooks/values.ts";

/** What a service takes; the composer estimates by it while somebody types. Left out: no such limit, or it cannot. */
export type CopyLimits = {
  /** Characters, counted by `unit`. */
  readonly chars?: number;
  readonly unit?: "grapheme" | "utf16" | "weighted";
  /** What a link costs, where every link costs the same. */
  readonly linkLength?: number;
  readonly images?: number;
  readonly videoSeconds?: number;
  /** Descriptions of pictures come along. */
  readonly alt?: boolean;
  /** A copy that was sent can be changed, or removed. */
  readonly edit?: boolean;
  readonly delete?: boolean;
};

/** One place where copies can go: an account that the blog's owner connected. */
export type CopyTarget = {
  /** The plugin's own name for it: up to 100 printable ASCII characters. */
  readonly id: string;
  /** “Mastodon”. */
  readonly service: string;
  /** “@kim@social.example”. */
  readonly account: string;
  readonly limits: CopyLimits;
  /** The connection is over; why, in a sentence. Nothing is sent until it is connected again. */
  readonly reconnect?: string;
  /** Path of the screen where it is connected and set up. */
  readonly page?: string;
  /** What copies there do by themselves: change and go with their post. Left out: only when somebody says so. */
  readonly follows?: { readonly edits?: boolean; readonly deletes?: boolean };
};

/** Whether a post goes there unless somebody says otherwise; `why` is said when it does not (“off for replies”). */
export type CopyRule = { readonly isOn: boolean; readonly why?: string };

/** What a service would show of a post. */
export type CopyPreview = {
  readonly text: string;
  /** What a text of the writer's own begins with, where it is not `text`. */
  readonly begin?: string;
  readonly isTruncated: boolean;
  readonly title?: string;
  /** How many of the post's pictures go along. */
  readonly images: number;
  readonly notes: readonly string[];
};

/** A copy to be made, changed or removed. */
export type CopyRequest = {
  readonly target: string;
  readonly post: Post;
  /** The writer's own text for this service; without it the plugin makes one of the post. */
  readonly text?: string;
  /** The same for every try of this copy: a service that knows it must not make a second one. */
  readonly key: string;
  /** From 1. Above 1 a try before may have reached the service: look before sending again. */
  readonly attempt: number;
  /** What `send` gave for this copy, or the progress a try before wrote down; null before. */
  readonly copy: Json;
  /** Writes down how far this try is (up to 100,000 letters), so that it survives a crash. Throws when its time is over: stop then. */
  progress(copy: Json): Promise<void>;
};

/**
 * What became of it. `failed` is final until somebody presses Retry; `later` is tried again, at `at` or after a while, up to six
 * times, and has failed then (`isUnsure`: is `unknown` then, because a try may have arrived); `unknown` may have arrived and is never tried again by itself: the owner looks there and says; `parked` waits until the
 * account is connected again and counts as no try. What is thrown counts as `later`, with `permanent: true` on the error as `failed`.
 */
export type CopyResult =
  | { readonly state: "sent"; readonly url?: string; readonly copy?: Json }
  | { readonly state: "failed" | "skipped" | "unknown" | "parked"; readonly reason: string; readonly copy?: Json }
  | { readonly state: "later"; readonly reason: string; readonly at?: string; readonly isUnsure?: boolean; readonly copy?: Json };

/** Somewhere else that posts can go. The core keeps choices, turns, states and links; the plugin knows the service. */
export interface TargetService {
  /** The connected accounts of the blog at hand. 2 s. */
  targets(): readonly CopyTarget[] | Promise<readonly CopyTarget[]>;
  /** What the owner's rules say of a post (a draft, perhaps) for one target. 2 s. */
  rule(target: string, post: Post): CopyRule | Promise<CopyRule>;
  /** What the service would show. 2 s. */
  preview(target: string, post: Post, text?: string): CopyPreview | Promise<CopyPreview>;
  /** Makes the copy. 60 s. */
  send(request: CopyRequest): Promise<CopyResult>;
  /** Changes a copy; only asked where `limits.edit`. */
  update?(request: CopyRequest): Promise<CopyResult>;
  /** Removes a copy; one that is gone already counts as `sent`. Only asked where `limits.delete`. */
  remove?(request: CopyRequest): Promise<CopyResult>;
}
