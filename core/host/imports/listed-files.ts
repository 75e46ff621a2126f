import { blogOf, type Scope } from "../../hooks/scope.ts";
import { hashOf } from "../../posts/permalink.ts";
import { insert, marks, upsert } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { fileKey, originalsOf } from "./file-addresses.ts";

/**
 * What became of a listed file: `file` no post shows it, `wanted` to be fetched, `media` fetched by this import (the undo
 * removes it), `kept` was here before, `failed`. It is the subject of its row in import_items.
 */
export type FileState = "file" | "wanted" | "media" | "kept" | "failed";

/** A listed file that an address in a post stands for. */
export type ListedFile = {
  readonly hash: string;
  /** Address of the original. */
  readonly address: string;
  readonly state: FileState;
  /** Id of the stored file once it is `media` or `kept`. */
  readonly mediaId: string;
};

/** How many files posts want, how many are done with, and how many of those failed. */
export type FileCounts = { readonly total: number; readonly done: number; readonly failed: number };

/** Writes down files the old site lists; known ones stay as they are. */
export async function listFiles(scope: Scope, importId: string, addresses: readonly string[]): Promise<void> {
  const keys = new Set(addresses.map(fileKey).filter((key) => key !== null));
  const base = { blog_id: blogOf(scope).id, import_id: importId, subject: "file", subject_id: importId };
  const rows = [...keys].map((key) => ({ ...base, source_hash: hashOfKey(importId, key) }));
  if (rows.length > 0) await scope.storage.write((db) => insert(db, "import_items", rows, { ignore: true }));
}

/** The listed files that these addresses stand for, by address; addresses of anything else are left out. */
export async function filesAt(scope: Scope, importId: string, addresses: readonly string[]): Promise<Map<string, ListedFile>> {
  const candidates = addresses.map((address) => ({
    address,
    originals: originalsOf(address).flatMap((original) => {
      const key = fileKey(original);
      return key === null ? [] : [{ original, hash: hashOfKey(importId, key) }];
    }),
  }));
  const known = await rowsOf(scope, [...new Set(candidates.flatMap(({ originals }) => originals.map(({ hash }) => hash)))]);
  const found = new Map<string, ListedFile>();
  for (const { address, originals } of candidates) {
    const match = originals.find(({ hash }) => known.has(hash));
    if (match) found.set(address, { ...known.get(match.hash)!, hash: match.hash, address: match.original });
  }
  return found;
}

/** Marks listed files as wanted, unless more is known of them. */
export async function wantFiles(scope: Scope, db: Transaction, files: Iterable<ListedFile>): Promise<void> {
  for (const hashes of chunks([...new Set([...files].filter(({ state }) => state === "file").map(({ hash }) => hash))]))
    await db.run(
      `UPDATE import_items SET subject = 'wanted' WHERE blog_id = ? AND subject = 'file' AND source_hash IN (${marks(hashes.length)})`,
      [blogOf(scope).id, ...hashes],
    );
}

/** Writes down what became of a wanted file. */
export async function settleFile(
  scope: Scope,
  db: Transaction,
  hash: string,
  to: { readonly state: "media" | "kept" | "failed"; readonly id: string },
): Promise<void> {
  const sql = "UPDATE import_items SET subject = ?, subject_id = ? WHERE blog_id = ? AND source_hash = ?";
  await db.run(sql, [to.state, to.id, blogOf(scope).id, hash]);
}

/**
 * Gives a fetched file to another import of the blog, whose undo then removes it with the posts that show it. False when that
 * one is being undone: then it is not to be given away.
 */
export async function giveFile(
  scope: Scope,
  db: Transaction,
  importId: string,
  { address, mediaId }: Pick<ListedFile, "address" | "mediaId">,
): Promise<boolean> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const owner = await db.query(`SELECT id FROM imports WHERE id = ? AND state IN ('done', 'failed', 'cancelled')${lock}`, [
    importId,
  ]);
  if (owner.length === 0) return false;
  const key = { blog_id: blogOf(scope).id, source_hash: hashOfKey(importId, fileKey(address)!) };
  await upsert(db, "import_items", { ...key, import_id: importId, subject: "media", subject_id: mediaId }, Object.keys(key));
  return true;
}

/** How far the files of an import are. */
export async function countFiles(scope: Scope, importId: string): Promise<FileCounts> {
  const sql =
    "SELECT subject, COUNT(*) AS number FROM import_items WHERE import_id = ? AND subject IN ('wanted', 'media', 'kept', 'failed') GROUP BY subject";
  const rows = await scope.storage.query(sql, [importId]);
  const of = (state: FileState) => Number(rows.find(({ subject }) => subject === state)?.number ?? 0);
  const done = of("media") + of("kept") + of("failed");
  return { total: done + of("wanted"), done, failed: of("failed") };
}

const hashOfKey = (importId: string, key: string): string => hashOf(`file ${importId} ${key}`);

type Known = Pick<ListedFile, "state" | "mediaId">;

async function rowsOf(scope: Scope, hashes: readonly string[]): Promise<Map<string, Known>> {
  const found = new Map<string, Known>();
  for (const some of chunks(hashes)) {
    const sql = `SELECT source_hash, subject, subject_id FROM import_items WHERE blog_id = ? AND source_hash IN (${marks(some.length)})`;
    for (const row of await scope.storage.query(sql, [blogOf(scope).id, ...some]))
      found.set(String(row.source_hash), { state: row.subject as FileState, mediaId: String(row.subject_id) });
  }
  return found;
}

function chunks<T>(list: readonly T[], size = 500): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}
