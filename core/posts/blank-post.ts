import type { Blog, Post } from "../hooks/values.ts";

/** A note that nobody wrote yet, for asking what would become of one. */
export function blankPost(blog: Blog, now: string): Post {
  return {
    id: "",
    number: 0,
    blogId: blog.id,
    authorId: blog.ownerId,
    kind: "note",
    status: "draft",
    visibility: "public",
    isListed: false,
    slug: "",
    path: "",
    url: "",
    title: "",
    summary: "",
    format: "markdown",
    source: "",
    html: "",
    language: "",
    properties: {},
    photos: [],
    audio: [],
    categories: [],
    version: 0,
    publishedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}
