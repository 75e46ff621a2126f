import type { Post } from "rookery/plugin";
import type { Entry } from "./mf2.ts";

/**
 * The kind of post an entry is, in the order of post type discovery (https://www.w3.org/TR/post-type-discovery/), where the core
 * does not see it by itself; only while nobody has seen the post, since its address and place follow from it.
 */
export function kindOf({ type, properties }: Entry, before: Post | null): { kind?: string } {
  if (before && !(before.status === "draft" && before.path === "")) return {};
  if (before?.kind === "page") return {};
  const has = (name: string) => (properties[name]?.length ?? 0) > 0;
  if (type === "h-event") return { kind: "event" };
  if (has("rsvp") && has("in-reply-to")) return { kind: "rsvp" };
  if (has("repost-of")) return { kind: "repost" };
  if (has("like-of")) return { kind: "like" };
  if (has("in-reply-to")) return { kind: "reply" };
  if (has("bookmark-of")) return { kind: "bookmark" };
  if (has("checkin")) return { kind: "checkin" };
  if (has("video")) return { kind: "video" };
  return {};
}
