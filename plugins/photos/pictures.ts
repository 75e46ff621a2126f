import type { Context, MediaFile, Photo } from "rookery/plugin";

/** A picture as the templates draw it: its address, the smaller ones as `srcset`s, and its measures so that nothing jumps. */
export type Picture = {
  readonly src: string;
  readonly srcset: string;
  readonly avif: string;
  readonly webp: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string;
};

/** Photos by what the library knows of them, read with one query for 500; those from elsewhere are shown as they are. */
export async function picturesOf(photos: readonly Photo[], { media }: Pick<Context, "media">): Promise<readonly Picture[]> {
  const files = await filesOf(photos, media);
  return photos.map((photo) => pictureOf(photo, files.get(photo.url)));
}

/** What the library knows of photos, by their addresses. */
export async function filesOf(photos: readonly Photo[], media: Context["media"]): Promise<ReadonlyMap<string, MediaFile>> {
  const urls = [...new Set(photos.map(({ url }) => url).filter((url) => typeof url === "string"))];
  const found = new Map<string, MediaFile>();
  for (let at = 0; at < urls.length; at += 500)
    for (const [url, file] of await media.byUrls(urls.slice(at, at + 500))) found.set(url, file);
  return found;
}

/** A photo with the sizes that were made of it. */
export function pictureOf({ url, alt = "", width, height }: Photo, file?: MediaFile): Picture {
  const plain = sizesOf(file, ["image/jpeg", "image/png"]);
  return {
    src: plain.find((size) => size.width >= 400)?.url ?? url,
    srcset: srcset(plain),
    avif: srcset(sizesOf(file, ["image/avif"])),
    webp: srcset(sizesOf(file, ["image/webp"])),
    width: measure(file?.width ?? width),
    height: measure(file?.height ?? height),
    alt: String(alt),
  };
}

const sizesOf = (file: MediaFile | undefined, types: readonly string[]) =>
  (file?.sizes ?? []).filter(({ type }) => types.includes(type));
const srcset = (sizes: MediaFile["sizes"]) => sizes.map(({ url, width }) => `${url} ${width}w`).join(", ");
const measure = (value: unknown) => (typeof value === "number" && value > 0 ? Math.round(value) : null);
