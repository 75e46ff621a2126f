import { PublicError } from "../../../core/errors.ts";
import { one } from "../../fields.ts";
import { onHost, onPost } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { composerPage } from "./page.ts";
import { photosOfPost } from "./photos.ts";
import { composed, previewDocument } from "./preview.ts";
import { submit } from "./submit.ts";
import { nothingTyped, typedFrom, typedIn } from "./typed.ts";

/** Writing and editing. */
export const composeScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/compose", access: "member", run: write },
  { method: "POST", path: "/compose", access: "member", run: create },
  { method: "POST", path: "/compose/preview", access: "member", run: preview },
  { method: "GET", path: "/b/:blog/posts/:id/edit", access: "member", run: edit },
  { method: "POST", path: "/b/:blog/posts/:id/edit", access: "member", run: change },
];

async function write(request: AdminRequest) {
  const place = await onHost(request, request.query.get("blog") ?? (await usualHost(request)), "post.create");
  return composerPage(request, place, nothingTyped(request.query), { post: null });
}

async function create(request: AdminRequest) {
  const { fields } = await request.form();
  const place = await onHost(request, one(fields, "blog") || (await usualHost(request)), "post.create");
  return submit(request, place, null);
}

async function preview(request: AdminRequest) {
  const { fields } = await request.form();
  const place = await onHost(request, one(fields, "blog") || (await usualHost(request)), "post.create");
  const shown = await composed(place, typedIn(fields, []), null);
  if ("errors" in shown) return { status: 422, text: Object.values(shown.errors).join(" ") };
  return { html: previewDocument(request, shown) };
}

async function edit(request: AdminRequest) {
  const place = await onPost(request, "post.edit");
  const typed = typedFrom(place.post, place.blog, await photosOfPost(place, place.post));
  return composerPage(request, place, typed, { post: place.post });
}

async function change(request: AdminRequest) {
  const place = await onPost(request, "post.edit");
  return submit(request, place, place.post);
}

/** The blog somebody writes on unless they say another. PublicError 409 for people without one. */
export async function usualHost(request: AdminRequest): Promise<string> {
  const usual = await request.usualBlog();
  if (!usual) throw new PublicError("compose.no-blog", request.t("compose.no-blog"), 409);
  return usual.host;
}
