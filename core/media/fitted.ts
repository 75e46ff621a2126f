import { blogOf, type Scope } from "../hooks/scope.ts";
import { partsOfVariantName } from "./media-row.ts";
import { pictures, withPictureSlot } from "./picture-slots.ts";
import { servedMedia } from "./served.ts";
import type { MediaStore } from "./store.ts";

/** A size a picture is cut to, in pixels, and the format it is written in. */
export type Fit = { readonly width: number; readonly height: number; readonly type?: "image/jpeg" | "image/png" };

const widest = 3000;

/** A picture of the blog's library cut to a size around its middle, enlarged if need be; null for anything else. */
export async function fittedPicture(scope: Scope, store: MediaStore, url: string, fit: Fit): Promise<Uint8Array | null> {
  const base = `${blogOf(scope).url}media/`;
  const name = url.startsWith(base) ? url.slice(base.length) : url.startsWith("/media/") ? url.slice("/media/".length) : null;
  const file = name === null || partsOfVariantName(name) ? null : await servedMedia(scope, name);
  const sizes = [fit.width, fit.height];
  if (!file?.type.startsWith("image/") || !sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= widest))
    return null;
  const stream = await store.read(file.stored);
  if (!stream) return null;
  const bytes = Buffer.concat(await stream.toArray());
  return withPictureSlot(async () => {
    const sharp = await pictures();
    const cut = sharp(bytes, { limitInputPixels: 50_000_000 })
      .resize({ width: fit.width, height: fit.height, fit: "cover" })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb");
    return (fit.type === "image/png" ? cut.png() : cut.jpeg({ quality: 85 })).timeout({ seconds: 10 }).toBuffer();
  });
}
