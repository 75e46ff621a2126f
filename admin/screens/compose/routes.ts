import { PublicError } from "../../../core/errors.ts";
import { wantsJson } from "../../../core/web/hub-site.ts";
import { postByKey } from "../../../core/posts/post-keys.ts";
import { one } from "../../fields.ts";
import { onHost, onPost } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { markdownOf } from "./markdown-of.ts";
import { audioNamed } from "./audio/audio.ts";
import { composerPage } from "./page.ts";
import { peopleKnown } from "./people-known.ts";
import { photosNamed } from "./photos.ts";
import { preview, previewPage } from "./preview.ts";
import { draftScreens } from "./drafts.ts";
import { standingText } from "./standing-text.ts";
import { submit } from "./submit.ts";
import { nothingTyped, typedIn } from "./typed.ts";
import { whenScreens } from "./when.ts";

/** Writing and editing. */
export const composeScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/compose", access: "member", run: write },
  { method: "POST", path: "/compose", access: "member", run: create },
  { method: "POST", path: "/b/:blog/posts", access: "member", run: create },
  { method: "POST", path: "/compose/preview", access: "member", run: look },
  { method: "GET", path: "/b/:blog/posts/:id/edit", access: "member", run: edit },
  { method: "POST", path: "/b/:blog/posts/:id/edit", access: "member", run: change },
  { method: "GET", path: "/compose/people", access: "member", run: people },
  { method: "POST", path: "/compose/markdown", access: "member", run: toMarkdown },
  ...draftScreens,
  ...whenScreens,
];

async function write(request: AdminRequest) {
  const place = await onHost(request, request.query.get("blog") ?? (await usualHost(request)), "post.create");
  return composerPage(request, place, nothingTyped(request.query), { post: null });
}

async function create(request: AdminRequest) {
  const { fields } = await request.form();
  const host = request.params.blog ?? one(fields, "blog");
  const place = await onHost(request, host || (await usualHost(request)), "post.create");
  const known = await postByKey(place.scope, one(fields, "draftKey").slice(0, 100));
  // What the key made may have left its author's hands: then the post is the answer, unchanged.
  if (known && !place.may("post.edit", known)) return request.redirect(place.at(`/posts/${known.id}`));
  return submit(request, place, known);
}

async function look(request: AdminRequest) {
  const { fields } = await request.form();
  const place = await onHost(request, one(fields, "blog") || (await usualHost(request)), "post.create");
  const typed = typedIn(fields, {
    photos: await photosNamed(place, fields, []),
    audio: await audioNamed(place, fields, []),
  });
  if (!wantsJson(request.headers)) return previewPage(request, place, typed, null);
  const shown = await preview(request, place, typed, null);
  return "errors" in shown ? { status: 422, json: { message: Object.values(shown.errors).join(" ") } } : { json: shown };
}

async function people(request: AdminRequest) {
  const place = await onHost(request, request.query.get("blog") ?? "", "post.create");
  return { json: { people: await peopleKnown(place) } };
}

async function toMarkdown(request: AdminRequest) {
  return { text: markdownOf((await request.form()).fields.get("html") ?? "") };
}

async function edit(request: AdminRequest) {
  const place = await onPost(request, "post.edit");
  const { typed, ...standing } = await standingText(place, place.post);
  return composerPage(request, place, typed, { post: place.post, standing });
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
