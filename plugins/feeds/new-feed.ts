import type { Blog } from "rookery/plugin";
import type { Feed } from "./feed.ts";

type Given = Pick<Feed, "format" | "title" | "homeUrl" | "feedUrl" | "items"> & Partial<Feed>;

/** A feed of a blog: what is not given is the blog's own, and as new as the newest of its items. */
export function newFeed(blog: Blog, given: Given): Feed {
  return {
    description: blog.description,
    language: blog.language,
    author: { name: blog.title, url: blog.url },
    updatedAt: given.items.reduce((latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest), blog.createdAt),
    isFull: true,
    hubs: [],
    namespaces: {},
    extensions: [],
    json: {},
    ...given,
  };
}
