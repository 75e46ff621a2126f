import { createHash } from "node:crypto";
import type { Context } from "rookery/plugin";
import type { settings } from "./settings.ts";

const namespace = "ead4c236-bf58-58c6-a2c6-a6b28d128cb6";

/** The `podcast:guid` of a feed's address: a UUIDv5 of it without scheme and trailing slashes (Podcasting 2.0). */
export function guidOfAddress(feedUrl: string): string {
  const name = feedUrl.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\/+$/, "");
  const hash = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString("hex").slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The show's identity: what its owner brought along, else made of the feed's first address and kept when that changes. */
export async function showGuid({ blog, settings: said, collection }: Context<typeof settings>): Promise<string> {
  if (said.guid) return said.guid.toLowerCase();
  const shows = collection<{ guid: string }>("show");
  const kept = await shows.get("show");
  if (kept) return kept.guid;
  return (await shows.update("show", (other) => other ?? { guid: guidOfAddress(`${blog.url}podcast.xml`) })).guid;
}
