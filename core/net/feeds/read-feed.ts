import { gunzipSync } from "node:zlib";
import type { Feed } from "./feed.types.ts";
import { decodeFeed } from "./decode.ts";
import { readHFeed } from "./read-h-feed.ts";
import { readJsonFeed } from "./read-json.ts";
import { readXmlFeed } from "./read-xml.ts";

const mostUnpacked = 8_000_000;

/** Reads a feed here and now, by what it is, not by what its header says; only for the thread that reads pages. */
export function feedOf(bytes: Uint8Array, url: string, contentType: string): Feed | null {
  // Some servers pack what they send and do not say so.
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = decodeFeed(isPacked ? gunzipSync(bytes, { maxOutputLength: mostUnpacked }) : bytes, contentType);
  const head = text.slice(0, 5_000).replace(/^[\s\ufeff\0]+/, "");
  if (head.startsWith("{")) return readJsonFeed(text.replace(/^[\s\ufeff\0]+/, ""), url);
  if (/^<!doctype\s+html|^<html/i.test(head)) return readHFeed(text.slice(0, 1_000_000), url);
  const from = text.search(/<(?:\?xml|rss|rdf|feed|channel|[\w-]{1,30}:(?:rdf|feed|rss))[\s>?]/i);
  if (!head.includes("<")) return null;
  const found = from < 0 ? null : readXmlFeed(text.slice(from), url);
  // A document of XML that is no feed has no entries either.
  if (!found && /^<(?:\?xml|!--)/.test(head) && !/<html/i.test(head)) return null;
  return found ?? readHFeed(text.slice(0, 1_000_000), url);
}
