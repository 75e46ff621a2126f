import { PublicError } from "../../../core/errors.ts";
import type { Post } from "../../../core/hooks/values.ts";
import { isUlid } from "../../../core/ids.ts";
import { can } from "../../../core/people/permissions.ts";
import { autosave, othersText, storedOf, type Autosaved, type Stored } from "../../../core/posts/autosave/autosave.ts";
import { discardEdit } from "../../../core/posts/autosave/edits.ts";
import { postByKey } from "../../../core/posts/post-keys.ts";
import { postById } from "../../../core/posts/read.ts";
import { trash } from "../../../core/posts/remove.ts";
import { RateLimit } from "../../../core/web/limits.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { refusalFor, signedIn, type AdminRequest, type AdminScreen } from "../../request.ts";
import { draftIn } from "./half-typed.ts";
import { fieldsOfJson, isBlank, typedFields } from "./sent-fields.ts";
import { typedOf } from "./standing-text.ts";

/** Where composers save while somebody types (admin-and-themes.md §4.4); answers are JSON. */
export const draftScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/drafts/:draftKey", access: "member", run: look },
  { method: "PUT", path: "/b/:blog/drafts/:draftKey", access: "member", run: keep },
  { method: "DELETE", path: "/b/:blog/drafts/:draftKey", access: "member", run: drop },
];

const bodyLimit = 1_000_000;
// A composer saves six times a minute at most; this is several of them, and somebody pressing Ctrl+S.
const saves = new RateLimit({ perMinute: 90, burst: 90 });

async function keep(request: AdminRequest): Promise<ScreenReply> {
  const place = await onBlog(request, "post.create");
  const wait = saves.take(signedIn(request).id, Date.now());
  if (wait > 0) return tooOften(request, wait);
  const key = keyOf(request);
  const known = await postOf(place, key, "");
  if (known) mustEdit(place, known);
  const sent = fieldsOfJson(await request.body(bodyLimit));
  // Keys are forgotten after a week; a composer that is open longer knows its post by then.
  const before = known ?? (await postOf(place, key, sent.id?.[0] ?? ""));
  if (before) mustEdit(place, before);
  const fields = typedFields(sent);
  if (!before && isBlank(fields))
    throw new PublicError("draft.empty", "Nothing is written yet, so there is nothing to save.", 422);
  const typing = { key, fields, draft: await draftIn(place, fields, before), page: (sent.page?.[0] ?? "").slice(0, 64) };
  const answer = await autosave(place.scope, { ...typing, expected: expectedBy(request) }, before);
  return replyTo(request, place, answer);
}

async function look(request: AdminRequest): Promise<ScreenReply> {
  const place = await onBlog(request, "post.create");
  const post = await postOf(place, keyOf(request), "");
  if (!post && request.query.get("or") === "nothing") return { json: null };
  if (!post) throw new PublicError("draft.unknown", "There is no such draft.", 404);
  mustEdit(place, post);
  return { json: await currentOf(place, await storedOf(place.scope, post)) };
}

// What was typed goes into the trash, or back from beside its post; either can be undone.
async function drop(request: AdminRequest): Promise<ScreenReply> {
  const place = await onBlog(request, "post.create");
  const post = await postOf(place, keyOf(request), "");
  if (!post) throw new PublicError("draft.unknown", "There is no such draft.", 404);
  mustEdit(place, post);
  if (post.status === "draft") await trash(place.scope, post.id);
  else await discardEdit(place.scope, post.id, true);
  return { json: { id: post.id } };
}

async function replyTo(request: AdminRequest, place: OnBlog, answer: Autosaved): Promise<ScreenReply> {
  if (answer.isSaved) {
    const { post, edit, version } = answer.stored;
    const saved = { version: asJson(version), savedAt: edit?.savedAt ?? post.updatedAt, id: post.id };
    const json = { ...saved, edit: place.at(`/posts/${post.id}/edit`) };
    return { status: answer.isNew ? 201 : 200, json, headers: { etag: `"${version}"` } };
  }
  if ("refusal" in answer) {
    const { field, status } = answer.refusal;
    const message = refusalFor(request, answer.refusal);
    return { status: status ?? 422, json: { error: "draft.refused", message, ...(field ? { field } : {}) } };
  }
  const current = answer.conflict && (await currentOf(place, answer.conflict));
  return { status: 409, json: { error: "draft.conflict", message: request.t("compose.conflict"), current } };
}

async function currentOf(place: OnBlog, stored: Stored) {
  const { post, edit, version } = othersText(stored);
  const { photos, audio, draftKey: _key, panels: _panels, ...typed } = await typedOf(place, { post, edit, version });
  return {
    ...typed,
    photo: photos.map(({ value }) => value),
    audio: (audio ?? []).map(({ value }) => value),
    version: asJson(version),
    savedAt: edit?.savedAt ?? post.updatedAt,
    id: post.id,
    status: post.status,
  };
}

// A composer's own key, or the id of the post that it edits.
function keyOf(request: AdminRequest): string {
  const key = request.params.draftKey ?? "";
  if (!/^[\w-]{8,100}$/.test(key))
    throw new PublicError("draft.key", "A draft’s key is 8 to 100 letters, digits and dashes.", 404);
  return key;
}

async function postOf(place: OnBlog, key: string, id: string): Promise<Post | null> {
  if (isUlid(key)) {
    const post = await postById(place.scope, key);
    if (!post) throw new PublicError("draft.unknown", "There is no such draft.", 404);
    return post;
  }
  return (await postByKey(place.scope, key)) ?? (isUlid(id) ? postById(place.scope, id) : null);
}

function mustEdit(place: OnBlog, post: Post): void {
  if (place.may("post.edit", post)) return;
  if (can(place.actor, "post.read", post))
    throw new PublicError("draft.denied", "You may read this post, but not change it.", 403);
  throw new PublicError("draft.unknown", "There is no such draft.", 404);
}

function expectedBy({ headers }: AdminRequest): string | null {
  const match = headers["if-match"];
  return match === undefined ? null : match.trim().replace(/^(?:W\/)?"(.*)"$/, "$1");
}

function tooOften(request: AdminRequest, wait: number): ScreenReply {
  const json = { error: "request.too-many", message: request.t("compose.too-often", { seconds: wait }), wait };
  return { status: 429, json, headers: { "retry-after": String(wait) } };
}

const asJson = (version: string): number | string => (version.includes(".") ? version : Number(version));
