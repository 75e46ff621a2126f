import type { Account, Blog, Post } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";

/** What somebody here wrote on a site of theirs elsewhere, as a post; of its words what the timeline shows. */
export function outsidePost(item: Item, author: Account): Post {
  const { id, number, url, title, html, photos, language, at } = item;
  return {
    id,
    number,
    blogId: "",
    authorId: author.id,
    kind: title === "" ? "note" : "article",
    status: "published",
    visibility: "public",
    isListed: true,
    slug: "",
    path: "",
    url,
    title,
    summary: "",
    format: "html",
    source: "",
    html,
    language,
    properties: {},
    photos,
    audio: [],
    categories: [],
    version: 1,
    publishedAt: at,
    createdAt: at,
    updatedAt: at,
  };
}

/** Where such a post stands, as far as this installation is concerned: on its author's page. */
export function outsidePlace(author: Account, hub: string): Blog {
  const url = new URL(`people/${author.username}`, hub);
  return {
    id: "",
    host: url.host,
    url: url.href,
    title: author.name || author.username,
    description: "",
    language: author.language,
    timeZone: author.timeZone,
    theme: "",
    ownerId: author.id,
    settings: {},
    createdAt: "",
  };
}
