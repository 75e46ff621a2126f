import { PublicError } from "../../../core/errors.ts";
import { isUlid } from "../../../core/ids.ts";
import { libraryFile } from "../../../core/media/find-files.ts";
import { removeMedia } from "../../../core/media/library.ts";
import { thumbUrl, type LibraryFile } from "../../../core/media/media-row.ts";
import { usedAmong } from "../../../core/media/uses.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { mayChange, note, onOwnFile } from "./place.ts";
import { usesIn } from "./show.ts";

/** Asks whether one file is to go for good, with the posts that show it. */
export async function confirmRemoval(request: AdminRequest): Promise<ScreenReply> {
  const place = await onOwnFile(request);
  return question(request, place, { files: [place.file], action: place.at(`/media/${place.file.id}/delete`) });
}

/** Deletes one file for good; one that posts show only with the tick that says so. */
export async function removeFile(request: AdminRequest): Promise<ScreenReply> {
  const place = await onOwnFile(request);
  const asked = { files: [place.file], action: place.at(`/media/${place.file.id}/delete`) };
  return removeAll(request, place, asked);
}

/** Asks, then deletes several files. */
export async function removeChosen(request: AdminRequest, place: OnBlog, files: readonly LibraryFile[]): Promise<ScreenReply> {
  if (files.some((file) => !mayChange(place, file)))
    throw new PublicError(
      "media.not-yours",
      "This file was uploaded by somebody else; only they and editors can change it.",
      403,
    );
  const asked = { files, action: place.at("/media/bulk") };
  const { fields } = await request.form();
  return fields.get("confirmed") === "yes" ? removeAll(request, place, asked) : question(request, place, asked);
}

/** The files of a form's `id` fields that are in the blog's library, at most 100. */
export async function chosenFiles(request: AdminRequest): Promise<{ place: OnBlog; files: readonly LibraryFile[] }> {
  const place = await onBlog(request, "media.upload");
  const { fields } = await request.form();
  const ids = [...new Set(fields.getAll("id"))].filter(isUlid).slice(0, 100);
  const files = await Promise.all(ids.map((id) => libraryFile(place.scope, id)));
  return { place, files: files.filter((file) => file !== null) };
}

type Asked = { readonly files: readonly LibraryFile[]; readonly action: string };

async function removeAll(request: AdminRequest, place: OnBlog, asked: Asked): Promise<ScreenReply> {
  const { fields } = await request.form();
  const used = await usedAmong(
    place.scope,
    asked.files.map(({ id }) => id),
  );
  if (used.size > 0 && fields.get("force") !== "yes") return question(request, place, { ...asked, isBlocked: true });
  for (const { id, name } of asked.files) {
    await removeMedia(place.scope, request.house.media, id);
    await place.scope.storage.write((db) => note(db, place, "media.deleted", name || id));
  }
  return request.redirect(place.at("/media"), place.t("media.deleted", { n: asked.files.length }));
}

async function question(
  request: AdminRequest,
  place: OnBlog,
  { files, action, isBlocked }: Asked & { readonly isBlocked?: boolean },
): Promise<ScreenReply> {
  const shown = [];
  for (const file of files) {
    const uses = await usesIn(place, file);
    shown.push({
      ...file,
      name: file.name || file.id,
      thumb: thumbUrl(file, place.blog),
      uses: uses.filter(({ mine }) => mine),
      hidden: uses.filter(({ mine }) => !mine).length,
    });
  }
  const isUsed = shown.some(({ uses, hidden }) => uses.length + hidden > 0);
  const title =
    shown.length === 1
      ? place.t("media.delete-one", { name: shown[0]!.name })
      : place.t("media.delete-title", { n: shown.length });
  const errors = isBlocked ? { force: place.t("media.still-used") } : undefined;
  const data = { files: shown, action, isUsed, errors, back: place.at("/media") };
  return request.html("screens/media/remove", title, data, { blog: place.blog, status: isBlocked ? 409 : 200 });
}
