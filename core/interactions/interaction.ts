import type { Interaction, Properties } from "../hooks/values.ts";
import type { Row } from "../storage/storage.ts";

/** The columns an interaction is read by. */
export const interactionColumns =
  "id, blog_id, post_id, parent_id, kind, state, via, author_name, author_url, author_photo, account_id, source_url, html, properties, published_at, received_at, " +
  "(SELECT n.number FROM numbers n WHERE n.subject_id = interactions.id) AS number";

/** A stored row as an interaction; its HTML was cleaned on the way in. */
export function interactionFrom(row: Row): Interaction {
  return {
    id: String(row.id),
    number: Number(row.number ?? 0),
    blogId: String(row.blog_id),
    postId: String(row.post_id),
    parentId: row.parent_id as string | null,
    kind: row.kind as Interaction["kind"],
    state: row.state as Interaction["state"],
    via: String(row.via),
    author: { name: String(row.author_name), url: String(row.author_url), photo: String(row.author_photo) },
    accountId: row.account_id as string | null,
    sourceUrl: String(row.source_url),
    html: String(row.html),
    properties: JSON.parse(String(row.properties || "{}")) as Properties,
    publishedAt: String(row.published_at),
    receivedAt: String(row.received_at),
  };
}
