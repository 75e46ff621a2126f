import type { Post, Refusal } from "../../../core/hooks/values.ts";
import { publish } from "../../../core/posts/publish.ts";
import { postById } from "../../../core/posts/read.ts";
import { one } from "../../fields.ts";
import type { AdminRequest } from "../../request.ts";
import type { OnBlog } from "../../on-blog.ts";
import { formatDate } from "../../formats.ts";
import { draftOf } from "./draft.ts";
import { composerPage } from "./page.ts";
import { photosIn, photosOfPost } from "./photos.ts";
import { previewPage } from "./preview.ts";
import { typedIn, type Typed } from "./typed.ts";

/** Takes a sent composer: stores it, previews it, or comes back with everything that was typed. */
export async function submit(request: AdminRequest, place: OnBlog, post: Post | null) {
  const { fields } = await request.form();
  const { photos, problems } = await photosIn(request, place, post ? await photosOfPost(place, post) : []);
  const typed = typedIn(fields, photos);
  const intent = one(fields, "intent") || "publish";
  if (problems.length > 0)
    return composerPage(request, place, typed, { post, errors: { photo: problems.join(" ") }, status: 422 });

  const rearranged = rearrange(typed, intent);
  if (rearranged) return composerPage(request, place, rearranged, { post });
  if (intent === "preview") return previewPage(request, place, typed, post);
  return store(request, place, { typed, post, wantsDraft: intent === "draft" });
}

async function store(
  request: AdminRequest,
  place: OnBlog,
  { typed, post, wantsDraft }: { typed: Typed; post: Post | null; wantsDraft: boolean },
) {
  const isDraft = wantsDraft || !place.may("post.publish", post ?? undefined);
  const drafted = await draftOf(place, typed, isDraft ? "draft" : "published", post);
  if ("errors" in drafted) return composerPage(request, place, typed, { post, errors: drafted.errors, status: 422 });
  const outcome = await publish(place.scope, drafted.draft);
  if (!outcome.ok) return refused(request, place, { typed, post, refusal: outcome.refusal });
  return request.redirect(place.at(`/posts/${outcome.post.id}`), flashOf(request, outcome.post, post, place.blog.timeZone));
}

async function refused(
  request: AdminRequest,
  place: OnBlog,
  { typed, post, refusal }: { typed: Typed; post: Post | null; refusal: Refusal },
) {
  const status = refusal.status ?? 422;
  const names: Readonly<Record<string, string>> = {
    title: "name",
    slug: "mp-slug",
    publishedAt: "published",
    categories: "category",
    photos: "photo",
  };
  const field = names[refusal.field ?? ""] ?? (refusal.field && refusal.field !== "version" ? refusal.field : "content");
  const theirs = status === 409 && post ? await postById(place.scope, post.id) : null;
  // Sent once more, the form replaces the other text: it now begins from there.
  const again = theirs ? { ...typed, version: String(theirs.version) } : typed;
  return composerPage(request, place, again, { post, errors: { [field]: refusal.refuse }, ...(theirs && { theirs }), status });
}

// Buttons that only change what stands in the form: `add-file`, `edit`, `remove:0`, `up:1`.
function rearrange(typed: Typed, intent: string): Typed | null {
  if (intent === "add-file" || intent === "edit") return typed;
  const [verb, index] = intent.split(":");
  const at = Number(index);
  if (!["remove", "up"].includes(verb!) || !Number.isInteger(at) || !typed.photos[at]) return null;
  const photos = typed.photos.filter((_photo, position) => position !== at);
  return { ...typed, photos: verb === "remove" ? photos : photos.toSpliced(Math.max(0, at - 1), 0, typed.photos[at]) };
}

function flashOf({ t, language }: AdminRequest, post: Post, before: Post | null, zone: string): string {
  if (post.status === "scheduled")
    return t("compose.scheduled", { date: `${formatDate(post.publishedAt, zone, language)} (${zone})` });
  if (post.status !== "published") return t("compose.saved");
  return before?.status === "published" ? t("compose.updated") : t("compose.published");
}
