import { pictures, withPictureSlot } from "../picture-slots.ts";
import { NoPicture } from "./fetch-picture.ts";
import { iconType, pictureTypeOf } from "./picture-type.ts";
import { shownWidths } from "./foreign-images.ts";

const longest = 16_384;
const [mostPixels, mostMovingPixels, mostFrames, mostIconBytes] = [50_000_000, 25_000_000, 300, 100_000] as const;

/**
 * A picture written anew, no wider than it is read and twice as high at most: without metadata and whatever else was in its bytes.
 * Long or large animations stand still. Icons of the old format pass as they are when they are small. Throws NoPicture.
 */
export async function readingSize(bytes: Uint8Array, width: number): Promise<Uint8Array> {
  const type = pictureTypeOf(bytes);
  if (type === iconType && bytes.byteLength <= mostIconBytes) return bytes;
  if (type === null || type === iconType) throw new NoPicture("It is no picture that is shown here", true);
  try {
    return await withPictureSlot(() => written(bytes, type, width));
  } catch (error) {
    throw new NoPicture("It cannot be read", true, { cause: error });
  }
}

async function written(bytes: Uint8Array, type: string, width: number): Promise<Uint8Array> {
  const sharp = await pictures();
  const limits = { limitInputPixels: mostPixels, failOn: "truncated" } as const;
  const { pages = 1, width: across, height } = await sharp(bytes, limits).metadata();
  if (Math.max(across, height) > longest) throw new Error("It is more than 16,384 pixels wide or high");
  // The header says it: nothing of a moving picture that is too much is decoded.
  const moves = pages > 1 && pages <= mostFrames && width > shownWidths.face && across * height * pages <= mostMovingPixels;
  const small = sharp(bytes, { ...limits, pages: moves ? -1 : 1 })
    .autoOrient()
    .resize({ width, height: width * 2 * (moves ? pages : 1), fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb");
  const encoded = type === "image/jpeg" ? small.jpeg({ quality: 80 }) : small.webp({ quality: 80, effort: 2 });
  return encoded.timeout({ seconds: 10 }).toBuffer();
}
