import { open } from "node:fs/promises";
import { PublicError } from "../errors.ts";
import type { PictureFacts } from "../hooks/values.ts";
import type { Scope } from "../hooks/scope.ts";
import { mediaLimitsOf } from "./size-limits.ts";
import { dropId3Metadata } from "./drop-id3-metadata.ts";
import { dropIsoMetadata } from "./drop-iso-metadata.ts";
import { soundFacts } from "./exif.ts";
import { cleanImage } from "./image.ts";
import { patch, sizeOf, type Content } from "./incoming.ts";
import { heardKind } from "./read-sound.ts";
import { kindOfFile, type FileKind } from "./kinds.ts";

/** A file that may be kept: what it really is, and its content without what nobody meant to publish. */
export type CleanFile = {
  readonly content: Content;
  readonly kind: FileKind;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  /** How long sound or film plays; null for pictures, and where it cannot be measured. */
  readonly seconds: number | null;
  /** What of a camera's notes is kept; null when nobody keeps any. */
  readonly facts: PictureFacts | null;
};

/**
 * Looks at what the bytes really are, asks `media.accept`, and cleans them. Throws PublicError (413, 415, 422) with a sentence
 * for the person; the name and the type that came with the file are not believed.
 */
export async function cleanFile(scope: Scope, file: Content & { readonly name: string }): Promise<CleanFile> {
  const kind = kindOfFile(await headOf(file));
  if (!kind)
    throw new PublicError(
      "media.type",
      "This kind of file cannot be uploaded. Pictures: JPEG, PNG, GIF, WebP, AVIF. Sound: MP3, M4A, OGG, WAV. Film: MP4, WebM.",
      415,
    );
  const bytes = await sizeOf(file);
  const limit = (await mediaLimitsOf(scope.storage))[kind.group];
  if (bytes > limit) throw tooLarge(limit);
  const refusal = await scope.taps.guard(scope, "media.accept", { name: file.name.slice(0, 200), type: kind.type, bytes });
  if (refusal) throw new PublicError("media.refused", refusal.refuse, refusal.status ?? 422);
  if (kind.group !== "image") {
    const content = await withoutMetadata(file, kind);
    return { content, ...(await heardKind(content, kind)), bytes, width: null, height: null, facts: null };
  }
  const image = await cleanImage("bytes" in file ? file.bytes : file.path, kind);
  const { width, height } = image;
  const facts = await factsKept(scope, { name: file.name.slice(0, 200), type: kind.type, facts: image.facts });
  return { content: { bytes: image.bytes }, kind, bytes: image.bytes.byteLength, width, height, seconds: null, facts };
}

// Nothing is kept unless a plugin says what: people upload without knowing what their camera wrote.
async function factsKept(scope: Scope, read: { name: string; type: string; facts: PictureFacts }): Promise<PictureFacts | null> {
  if (!scope.taps.has("media.facts") || Object.keys(read.facts).length === 0) return null;
  const kept = soundFacts(await scope.taps.first(scope, "media.facts", read));
  return Object.keys(kept).length > 0 ? kept : null;
}

/** The refusal of a file over its limit. */
export function tooLarge(limit: number): PublicError {
  const megabytes = limit / 1_000_000;
  return new PublicError("media.too-large", `This file is larger than ${megabytes} MB, the limit for this kind.`, 413, {
    megabytes,
  });
}

async function headOf(content: Content): Promise<Uint8Array> {
  if ("bytes" in content) return content.bytes;
  const file = await open(content.path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(32), 0, 32, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

// The bytes of a caller are the caller's: they are changed in a copy.
async function withoutMetadata(file: Content, kind: FileKind): Promise<Content> {
  const content: Content = "bytes" in file ? { bytes: Uint8Array.from(file.bytes) } : { path: file.path };
  if (kind.ending === "mp4" || kind.ending === "m4a") await patch(content, dropIsoMetadata);
  if (kind.ending === "mp3") await patch(content, dropId3Metadata);
  return content;
}
