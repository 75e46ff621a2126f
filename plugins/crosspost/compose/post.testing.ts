import type { Post } from "rookery/plugin";

/** A published post; `text` is what its HTML says in one paragraph. */
export function samplePost({ text = "", ...own }: Partial<Post> & { text?: string } = {}): Post {
  const html = `<p>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br>")}</p>`;
  return {
    id: "01JPST00000000000000000001",
    number: 1,
    blogId: "01JBL0G0000000000000000001",
    authorId: "01JACC00000000000000000001",
    kind: own.title ? "article" : "note",
    status: "published",
    visibility: "public",
    isListed: true,
    slug: "hello",
    path: "/2026/11/24/hello",
    url: "https://kim.example/2026/11/24/hello",
    title: "",
    summary: "",
    format: "markdown",
    source: text,
    html,
    language: "",
    properties: {},
    photos: [],
    audio: [],
    categories: [],
    version: 1,
    publishedAt: "2026-11-24T09:30:00.000Z",
    createdAt: "2026-11-24T09:30:00.000Z",
    updatedAt: "2026-11-24T09:30:00.000Z",
    ...own,
  };
}
