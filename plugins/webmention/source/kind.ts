import type { Interaction, MicroformatItem, Properties } from "rookery/plugin";
import { isSameTarget } from "../web-url.ts";
import { firstWords, urlsOf } from "./values.ts";

/** What an entry does to a target, by post type discovery relative to it (indieweb.md §5): the first that fits. */
export function kindOf(entry: MicroformatItem, target: string): { kind: Interaction["kind"]; properties: Properties } {
  const has = (name: string) => urlsOf(entry, name).some((url) => isSameTarget(url, target));
  const rsvp = firstWords(entry, "rsvp").toLowerCase();
  if (has("in-reply-to") && /^(?:yes|no|maybe|interested)$/.test(rsvp)) return { kind: "reply", properties: { rsvp } };
  if (has("repost-of") || has("repost")) return { kind: "repost", properties: {} };
  if (has("like-of") || has("like")) return { kind: "like", properties: {} };
  if (has("in-reply-to")) return { kind: "reply", properties: {} };
  if (has("bookmark-of")) return { kind: "mention", properties: { "bookmark-of": target } };
  if (has("category")) return { kind: "mention", properties: { category: target } };
  return { kind: "mention", properties: {} };
}
