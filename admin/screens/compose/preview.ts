import type { Category, Post } from "../../../core/hooks/values.ts";
import { compose } from "../../../core/posts/compose.ts";
import { slugify } from "../../../core/posts/permalink.ts";
import { storePreview } from "../../../core/render/preview.ts";
import { refusalFor, type AdminRequest } from "../../request.ts";
import type { OnBlog } from "../../on-blog.ts";
import { draw } from "../../views.ts";
import { draftOf } from "./draft.ts";
import { composerPage } from "./page.ts";
import { withPanels } from "./panels/take-panels.ts";
import { copyPreviews } from "./targets.ts";
import type { Typed } from "./typed.ts";

/** A post as a whole document for a frame without scripts and without an origin: posts' HTML never stands in our own pages. */
export function previewDocument(
  { house, style, language }: Pick<AdminRequest, "house" | "style" | "language">,
  post: Pick<Post, "title" | "html" | "photos" | "language">,
): string {
  const photos = post.photos.map((photo) => ({ ...photo, url: house.images.foreign(photo.url) }));
  const shown = { ...post, photos, html: house.images.inHtml(post.html) };
  return draw("screens/compose/preview-document", { post: shown, style }, language);
}

/** The preview as a page: the post in the blog's own theme in a frame, and the form with everything in it, to go on or to publish. */
export async function previewPage(request: AdminRequest, place: OnBlog, typed: Typed, post: Post | null) {
  const shown = await preview(request, place, typed, post);
  if ("errors" in shown) return composerPage(request, place, typed, { post, errors: shown.errors, status: 422 });
  const data = {
    typed,
    post,
    address: shown.url,
    copies: shown.copies,
    action: post ? place.at(`/posts/${post.id}/edit`) : "/compose",
    mayPublish: place.may("post.publish", post ?? undefined),
    isPublished: post?.status === "published",
  };
  return request.html("screens/compose/preview", request.t("compose.preview"), data, {
    blog: place.blog,
    frames: [new URL(place.blog.url).origin],
  });
}

/** Where the post of a form can be seen in the blog's theme, and what each chosen service would get; or sentences by field. */
export async function preview(request: AdminRequest, place: OnBlog, typed: Typed, post: Post | null) {
  const shown = await composed(request, place, typed, post);
  if ("errors" in shown) return shown;
  const url = await storePreview(place.scope, `compose ${post?.id ?? typed.draftKey}`, { post: shown });
  return { url, copies: await copyPreviews(place, typed, shown) };
}

/** The post a form would become, rendered as it would be, stored nowhere; or sentences by field. */
export async function composed(
  request: AdminRequest,
  place: OnBlog,
  typed: Typed,
  post: Post | null,
): Promise<Post | { errors: Record<string, string> }> {
  const drafted = await draftOf(place, { ...typed, when: "" }, "draft", null);
  if ("errors" in drafted) return { errors: drafted.errors };
  const made = await withPanels(request, place, typed, { draft: drafted.draft, before: post, isDraft: true, isPreview: true });
  if ("errors" in made) return { errors: { ...made.errors } };
  const { key: _key, ...draft } = made.draft;
  const result = await compose(place.scope, { ...draft, ...(post ? { kind: post.kind } : {}) }, null);
  if ("refuse" in result) return { errors: { content: refusalFor(place, result) } };
  const now = place.scope.clock.now().toISOString();
  const categories = (draft.categories ?? []).map((name): Category => ({ id: "", name, slug: slugify(name), description: "" }));
  // As readers will see it: a draft has neither date nor address.
  return {
    ...result.post,
    authorId: post?.authorId ?? result.post.authorId,
    status: "published",
    publishedAt: result.post.publishedAt ?? post?.publishedAt ?? now,
    url: post?.url || result.post.url || place.blog.url,
    categories,
  };
}
