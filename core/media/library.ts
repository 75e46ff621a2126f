import { hash } from "node:crypto";
import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog, Media } from "../hooks/values.ts";
import { randomName, ulid } from "../ids.ts";
import { announceEvent } from "../jobs/announce.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { insert, remove } from "../storage/rows.ts";
import type { Bindable, Transaction } from "../storage/storage.ts";
import { cleanFile } from "./clean-file.ts";
import { hashOfContent, putContent, type Content } from "./incoming.ts";
export { mediaLimits } from "./kinds.ts";
import { mediaColumns, mediaFrom, storedName, variantBytes, variantsOf } from "./media-row.ts";
import type { MediaStore } from "./store.ts";
import { addToTotal } from "./totals.ts";
import { removeVariants, variantJobFor } from "./variant-job.ts";

/**
 * A file somebody brings, as bytes or as a file on disk that may be changed. `source` is where it came from, so that an import
 * brings it only once; `isDecorative` says that it has no description on purpose.
 */
export type NewFile = Content & {
  readonly name: string;
  readonly alt?: string;
  readonly isDecorative?: boolean;
  readonly source?: string;
};

/** Written in the transaction of a new file's row; when it throws, the file is not kept. */
export type AlongWithMedia = (db: Transaction, media: Media) => Promise<void>;

/**
 * The one way in for uploads: looks at what the bytes really are, asks `media.accept`, re-encodes pictures, takes place and
 * device out of sound and film, stores the file, then the row, and with it the job that makes a picture's sizes. Throws
 * PublicError (413, 415, 422) with a sentence for the person.
 */
export async function storeMedia(scope: Scope, store: MediaStore, file: NewFile, also?: AlongWithMedia): Promise<Media> {
  const blog = blogOf(scope);
  const { content, kind, bytes, width, height, seconds, facts } = await cleanFile(scope, file);
  const now = scope.clock.now();
  const name = `${stamp(now).slice(0, 4)}/${randomName()}.${kind.ending}`;
  await putContent(store, name, content, kind.type);
  const alt = file.isDecorative ? "" : (file.alt ?? "").trim().slice(0, 5000);
  const row = {
    id: ulid(now.getTime()),
    blog_id: blog.id,
    account_id: scope.principal.accountId ?? blog.ownerId,
    name,
    type: kind.type,
    bytes,
    width,
    height,
    seconds,
    alt,
    original_name: displayName(file.name),
    content_hash: await hashOfContent(content),
    source_hash: file.source ? hash("sha256", file.source) : null,
    variants: "{}",
    created_at: stamp(now),
    caption: null,
    is_decorative: file.isDecorative ?? false,
    lacks_alt: kind.group === "image" && alt === "" && !file.isDecorative,
    revision: 1,
    facts: facts && JSON.stringify(facts),
  };
  const media = mediaFrom(row, blog);
  try {
    await scope.storage.write(async (db) => {
      await insert(db, "media", [row]);
      await addToTotal(db, blog.id, { files: 1, bytes });
      if (kind.group === "image") await enqueue(db, variantJobFor(blog.id, row.id, now));
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
    "id" in by ? ["id", by.id] : "source" in by ? ["source_hash", hash("sha256", by.source)] : ["name", nameOf(by.url, blog)];
  if (value === null) return null;
  const rows = await scope.storage.query(`SELECT ${mediaColumns} FROM media m WHERE m.blog_id = ? AND m.${column} = ?`, [
    blog.id,
    value!,
  ]);
  return rows[0] ? mediaFrom(rows[0], blog) : null;
}

/** The blog's files, newest first; `after` is the id of the last one seen. */
export async function listMedia(scope: Scope, page: { after?: string; limit?: number } = {}): Promise<readonly Media[]> {
  const blog = blogOf(scope);
  const values: Bindable[] = [blog.id];
  if (page.after) values.push(page.after);
  const beyond = page.after ? "AND m.id < ? " : "";
  const rows = await scope.storage.query(
    `SELECT ${mediaColumns} FROM media m WHERE m.blog_id = ? ${beyond}ORDER BY m.id DESC LIMIT ${Math.min(page.limit ?? 30, 100)}`,
    values,
  );
  return rows.map((row) => mediaFrom(row, blog));
}

/** Removes a file for good: its row, then its bytes and those of its sizes. False when there is none. */
export async function removeMedia(scope: Scope, store: MediaStore, id: string): Promise<boolean> {
  const blog = blogOf(scope);
  const rows = await scope.storage.query(`SELECT ${mediaColumns} FROM media m WHERE m.blog_id = ? AND m.id = ?`, [blog.id, id]);
  const row = rows[0];
  if (!row) return false;
  const media = mediaFrom(row, blog);
  await scope.storage.write(async (db) => {
    if ((await remove(db, "media", { id, blog_id: blog.id })) > 0)
      await addToTotal(db, blog.id, { files: -1, bytes: -Number(row.bytes) - variantBytes(variantsOf(row)) });
    await remove(db, "media_uses", { media_id: id });
    await scope.touch(db, blog.id);
    await announceEvent(scope, db, "media.removed", { media });
  });
  const [address, revision] = [String(row.name), Number(row.revision)];
  await store.remove(storedName(address, revision));
  await removeVariants(store, address, revision, variantsOf(row) ?? []);
  await scope.taps.event(scope, "media.removed", { media });
  return true;
}

function nameOf(given: string, blog: Blog): string | null {
  // Pages name a file with its revision.
  const url = given.replace(/[?#].*$/s, "");
  const base = `${blog.url}media/`;
  if (url.startsWith(base)) return url.slice(base.length);
  return url.startsWith("/media/") ? url.slice("/media/".length) : null;
}

const displayName = (name: string): string =>
  name
    .replace(/[\p{Cc}/\\]+/gu, " ")
    .trim()
    .slice(0, 200);
