import { PublicError } from "../../../core/errors.ts";
import type { Post } from "../../../core/hooks/values.ts";
import { describeFile, replaceFile } from "../../../core/media/change-file.ts";
import { thumbUrl, variantName, type LibraryFile } from "../../../core/media/media-row.ts";
import { usesOf } from "../../../core/media/uses.ts";
import { postsByIds } from "../../../core/posts/read.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { changeAltInPosts } from "./alt-in-posts.ts";
import { note, onFile, onOwnFile, type OnFile } from "./place.ts";

type Typed = { readonly alt: string; readonly caption: string; readonly isDecorative: boolean };

/** One file: how it looks, what is said of it, which posts show it. */
export async function show(request: AdminRequest): Promise<ScreenReply> {
  return page(request, await onFile(request));
}

/** Keeps what was typed of a file; with the tick, the posts that show it get the same description. */
export async function describe(request: AdminRequest): Promise<ScreenReply> {
  const place = await onOwnFile(request);
  const { fields } = await request.form();
  const typed = { alt: one(fields, "alt"), caption: one(fields, "caption"), isDecorative: fields.get("decorative") === "on" };
  try {
    await describeFile(place.scope, place.file, typed, (db) => note(db, place, "media.described", place.file.id));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    const field = error.key.endsWith("caption") ? "caption" : "alt";
    return page(request, place, { typed, errors: { [field]: sentenceFor(request, error) } });
  }
  const alt = typed.isDecorative ? "" : typed.alt;
  const changed = fields.get("in-posts") === "on" ? await changeAltInPosts(place, place.file, alt) : 0;
  const said = changed > 0 ? place.t("media.described-in-posts", { n: changed }) : place.t("media.described");
  return request.redirect(place.at(`/media/${place.file.id}`), said);
}

/** Puts other bytes at the file's address. */
export async function replace(request: AdminRequest): Promise<ScreenReply> {
  const place = await onOwnFile(request);
  const { files } = await request.form();
  try {
    const [by] = files;
    if (!by) throw new PublicError("media.no-file", place.t("media.no-file"), 422);
    const also = (db: Parameters<typeof note>[0]) => note(db, place, "media.replaced", place.file.id);
    await replaceFile(place.scope, request.house.media, { file: place.file, by: { path: by.path, name: by.name } }, also);
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return page(request, place, { errors: { replacement: sentenceFor(request, error) }, status: error.status });
  }
  return request.redirect(place.at(`/media/${place.file.id}`), place.t("media.replaced"));
}

/** The posts that show a file, as the dashboard links to them; newest first, at most 100. */
export async function usesIn(
  place: OnBlog,
  file: LibraryFile,
): Promise<readonly (Post & { readonly href: string; readonly mine: boolean })[]> {
  const posts = await postsByIds(place.scope, await usesOf(place.scope, file.id));
  return posts
    .toSorted((a, b) => b.id.localeCompare(a.id))
    .map((post) => ({ ...post, href: place.at(`/posts/${post.id}`), mine: place.may("post.read", post) }));
}

type Back = { readonly typed?: Typed; readonly errors?: Readonly<Record<string, string>>; readonly status?: number };

async function page(request: AdminRequest, place: OnFile, back: Back = {}): Promise<ScreenReply> {
  const { file, blog, t } = place;
  const kind = file.type.split("/")[0]!;
  const uses = await usesIn(place, file);
  const medium = file.variants?.find(({ width, type }) => width >= 800 && type === "image/webp");
  const data = {
    at: place.at(`/media/${file.id}`),
    library: place.at("/media"),
    file: { ...file, name: file.name || file.id },
    kind,
    isOwn: place.isOwn,
    typed: back.typed ?? file,
    errors: back.errors,
    // A post that the person may not read is counted, not named.
    uses: uses.filter(({ mine }) => mine),
    hidden: uses.filter(({ mine }) => !mine).length,
    mayTellPosts: kind === "image" && uses.some((post) => place.may("post.edit", post)),
    picture: medium ? `${blog.url}media/${variantName(file.address, file.revision, medium)}` : `${file.url}?v=${file.revision}`,
    thumb: thumbUrl(file, blog),
    markdown: kind === "image" ? `![${markdownText(file.alt)}](${file.url})` : `[${markdownText(file.name)}](${file.url})`,
    sizes: sizesOf(file),
    camera: cameraOf(file),
    zone: blog.timeZone,
  };
  const status = back.errors ? (back.status ?? 422) : 200;
  return request.html("screens/media/show", file.name || t("media.file"), data, { blog, status });
}

const markdownText = (text: string): string => text.replace(/\s+/g, " ").replace(/[[\]\\]/g, "\\$&");

const formatNames: Readonly<Record<string, string>> = {
  "image/avif": "AVIF",
  "image/webp": "WebP",
  "image/jpeg": "JPEG",
  "image/png": "PNG",
};

// What is kept of the camera's notes, in the signs that cameras use themselves.
function cameraOf({ facts = {} }: LibraryFile): string {
  const { camera, lens, focalLength, aperture, exposure, iso, takenAt } = facts;
  const time = exposure && (exposure < 0.3 ? `1/${Math.round(1 / exposure)}` : exposure);
  const settings = [focalLength && `${focalLength} mm`, aperture && `f/${aperture}`, time && `${time} s`, iso && `ISO ${iso}`];
  return [camera, lens, ...settings, takenAt?.slice(0, 16).replace("T", " ")].filter(Boolean).join(" · ");
}

// One line a size, its formats together: 800 × 600 – AVIF 21 kB, WebP 30 kB, JPEG 44 kB.
function sizesOf({ variants }: LibraryFile) {
  const bySize = Map.groupBy(variants ?? [], ({ width, height }) => `${width} × ${height}`);
  return [...bySize].map(([size, formats]) => ({
    size,
    formats: formats.map(({ type, bytes }) => ({ name: formatNames[type] ?? type, bytes })),
  }));
}
