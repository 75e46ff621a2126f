import type { Sharp } from "sharp";
import type { Variant } from "./media-row.ts";
import { pictures, withPictureSlot } from "./picture-slots.ts";

/** The widths pictures are made in, by the names themes use; a picture between two of them gets its own width, none gets more. */
export const variantSizes = { thumb: 200, small: 400, medium: 800, large: 1600 } as const;

/** A variant with its bytes, to be stored. */
export type MadeVariant = Omit<Variant, "bytes"> & { readonly bytes: Buffer };

/**
 * A picture in smaller sizes, each as AVIF, WebP and JPEG (PNG when it is transparent). Encoding runs on threads of the picture
 * library, one picture in one lane. Empty for what moves: a still of it would be another picture.
 */
export function makeVariants(picture: Uint8Array): Promise<readonly MadeVariant[]> {
  return withPictureSlot(() => encodeAll(picture));
}

async function encodeAll(picture: Uint8Array): Promise<MadeVariant[]> {
  const sharp = await pictures();
  const { width = 0, pages = 1, hasAlpha } = await sharp(picture).metadata();
  const widths = [...new Set(Object.values(variantSizes).map((one) => Math.min(one, width)))].toReversed();
  if (pages > 1 || width < variantSizes.thumb || !widths[0]) return [];
  // Decoded once: the smaller ones are made of the largest, as it is in memory.
  const largest = await sharp(picture).resize({ width: widths[0] }).raw().toBuffer({ resolveWithObject: true });
  const raw = { width: largest.info.width, height: largest.info.height, channels: largest.info.channels };
  const made: MadeVariant[] = [];
  for (const one of widths) {
    for (const type of ["image/avif", "image/webp", hasAlpha ? "image/png" : "image/jpeg"]) {
      const { data, info } = await encodeAs(sharp(largest.data, { raw }).resize({ width: one }), type).toBuffer({
        resolveWithObject: true,
      });
      made.push({ width: info.width, height: info.height, type, bytes: data });
    }
  }
  return made;
}

// AVIF with little effort: it is still smaller than the others, and a photo of 12 megapixels is ready in a second.
function encodeAs(picture: Sharp, type: string): Sharp {
  switch (type) {
    case "image/avif":
      return picture.avif({ quality: 50, effort: 1 });
    case "image/webp":
      return picture.webp({ quality: 78, effort: 2 });
    case "image/png":
      return picture.png();
    default:
      return picture.jpeg({ quality: 80, progressive: true });
  }
}
