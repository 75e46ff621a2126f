import type { Blog, Properties } from "../hooks/values.ts";
import type { Row } from "../storage/storage.ts";

/** The hub, as far as blogs' addresses depend on it. */
export type Hub = { readonly url: string };

/** The columns a Blog is made of, of a table called `b`. */
export const blogColumns =
  "b.id, b.host, b.title, b.description, b.language, b.time_zone, b.theme, b.owner_id, b.settings, b.created_at";

/** A row as a Blog. */
export function blogFrom(row: Row, hub: Hub): Blog {
  const host = String(row.host);
  return {
    id: String(row.id),
    host,
    url: blogUrl(host, hub),
    title: String(row.title),
    description: String(row.description),
    language: String(row.language),
    timeZone: String(row.time_zone),
    theme: String(row.theme),
    ownerId: String(row.owner_id),
    settings: JSON.parse(String(row.settings)) as Properties,
    createdAt: String(row.created_at),
  };
}

/** A blog's address on a host: scheme and port of the hub; a domain of its own on an https hub has no port. */
export function blogUrl(host: string, hub: Hub): string {
  const { protocol, port, hostname } = new URL(hub.url);
  const isOwnDomain = !host.endsWith(`.${hostname}`);
  return `${protocol}//${host}${port === "" || (isOwnDomain && protocol === "https:") ? "" : `:${port}`}/`;
}

/** The host that a blog of this name gets by default: `NAME.<hub host>`. */
export function defaultHost(name: string, hub: Hub): string {
  return `${name}.${new URL(hub.url).hostname}`;
}
