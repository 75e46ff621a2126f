import { createHash } from "node:crypto";
import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog, Media } from "../hooks/values.ts";
import { randomName, ulid } from "../ids.ts";
import { hashOf } from "../posts/permalink.ts";
import { announceEvent } from "../jobs/announce.ts";
import { insert, remove } from "../storage/rows.ts";
import type { Bindable, Row, Transaction } from "../storage/storage.ts";
import { cleanImage } from "./image.ts";
import { kindOfFile } from "./kinds.ts";
import type { MediaStore } from "./store.ts";

/** Largest file of each kind, in bytes. */
export const mediaLimits = { image: 20_000_000, audio: 50_000_000, video: 50_000_000 } as const;

/** A file somebody brings. `source` is where it came from, so that an import brings it only once. */
export type NewFile = { readonly bytes: Uint8Array; readonly name: string; readonly alt?: string; readonly source?: string };

const columns = "id, blog_id, name, type, bytes, width, height, seconds, alt, original_name, created_at";

/** Written in the transaction of a new file's row; when it throws, the file is not kept. */
export type AlongWithMedia = (db: Transaction, media: Media) => Promise<void>;

/**
 * The one way in for uploads: looks at what the bytes really are, asks `media.accept`, re-encodes pictures, stores the file,
 * then the row. Throws PublicError (413, 415, 422) with a sentence for the person.
 */
export async function storeMedia(scope: Scope, store: MediaStore, file: NewFile, also?: AlongWithMedia): Promise<Media> {
  const blog = blogOf(scope);
  const kind = kindOfFile(file.bytes);
  if (!kind)
    throw new PublicError(
      "media.type",
      "This kind of file cannot be uploaded. Pictures: JPEG, PNG, GIF, WebP, AVIF. Sound: MP3, M4A, OGG, WAV. Film: MP4, WebM.",
      415,
    );
  const limit = mediaLimits[kind.group];
  if (file.bytes.byteLength > limit)
    throw new PublicError("media.too-large", `This file is larger than ${limit / 1_000_000} MB, the limit for this kind.`, 413);
  const refusal = await scope.taps.guard(scope, "media.accept", {
    name: file.name.slice(0, 200),
    type: kind.type,
    bytes: file.bytes.byteLength,
  });
  if (refusal) throw new PublicError("media.refused", refusal.refuse, refusal.status ?? 422);

  const image = kind.group === "image" ? await cleanImage(file.bytes, kind) : null;
  const bytes = image?.bytes ?? file.bytes;
  const now = scope.clock.now();
  const name = `${stamp(now).slice(0, 4)}/${randomName()}.${kind.ending}`;
  await store.put(name, bytes, kind.type);
  const row = {
    id: ulid(now.getTime()),
    blog_id: blog.id,
    account_id: scope.principal.accountId ?? blog.ownerId,
    name,
    type: kind.type,
    bytes: bytes.byteLength,
    width: image?.width ?? null,
    height: image?.height ?? null,
    seconds: null,
    alt: (file.alt ?? "").slice(0, 5000),
    original_name: displayName(file.name),
    content_hash: createHash("sha256").update(bytes).digest("hex"),
    source_hash: file.source ? hashOf(file.source) : null,
    variants: "{}",
    created_at: stamp(now),
  };
  const media = mediaFrom(row, blog);
  try {
    await scope.storage.write(async (db) => {
      await insert(db, "media", [row]);
      await announceEvent(scope, db, "media.stored", { media });
      await also?.(db, media);
    });
  } catch (error) {
    await store.remove(name);
    throw error;
  }
  await scope.taps.event(scope, "media.stored", { media });
  return media;
}

/** A file by its id, its address on the blog, or where it was imported from. */
export async function findMedia(scope: Scope, by: { id: string } | { url: string } | { source: string }): Promise<Media | null> {
  const blog = blogOf(scope);
  const [column, value] =
    "id" in by ? ["id", by.id] : "source" in by ? ["source_hash", hashOf(by.source)] : ["name", nameOf(by.url, blog)];
  if (value === null) return null;
  const rows = await scope.storage.query(`SELECT ${columns} FROM media WHERE blog_id = ? AND ${column} = ?`, [blog.id, value!]);
  return rows[0] ? mediaFrom(rows[0], blog) : null;
}

/** The blog's files, newest first; `after` is the id of the last one seen. */
export async function listMedia(scope: Scope, page: { after?: string; limit?: number } = {}): Promise<readonly Media[]> {
  const blog = blogOf(scope);
  const values: Bindable[] = [blog.id];
  if (page.after) values.push(page.after);
  const beyond = page.after ? "AND id < ? " : "";
  const rows = await scope.storage.query(
    `SELECT ${columns} FROM media WHERE blog_id = ? ${beyond}ORDER BY id DESC LIMIT ${Math.min(page.limit ?? 30, 100)}`,
    values,
  );
  return rows.map((row) => mediaFrom(row, blog));
}

/** Removes a file for good: its row, then its bytes. False when there is none. */
export async function removeMedia(scope: Scope, store: MediaStore, id: string): Promise<boolean> {
  const blog = blogOf(scope);
  const rows = await scope.storage.query(`SELECT ${columns} FROM media WHERE blog_id = ? AND id = ?`, [blog.id, id]);
  const row = rows[0];
  if (!row) return false;
  const media = mediaFrom(row, blog);
  await scope.storage.write(async (db) => {
    await remove(db, "media", { id, blog_id: blog.id });
    await announceEvent(scope, db, "media.removed", { media });
  });
  await store.remove(String(row.name));
  await scope.taps.event(scope, "media.removed", { media });
  return true;
}

/** What a request for a file on a blog's host needs: only files of that blog are found. */
export async function servedMedia(scope: Scope, name: string): Promise<{ type: string; bytes: number } | null> {
  const sql = "SELECT type, bytes FROM media WHERE name = ? AND blog_id = ?";
  const rows = await scope.storage.query<{ type: string; bytes: number }>(sql, [name, blogOf(scope).id]);
  return rows[0] ?? null;
}

function mediaFrom(row: Row | Readonly<Record<string, Bindable>>, blog: Blog): Media {
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
  };
}

function nameOf(url: string, blog: Blog): string | null {
  const base = `${blog.url}media/`;
  if (url.startsWith(base)) return url.slice(base.length);
  return url.startsWith("/media/") ? url.slice("/media/".length) : null;
}

const displayName = (name: string): string =>
  name
    .replace(/[\p{Cc}/\\]+/gu, " ")
    .trim()
    .slice(0, 200);
