import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";

/** What stands in for a post that was erased for good, where something of it elsewhere must still be taken away. */
export function gonePost(scope: Scope, id: string): Post {
  const blog = blogOf(scope);
  const now = scope.clock.now().toISOString();
  return {
    id,
    number: 0,
    blogId: blog.id,
    authorId: blog.ownerId,
    kind: "note",
    status: "trash",
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
