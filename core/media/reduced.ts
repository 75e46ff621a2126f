import { buffer } from "node:stream/consumers";
import { blogOf, type Scope } from "../hooks/scope.ts";
import { pictures, withPictureSlot } from "./picture-slots.ts";
import { servedMedia } from "./served.ts";
import type { MediaStore } from "./store.ts";

/** What somebody takes of a picture: types, most bytes, longest side in pixels. Left out: any. */
export type PictureLimits = { readonly types?: readonly string[]; readonly bytes?: number; readonly side?: number };

/** A picture with its facts. */
export type ReducedPicture = {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly width: number;
  readonly height: number;
};

const mostSide = 2560;
const qualities = [85, 75, 60] as const;
const shrinking = [1, 0.7, 0.5, 0.3, 0.15] as const;

/**
 * A picture of the blog's library (by its address), or bytes from elsewhere, within limits and without metadata: as it is stored
 * where that fits, else written anew. Null for what is no picture of the library, is no sound picture, or cannot be made to fit.
 */
export async function reducedPicture(
  scope: Scope,
  store: MediaStore,
  source: string | Uint8Array,
  limits: PictureLimits,
): Promise<ReducedPicture | null> {
  const bytes = typeof source === "string" ? await stored(scope, store, source) : source;
  if (!bytes) return null;
  return withPictureSlot(() => reduce(bytes, limits, typeof source === "string")).catch(() => null);
}

async function reduce(bytes: Uint8Array, limits: PictureLimits, isClean: boolean): Promise<ReducedPicture | null> {
  const sharp = await pictures();
  const options = { limitInputPixels: 50_000_000, failOn: "error" } as const;
  const { width = 0, height = 0, format, hasAlpha, pageHeight } = await sharp(bytes, options).metadata();
  const type = format === "heif" ? "image/avif" : `image/${format}`;
  const size = { width, height: pageHeight ?? height };
  const side = Math.min(limits.side ?? mostSide, mostSide);
  // What the library keeps was cleaned when it came in; other pictures may say where they were taken.
  if (isClean && fits({ bytes, type, ...size }, limits)) return { bytes, type, ...size };

  const written = typeToWrite(limits.types ?? ["image/jpeg", "image/png"], hasAlpha);
  if (!written) return null;
  for (const share of shrinking) {
    const most = Math.max(1, Math.round(Math.min(side, Math.max(size.width, size.height)) * share));
    for (const quality of written === "image/png" ? [85] : qualities) {
      const small = sharp(bytes, options)
        .autoOrient()
        .resize({ width: most, height: most, fit: "inside", withoutEnlargement: true })
        .toColourspace("srgb");
      const encoded =
        written === "image/png"
          ? small.png()
          : written === "image/webp"
            ? small.webp({ quality })
            : small.flatten({ background: "#ffffff" }).jpeg({ quality });
      const { data, info } = await encoded.timeout({ seconds: 10 }).toBuffer({ resolveWithObject: true });
      const made = { bytes: new Uint8Array(data), type: written, width: info.width, height: info.height };
      if (fits(made, limits)) return made;
    }
  }
  return null;
}

function fits({ bytes, type, width, height }: ReducedPicture, limits: PictureLimits): boolean {
  return (
    bytes.byteLength <= (limits.bytes ?? Infinity) &&
    Math.max(width, height) <= (limits.side ?? Infinity) &&
    (limits.types?.includes(type) ?? true)
  );
}

function typeToWrite(types: readonly string[], hasAlpha: boolean): string | undefined {
  const order = hasAlpha ? ["image/png", "image/webp", "image/jpeg"] : ["image/jpeg", "image/webp", "image/png"];
  return order.find((one) => types.includes(one));
}

async function stored(scope: Scope, store: MediaStore, url: string): Promise<Uint8Array | null> {
  const base = `${blogOf(scope).url}media/`;
  const name = url.startsWith(base) ? url.slice(base.length) : url.startsWith("/media/") ? url.slice("/media/".length) : null;
  const file = name === null ? null : await servedMedia(scope, name);
  const stream = file?.type.startsWith("image/") ? await store.read(file.stored) : null;
  return stream && new Uint8Array(await buffer(stream));
}
