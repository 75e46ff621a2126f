import type { Context, Post } from "rookery/plugin";

/** The blog's newest post, to show what a copy of it would be; before there is one, a made-up one. */
export async function samplePost(context: Context): Promise<Post> {
  const [newest] = await context.posts.list({ limit: 1 });
  if (newest) return newest;
  const now = context.clock.now().toISOString();
  const text = context.t("sample.text");
  return {
    id: "",
    number: 0,
    blogId: context.blog.id,
    authorId: context.blog.ownerId,
    kind: "article",
    status: "published",
    visibility: "public",
    isListed: true,
    slug: "",
    path: "",
    url: `${context.blog.url}2026/11/24/hello`,
    title: context.t("sample.title"),
    summary: "",
    format: "markdown",
    source: text,
    html: `<p>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>`,
    language: "",
    properties: {},
    photos: [],
    audio: [],
    categories: [],
    version: 1,
    publishedAt: now,
    createdAt: now,
    updatedAt: now,
  };
}
