import { PublicError } from "../errors.ts";
import type { PictureFacts } from "../hooks/values.ts";
import { factsInExif } from "./exif.ts";
import type { FileKind } from "./kinds.ts";
import { pictures, withPictureSlot } from "./picture-slots.ts";

/** A picture ready to be stored: re-encoded, upright, without metadata. */
export type CleanImage = {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** What the camera had written into it. */
  readonly facts: PictureFacts;
};

const widest = 2560;
const longest = 16_384;

/**
 * Decodes a picture (its bytes, or the path of its file) and writes it anew: position, camera and trailing data are gone, the
 * orientation is applied, colours are sRGB, and it is at most 2,560 pixels wide or high. Throws PublicError 422 when it is no
 * sound picture or too large.
 */
export function cleanImage(picture: Uint8Array | string, kind: FileKind): Promise<CleanImage> {
  return withPictureSlot(() => encoded(picture, kind));
}

async function encoded(source: Uint8Array | string, kind: FileKind): Promise<CleanImage> {
  const sharp = await pictures();
  const isAnimated = kind.type === "image/gif" || kind.type === "image/webp";
  try {
    const picture = sharp(source, { limitInputPixels: 50_000_000, failOn: "error", animated: isAnimated });
    const facts = await picture.metadata();
    if ((facts.pages ?? 1) > 300) throw tooLarge("It has more than 300 frames.");
    if (Math.max(facts.width, facts.pageHeight ?? facts.height) > longest)
      throw tooLarge("It is more than 16,384 pixels wide or high.");
    const upright = picture
      .autoOrient()
      .resize({ width: widest, height: widest * (facts.pages ?? 1), fit: "inside", withoutEnlargement: true });
    const written = await encode(upright.toColourspace("srgb"), kind)
      .timeout({ seconds: 10 })
      .toBuffer({ resolveWithObject: true });
    const { width, height, pageHeight } = written.info;
    return { bytes: written.data, width, height: pageHeight ?? height, facts: facts.exif ? factsInExif(facts.exif) : {} };
  } catch (error) {
    if (error instanceof PublicError) throw error;
    const why = error instanceof Error ? error.message : "";
    if (/pixel limit/i.test(why)) throw tooLarge("It has more than 50 million pixels.");
    throw new PublicError(
      "media.broken",
      "This picture cannot be read; it may be damaged. Try to save it anew as JPEG or PNG.",
      422,
    );
  }
}

function encode(picture: import("sharp").Sharp, kind: FileKind): import("sharp").Sharp {
  switch (kind.type) {
    case "image/png":
      return picture.png();
    case "image/gif":
      return picture.gif();
    case "image/webp":
      return picture.webp({ quality: 82 });
    case "image/avif":
      return picture.avif({ quality: 60 });
    default:
      return picture.jpeg({ quality: 85 });
  }
}

const tooLarge = (why: string) => new PublicError("media.too-many-pixels", `This picture is too large. ${why}`, 413);
