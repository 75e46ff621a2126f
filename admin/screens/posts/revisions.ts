import { PublicError } from "../../../core/errors.ts";
import type { Json, Photo, Post, Properties } from "../../../core/hooks/values.ts";
import { personById } from "../../../core/people/accounts.ts";
import { restoreRevision } from "../../../core/posts/publish-revision.ts";
import { revisionOf, revisionsOf, type Revision } from "../../../core/posts/revisions.ts";
import { one } from "../../fields.ts";
import { onPost, type OnBlog } from "../../on-blog.ts";
import { refusedAs, type AdminRequest, type AdminScreen } from "../../request.ts";
import { record } from "./record.ts";
import { textChanges } from "./text-changes.ts";

/** What a post was: the list, one of them with its differences, and the way back. */
export const revisionScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/posts/:id/revisions", access: "member", run: list },
  { method: "GET", path: "/b/:blog/posts/:id/revisions/:revision", access: "member", run: show },
  { method: "POST", path: "/b/:blog/posts/:id/revisions/:revision/restore", access: "member", run: restore },
];

const pageSize = 30;
const reasons = new Set(["publish", "update", "draft", "restore", "import", "schedule"]);

/** A revision in words. */
export async function revisionRows(request: AdminRequest, revisions: readonly Revision[]) {
  const names = new Map<string, string>();
  for (const id of new Set(revisions.map(({ accountId }) => accountId)))
    names.set(id, (await personById(request.house.storage, id))?.name ?? request.t("revisions.nobody"));
  return revisions.map((revision) => ({
    ...revision,
    who: names.get(revision.accountId)!,
    what: request.t(`revisions.reason-${reasons.has(revision.reason) ? revision.reason : "update"}`),
    road: request.t(`revisions.via-${["web", "import", "cli", "job"].includes(revision.via) ? revision.via : "app"}`, {
      app: revision.via,
    }),
  }));
}

async function list(request: AdminRequest) {
  const place = await onPost(request, "post.edit");
  const before = Number(request.query.get("before")) || undefined;
  const revisions = await revisionsOf(place.scope, place.post.id, { limit: pageSize, ...(before && { before }) });
  const at = place.at(`/posts/${place.post.id}`);
  const last = revisions.at(-1);
  const older = revisions.length === pageSize && last ? `${at}/revisions?before=${last.version}` : null;
  const data = { post: place.post, rows: await revisionRows(request, revisions), at, older, zone: place.blog.timeZone };
  return request.html("screens/posts/revisions", request.t("revisions.title"), data, { blog: place.blog });
}

async function show(request: AdminRequest) {
  const { place, revision } = await onRevision(request);
  const wantsBefore = request.query.get("with") === "before";
  const [previous] = await revisionsOf(place.scope, place.post.id, { before: revision.version, limit: 1 });
  const fields = wantsBefore
    ? fieldChanges(request, previous ? textsOf(previous) : {}, textsOf(revision))
    : fieldChanges(request, textsOf(revision), textsOfPost(place.post));
  const at = place.at(`/posts/${place.post.id}/revisions`);
  const [row] = await revisionRows(request, [revision]);
  const own = `${at}/${revision.version}`;
  const items = [
    { href: own, label: request.t("revisions.against-now"), isCurrent: !wantsBefore },
    { href: `${own}?with=before`, label: request.t("revisions.against-before"), isCurrent: wantsBefore },
  ];
  const data = {
    post: place.post,
    row,
    items,
    fields,
    wantsBefore,
    at,
    zone: place.blog.timeZone,
    mayRestore: place.post.status !== "trash",
  };
  return request.html("screens/posts/revision", request.t("revisions.one"), data, { blog: place.blog });
}

async function restore(request: AdminRequest) {
  const { place, revision } = await onRevision(request);
  const { fields } = await request.form();
  if (place.post.status === "trash") throw new PublicError("revision.trash", request.t("revisions.in-trash"), 409);
  const outcome = await restoreRevision(place.scope, place.post, revision, Number(one(fields, "version")));
  if (!outcome.ok) throw refusedAs(outcome.refusal);
  await record(place, "post.revision-restored", place.post.id, { version: revision.version });
  return request.redirect(place.at(`/posts/${place.post.id}`), request.t("revisions.restored"));
}

async function onRevision(request: AdminRequest): Promise<{ place: OnBlog & { post: Post }; revision: Revision }> {
  const place = await onPost(request, "post.edit");
  const version = request.params.revision ?? "";
  const revision = /^\d{1,9}$/.test(version) ? await revisionOf(place.scope, place.post.id, Number(version)) : null;
  if (!revision) throw new PublicError("revision.unknown", request.t("revisions.unknown"), 404);
  return { place, revision };
}

type Texts = Readonly<Record<string, string>>;

function textsOf({ title, source, properties, details }: Revision): Texts {
  const more = details && { ...details, categories: details.categories.join(", ") };
  return { title, content: source, ...more, ...propertyTexts(properties) };
}

function textsOfPost(post: Post): Texts {
  const { title, source, summary, language, properties } = post;
  const categories = post.categories.map(({ name }) => name).join(", ");
  return { title, content: source, summary, language, categories, ...propertyTexts(properties) };
}

function propertyTexts(properties: Properties): Texts {
  const photos = (properties.photo ?? []) as unknown as readonly Photo[];
  const replies = [properties["in-reply-to"] ?? []].flat() as readonly Json[];
  return {
    photos: photos.map(({ url, alt }) => `${url.split("/").at(-1)}: ${alt}`).join("\n"),
    reply: replies.filter((one) => typeof one === "string").join("\n"),
  };
}

// What an older revision did not keep is not compared.
function fieldChanges(request: AdminRequest, before: Texts, after: Texts) {
  return ["title", "content", "summary", "categories", "language", "photos", "reply"]
    .filter((name) => name in before === name in after || Object.keys(before).length === 0)
    .filter((name) => (before[name] ?? "") !== (after[name] ?? ""))
    .map((name) => ({ label: request.t(`revisions.${name}`), changes: textChanges(before[name] ?? "", after[name] ?? "") }));
}
