import { readFile } from "node:fs/promises";
import { PublicError } from "../../../core/errors.ts";
import type { Blog, Photo, Post } from "../../../core/hooks/values.ts";
import { isUlid } from "../../../core/ids.ts";
import { installationFacts } from "../../../core/installation/facts.ts";
import { findMedia, storeMedia } from "../../../core/media/library.ts";
import type { UploadedFile } from "../../../core/web/screen.types.ts";
import { all } from "../../fields.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { TypedPhoto } from "./typed.ts";

/** How many photos a post takes in the composer: the blog's setting `photosPerPost`, 10 unless told. */
export function photoLimit({ settings }: Pick<Blog, "settings">): number {
  const limit = Number(settings.photosPerPost ?? 10);
  return Number.isInteger(limit) && limit >= 1 && limit <= 50 ? limit : 10;
}

/** The same, where the installation allows no fewer. */
export async function photoLimitOn({ blog, scope }: Pick<OnBlog, "blog" | "scope">): Promise<number> {
  return Math.min(photoLimit(blog), (await installationFacts(scope.storage)).photosPerPost);
}

/** A post's photos for the form: those in the blog's own library by their id. */
export async function photosOfPost({ scope }: OnBlog, post: Post): Promise<TypedPhoto[]> {
  return Promise.all(
    post.photos.map(async (photo) => {
      const media = await findMedia(scope, { url: photo.url });
      return { value: media?.id ?? photo.url, url: photo.url, alt: photo.alt, isDecorative: photo.decorative === true };
    }),
  );
}

/**
 * The photos of a sent form: those it names, then those it brings, which are stored now so that nothing is lost when another
 * field is refused. Descriptions are matched by order. Gives a sentence for each file that could not be taken.
 */
export async function photosIn(
  request: AdminRequest,
  place: OnBlog,
  before: readonly TypedPhoto[],
): Promise<{ photos: TypedPhoto[]; problems: string[] }> {
  const { fields, files } = await request.form();
  const alts = all(fields, "mp-photo-alt");
  const named = all(fields, "photo").filter((value) => value !== "");
  const photos = await photosNamed(place, fields, before);
  const problems: string[] = [];
  const limit = await photoLimitOn(place);
  const brought = files.filter((file) => /^photo(\[\])?$/.test(file.field));
  for (const [at, file] of brought.entries()) {
    if (photos.length >= limit) problems.push(request.t("compose.too-many-photos", { limit }));
    else await take(place, request, { file, alt: alts[named.length + at] ?? "" }, { photos, problems });
  }
  return { photos, problems };
}

/** The photos that fields name, with their descriptions by order; those that are not this blog's or the post's own are passed by. */
export async function photosNamed(place: OnBlog, fields: URLSearchParams, before: readonly TypedPhoto[]): Promise<TypedPhoto[]> {
  const alts = all(fields, "mp-photo-alt");
  const decorative = new Set(all(fields, "photo-decorative"));
  const photos: TypedPhoto[] = [];
  for (const [at, value] of all(fields, "photo")
    .filter((one) => one !== "")
    .entries()) {
    const url = await urlOf(place, value, before);
    if (url !== null) photos.push({ value, url, alt: alts[at] ?? "", isDecorative: decorative.has(value) });
  }
  return photos;
}

/** Photos of the form as a post keeps them, with the sizes the library knows. */
export async function toPhotos({ scope }: OnBlog, typed: readonly TypedPhoto[], before: readonly Photo[]): Promise<Photo[]> {
  return Promise.all(
    typed.map(async ({ value, url, alt, isDecorative }) => {
      const media = isUlid(value) ? await findMedia(scope, { id: value }) : null;
      const known = before.find((photo) => photo.url === url);
      const size = media ? { width: media.width ?? undefined, height: media.height ?? undefined } : known;
      const described = isDecorative ? { alt: "", decorative: true } : { alt };
      return { url, ...described, ...(size?.width && size.height ? { width: size.width, height: size.height } : {}) };
    }),
  );
}

async function take(
  place: OnBlog,
  request: AdminRequest,
  { file, alt }: { file: UploadedFile; alt: string },
  out: { photos: TypedPhoto[]; problems: string[] },
): Promise<void> {
  if (!place.may("media.upload")) return void out.problems.push(request.t("compose.no-upload"));
  try {
    const media = await storeMedia(place.scope, request.house.media, { bytes: await readFile(file.path), name: file.name, alt });
    if (media.type.startsWith("image/")) out.photos.push({ value: media.id, url: media.url, alt, isDecorative: false });
    else out.problems.push(request.t("compose.no-photo", { name: file.name }));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    out.problems.push(`${file.name}: ${sentenceFor(request, error)}`);
  }
}

// Ids are looked up on this blog only; addresses are believed only when the post had them before.
async function urlOf({ scope }: OnBlog, value: string, before: readonly TypedPhoto[]): Promise<string | null> {
  if (isUlid(value)) return (await findMedia(scope, { id: value }))?.url ?? null;
  return before.some((photo) => photo.value === value) ? value : null;
}
