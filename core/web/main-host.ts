import type { Blog, Reply } from "../hooks/values.ts";
import { everywhere } from "./headers.ts";

/**
 * Leads from a further host of a blog to its main one, path and query kept: 301 for reading, 308 for the rest, so that what was
 * sent is sent again there. Null on the main host.
 */
export function mainHostReply(blog: Blog, host: string, request: { method?: string; url?: string }): Reply | null {
  if (host === blog.host) return null;
  const isRead = request.method === "GET" || request.method === "HEAD";
  // Put together, not resolved: a path such as //stranger.example would lead away.
  const redirect = blog.url.replace(/\/$/, "") + (request.url ?? "/");
  // A browser that kept it would go round in circles once the hosts change places.
  return { status: isRead ? 301 : 308, redirect, headers: { ...everywhere, "cache-control": "no-cache" } };
}
