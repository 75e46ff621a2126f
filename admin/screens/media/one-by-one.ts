import { isUlid } from "../../../core/ids.ts";
import { describeFile } from "../../../core/media/change-file.ts";
import { findFiles, libraryFile } from "../../../core/media/find-files.ts";
import { variantName, type LibraryFile } from "../../../core/media/media-row.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { type AdminRequest, sentenceFor } from "../../request.ts";
import { PublicError } from "../../../core/errors.ts";
import { mayChange, note } from "./place.ts";

/** Describing pictures one after another: those that lack a description, or the chosen ones (`ids`); `after` is the last one seen. */
export async function nextToDescribe(request: AdminRequest): Promise<ScreenReply> {
  const place = await onBlog(request, "media.upload");
  const line = { ids: chosen(request.query.get("ids") ?? ""), after: request.query.get("after") ?? "" };
  return page(request, place, { line, file: await nextFile(place, line) });
}

/** Keeps one description and goes on to the next picture. */
export async function describeNext(request: AdminRequest): Promise<ScreenReply> {
  const place = await onBlog(request, "media.upload");
  const { fields } = await request.form();
  const id = one(fields, "id");
  const line = { ids: chosen(one(fields, "ids")), after: id };
  const file = isUlid(id) ? await libraryFile(place.scope, id) : null;
  if (!file || !mayChange(place, file))
    throw new PublicError("media.no-file-of-yours", "There is no such file any more, or it is not yours.", 404);
  const typed = { alt: one(fields, "alt"), isDecorative: fields.get("decorative") === "on" };
  try {
    if (typed.alt === "" && !typed.isDecorative) throw new PublicError("media.no-alt", place.t("media.write-or-tick"), 422);
    await describeFile(place.scope, file, typed, (db) => note(db, place, "media.described", file.id));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return page(request, place, { line, file, typed, errors: { alt: sentenceFor(request, error) } });
  }
  return request.redirect(addressOf(place, line));
}

type Line = { readonly ids: readonly string[]; readonly after: string };
type Shown = {
  readonly line: Line;
  readonly file: LibraryFile | null;
  readonly typed?: { readonly alt: string; readonly isDecorative: boolean };
  readonly errors?: Readonly<Record<string, string>>;
};

async function page(request: AdminRequest, place: OnBlog, { line, file, typed, errors }: Shown): Promise<ScreenReply> {
  const medium = file?.variants?.find(({ width, type }) => width >= 800 && type === "image/webp");
  const data = {
    action: place.at("/media/describe"),
    library: place.at("/media"),
    file,
    ids: line.ids.join(","),
    typed: typed ?? file,
    errors,
    picture:
      file &&
      (medium ? `${place.blog.url}media/${variantName(file.address, file.revision, medium)}` : `${file.url}?v=${file.revision}`),
    skip: file && addressOf(place, { ...line, after: file.id }),
  };
  const options = { blog: place.blog, status: errors ? 422 : 200 };
  return request.html("screens/media/one-by-one", place.t("media.describe-title"), data, options);
}

// Authors go through their own pictures, editors through all.
async function nextFile(place: OnBlog, { ids, after }: Line): Promise<LibraryFile | null> {
  if (ids.length > 0) {
    for (const id of ids.slice(ids.indexOf(after) + 1)) {
      const file = await libraryFile(place.scope, id);
      if (file?.type.startsWith("image/") && mayChange(place, file)) return file;
    }
    return null;
  }
  const mine = place.may("blog.edit") ? {} : { accountId: place.scope.principal.accountId! };
  const [file] = await findFiles(place.scope, { lacksAlt: true, ...mine, ...(isUlid(after) && { after }), limit: 1 });
  return file ?? null;
}

const chosen = (ids: string): string[] => ids.split(",").filter(isUlid).slice(0, 100);

function addressOf(place: OnBlog, { ids, after }: Line): string {
  const query = new URLSearchParams({ ...(ids.length > 0 && { ids: ids.join(",") }), after });
  return `${place.at("/media/describe")}?${query}`;
}
