import type { Post, Reply } from "../hooks/values.ts";
import { contentOf, templatesOf, type Asked, type PageContent } from "./content.ts";

/** What a request shows: what stands at its path, or what somebody wants to see before it is stored. */
export async function shownContent(asked: Asked): Promise<PageContent | { readonly reply: Reply }> {
  const { preview } = asked.request;
  if (!preview) return contentOf(asked);
  if (preview.post) return unsavedPost(preview.post);
  const found = await contentOf(asked);
  return "reply" in found ? found : { ...found, isIndexed: false, isPreview: true };
}

function unsavedPost(post: Post): PageContent {
  return {
    type: post.kind === "page" ? "page" : "post",
    status: 200,
    templates: templatesOf(post),
    path: encodeURI(post.path || "/"),
    title: post.title,
    isIndexed: false,
    isPreview: true,
    post,
    conversation: [],
    neighbours: { newer: null, older: null },
  };
}
