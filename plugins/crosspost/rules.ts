import type { Properties } from "rookery/plugin";
import type { TargetSettings } from "./target-settings.ts";

/** What a rule looks at: a post, or a draft of one. */
export type RuleFacts = {
  readonly kind: string;
  readonly visibility: string;
  readonly publishedAt: string | null;
  /** Slugs. */
  readonly categories: readonly string[];
  readonly properties: Properties;
};

/** Why a post does not go somewhere by itself; the key of a sentence. */
export type Reason = "reply" | "page" | "reaction" | "not-public" | "dated-back" | "off" | "kind" | "category";

const oldest = 3_600_000;

/** Why a post does not go to a target by itself; null when it does. */
export function reasonAgainst(facts: RuleFacts, settings: TargetSettings, now: Date): Reason | null {
  const { kind, visibility, publishedAt, categories, properties } = facts;
  if (kind === "reply" || properties["in-reply-to"] !== undefined) return "reply";
  if (kind === "page") return "page";
  // A like or repost is private elsewhere too, and says nothing of its own.
  if (properties["like-of"] !== undefined || properties["repost-of"] !== undefined || kind === "like" || kind === "repost")
    return "reaction";
  if (visibility !== "public") return "not-public";
  if (publishedAt !== null && Date.parse(publishedAt) < now.getTime() - oldest) return "dated-back";
  if (!settings.isOn) return "off";
  if (settings.kinds && !settings.kinds.includes(kind)) return "kind";
  if (settings.categories && !settings.categories.some((slug) => categories.includes(slug))) return "category";
  return null;
}
