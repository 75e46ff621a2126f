import type { Blog, Json, Media } from "../hooks/values.ts";
import type { Bindable, Row } from "../storage/storage.ts";
import { soundFacts } from "./exif.ts";

/** A smaller copy of a picture in one format, made after the upload. */
export type Variant = { readonly width: number; readonly height: number; readonly type: string; readonly bytes: number };

/** A file as the library shows it: what plugins know of it, and what only the dashboard asks for. */
export type LibraryFile = Media & {
  readonly accountId: string;
  /** Its address below `/media/`, which stays when the file is replaced. */
  readonly address: string;
  readonly caption: string;
  readonly isDecorative: boolean;
  /** 1, and one more with each replacement. */
  readonly revision: number;
  /** Null until they were made. */
  readonly variants: readonly Variant[] | null;
};

/** The columns a file is read by. */
export const mediaColumns =
  "m.id, m.blog_id, m.account_id, m.name, m.type, m.bytes, m.width, m.height, m.seconds, m.alt, m.original_name, m.created_at, " +
  "m.caption, m.is_decorative, m.revision, m.variants, m.facts";

type Fields = Row | Readonly<Record<string, Bindable | boolean>>;

/** A row as plugins see the file. */
export function mediaFrom(row: Fields, blog: Blog): Media {
  return {
    id: String(row.id),
    blogId: blog.id,
    url: `${blog.url}media/${String(row.name)}`,
    type: String(row.type),
    bytes: Number(row.bytes),
    width: row.width as number | null,
    height: row.height as number | null,
    seconds: row.seconds as number | null,
    alt: String(row.alt),
    name: String(row.original_name),
    createdAt: String(row.created_at),
    ...(typeof row.facts === "string" && { facts: soundFacts(JSON.parse(row.facts)) }),
  };
}

/** A row as the library shows the file. */
export function libraryFileFrom(row: Fields, blog: Blog): LibraryFile {
  return {
    ...mediaFrom(row, blog),
    accountId: String(row.account_id),
    address: String(row.name),
    caption: String(row.caption ?? ""),
    isDecorative: row.is_decorative === 1,
    revision: Number(row.revision),
    variants: variantsOf(row),
  };
}

/** The variants that were made of the file as it is now; null when they are still to be made. */
export function variantsOf(row: Fields): readonly Variant[] | null {
  const { revision, list } = JSON.parse(String(row.variants)) as { revision?: Json; list?: readonly Variant[] };
  return revision === Number(row.revision) && Array.isArray(list) ? list : null;
}

/** How many bytes the sizes of a picture take. */
export function variantBytes(variants: readonly Variant[] | null): number {
  return (variants ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
}

const endings: Readonly<Record<string, string>> = {
  "image/avif": "avif",
  "image/webp": "webp",
  "image/jpeg": "jpg",
  "image/png": "png",
};

/** Where the bytes lie in the store: under the address itself, or beside it once the file was replaced. */
export function storedName(address: string, revision: number): string {
  return revision === 1 ? address : address.replace(/(\.[a-z0-9]+)$/, `.${revision}$1`);
}

/** The name of a variant, in the store and below `/media/`; another one for each revision, so that caches may keep it for ever. */
export function variantName(address: string, revision: number, { width, type }: Pick<Variant, "width" | "type">): string {
  return `${stemOf(address)}.${revision}-${width}.${endings[type] ?? "bin"}`;
}

/** Takes a name below `/media/` apart: the beginning of the file's address, and what a variant's name says. */
export function partsOfVariantName(name: string): { stem: string; revision: number; width: number; type: string } | null {
  const match = /^(\d{4}\/[a-z0-9]{26})\.(\d{1,6})-(\d{1,5})\.(avif|webp|jpg|png)$/.exec(name);
  if (!match) return null;
  const type = Object.keys(endings).find((key) => endings[key] === match[4])!;
  return { stem: match[1]!, revision: Number(match[2]), width: Number(match[3]), type };
}

/** Every address a file of such a beginning can have. */
export function addressesOf(stem: string): string[] {
  return ["jpg", "png", "webp", "gif", "avif"].map((ending) => `${stem}.${ending}`);
}

const stemOf = (address: string): string => address.replace(/\.[a-z0-9]+$/, "");

/** A size of a picture, as it can be shown. */
export type MediaSize = { readonly url: string; readonly width: number; readonly height: number; readonly type: string };

/** The sizes that were made of a picture, the smallest first; empty for sound, film and pictures whose sizes are still to come. */
export function sizesOf(file: LibraryFile, blog: Blog): readonly MediaSize[] {
  const ratio = file.width && file.height ? file.height / file.width : 1;
  return (file.variants ?? [])
    .map(({ width, type }) => ({
      url: `${blog.url}media/${variantName(file.address, file.revision, { width, type })}`,
      width,
      height: Math.round(width * ratio),
      type,
    }))
    .toSorted((a, b) => a.width - b.width);
}

/** Where a small picture of the file is shown from; before its sizes are made, the file itself answers there. Null for sound and film. */
export function thumbUrl(file: LibraryFile, blog: Blog): string | null {
  if (!file.type.startsWith("image/")) return null;
  const smallest = { width: 200, type: "image/webp" };
  const has = file.variants === null ? (file.width ?? 0) >= smallest.width : file.variants.length > 0;
  return has ? `${blog.url}media/${variantName(file.address, file.revision, smallest)}` : `${file.url}?v=${file.revision}`;
}
