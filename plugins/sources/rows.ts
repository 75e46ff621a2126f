import type { Context } from "rookery/plugin";
import type { settings } from "./settings.ts";

/** The plugin's own context. */
export type Own = Context<typeof settings>;

/** A row of p_sources_feeds. */
export type FeedRow = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly site: string;
  readonly etag: string;
  readonly last_modified: string;
  readonly body_hash: string;
  readonly moved_to: string;
  readonly moved_times: number;
  readonly state: "active" | "gone" | "paused";
  readonly problem: string;
  readonly failures: number;
  readonly failing_since: string | null;
  readonly checked_at: string | null;
  readonly fresh_at: string | null;
  readonly next_at: string;
  readonly is_begun: number;
  readonly told: string;
  readonly hub_hash: string;
  readonly lease_ends: string | null;
  readonly is_followed: number;
  readonly timeline_id: string;
  readonly created_at: string;
};

/** A row of p_sources_owners. */
export type OwnerRow = {
  readonly id: string;
  readonly blog_id: string;
  readonly account_id: string;
  readonly feed_id: string;
  readonly proof: "" | "site" | "profile" | "both";
  readonly is_copied: number;
  readonly is_crossposted: number;
};

/** A row of p_sources_items. */
export type ItemRow = {
  readonly id: string;
  readonly key_text: string;
  readonly first_key: string;
  readonly url: string;
  readonly link_hash: string;
  readonly content_hash: string;
  readonly published_at: string;
  readonly seen_at: string;
  readonly missed_at: string | null;
  readonly is_passed: number;
};

/** A row of p_sources_hubs. */
export type HubRow = {
  readonly id: string;
  readonly feed_id: string;
  readonly hub: string;
  readonly topic: string;
  readonly state: "asked" | "active" | "denied" | "leaving";
  readonly lease_ends: string | null;
  readonly turn_at: string;
  readonly attempts: number;
};
