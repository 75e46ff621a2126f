import type { Scope } from "../../hooks/scope.ts";
import type { Json, Post } from "../../hooks/values.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import { PublicError } from "../../errors.ts";
import { findMedia, storeMedia } from "../../media/library.ts";
import type { MediaStore } from "../../media/store.ts";
import { update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import type { HostServices } from "../host-services.ts";
import type { ImportNote } from "../services.types.ts";
import { earlierImports } from "./earlier-posts.ts";
import { fetchFile, whyOf, type Why } from "./fetch-file.ts";
import { fileKey, shownBy, withNewFiles, type NewPlace } from "./file-addresses.ts";
import { changeQuietly, postsOfImport } from "./import-posts.ts";
import { importById, importScope, type Import } from "./import-rows.ts";
import { countFiles, filesAt, giveFile, settleFile, wantFiles, type ListedFile } from "./listed-files.ts";
import { mediaJobFor, mediaStepOf, type MediaStep } from "./media-job.ts";
import { most, short, type ImportProgress, type ImportReport } from "./report.ts";
import { ImportStopped } from "./store-batch.ts";

/** What fetching needs of the house. */
export type FetchParts = { readonly media: MediaStore; readonly fetch: HostServices["fetch"] };

const pageSizes = { look: 200, fetch: 20 } as const;
/** Minutes until a page is tried again whose files the old site did not give; after the last its files have failed. */
const pauses = [1, 10] as const;

/**
 * One page of posts of an import: marks the files they show, or fetches these and gives the posts their new addresses; then
 * writes the job for the next page. Every file is a step of its own: after a crash those that are here are not fetched again.
 */
export async function fetchImportMedia(scope: Scope, data: Json, parts: FetchParts, signal: AbortSignal): Promise<void> {
  const { importId, ...at } = mediaStepOf(data);
  const one = await importById(scope, importId);
  if (one?.state !== "done" || !one.report || one.report.files?.isStopped) return; // undone meanwhile, or ended
  const work = new FileWork(importScope(scope, one), one, one.report, { ...parts, signal });
  try {
    await (at.step === "look" ? work.look(at) : work.fetch(at));
  } catch (error) {
    if (!(error instanceof ImportStopped)) throw error;
  }
}

type Bringing = {
  /** It is not tried again. */
  readonly isLast: boolean;
  /** The earlier import whose post shows it. */
  readonly owner: string | null;
};

class FileWork {
  readonly #scope: Scope;
  readonly #import: Import;
  readonly #parts: FetchParts & { readonly signal: AbortSignal };
  readonly #base: string;
  #report: ImportReport;

  constructor(scope: Scope, one: Import, report: ImportReport, parts: FetchParts & { readonly signal: AbortSignal }) {
    this.#scope = scope;
    this.#import = one;
    this.#report = report;
    this.#parts = parts;
    const first = URL.parse(report.media.files[0]?.url ?? "");
    this.#base = first ? `${first.origin}/` : "https://unknown.invalid/";
  }

  /** Marks what a page of posts shows. */
  async look(at: MediaStep): Promise<void> {
    const { posts, after } = await this.#page(at.after, pageSizes.look);
    const files = await this.#filesOf(posts);
    await this.#write(async (db) => {
      await wantFiles(this.#scope, db, files.values());
      await this.#go(db, after === null ? { step: "fetch", after: "", tries: 0 } : { ...at, after });
    });
  }

  /** Fetches what a page of posts shows, and gives these posts the new addresses. */
  async fetch(at: MediaStep): Promise<void> {
    const { posts, after } = await this.#page(at.after, pageSizes.fetch);
    if (after === null) return this.#write((db) => this.#note(db, true));
    const wanted = [...(await this.#filesOf(posts)).values()].filter(({ state }) => state === "wanted");
    const isLast = at.tries >= pauses.length;
    const owners = wanted.length > 0 ? await this.#earlierOwners(posts) : new Map<string, string>();
    let isIncomplete = false;
    for (const file of new Map(wanted.map((one) => [one.hash, one])).values())
      isIncomplete = !(await this.#bring(file, { isLast, owner: owners.get(file.hash) ?? null })) || isIncomplete;
    await this.#rewrite(posts);
    await this.#write(async (db) => {
      await this.#note(db, false);
      await this.#go(db, isIncomplete ? { ...at, tries: at.tries + 1 } : { step: "fetch", after, tries: 0 });
    });
  }

  #page(after: string, limit: number) {
    return postsOfImport(this.#scope, this.#import.id, { after, limit, withSeen: true });
  }

  /** By a file's hash the earlier import that brought a post which shows it. */
  async #earlierOwners(posts: readonly Post[]): Promise<Map<string, string>> {
    const ids = posts.map(({ id }) => id);
    const imports = await earlierImports(this.#scope, this.#import.id, ids);
    const owners = new Map<string, string>();
    for (const importId of new Set(imports.values())) {
      const files = await this.#filesOf(posts.filter(({ id }) => imports.get(id) === importId));
      for (const { hash } of files.values()) owners.set(hash, importId);
    }
    return owners;
  }

  async #filesOf(posts: readonly Post[]): Promise<Map<string, ListedFile>> {
    const hosts = new Set(this.#report.mediaHosts.map((host) => fileKey(`https://${host}/`)?.split("/")[0]));
    const shown = new Set(posts.flatMap((post) => shownBy(post, this.#base)));
    const ofOldSite = [...shown].filter((address) => hosts.has(fileKey(address)?.split("/")[0]));
    return filesAt(this.#scope, this.#import.id, ofOldSite);
  }

  /** Brings one file; false when it may come later. */
  async #bring(file: ListedFile, { isLast, owner }: Bringing): Promise<boolean> {
    const { hash, address } = file;
    const source = `https://${fileKey(address)}`;
    const here = await findMedia(this.#scope, { source });
    if (here) return this.#settle(hash, { state: "kept", id: here.id });
    const { fetch, media: store, signal } = this.#parts;
    signal.throwIfAborted();
    const got = await fetchFile(address, { fetch, signal, hosts: this.#report.mediaHosts });
    if (!got.ok) return got.isPassing && !isLast ? false : this.#fail(file, got.why);
    try {
      const name = decoded(URL.parse(address)?.pathname.split("/").at(-1) ?? "");
      await storeMedia(this.#scope, store, { bytes: got.bytes, name, source }, async (db, { id }) => {
        // A file that a post of an earlier import shows goes when that one is undone, not with this.
        const isGiven = owner !== null && (await giveFile(this.#scope, db, owner, { address, mediaId: id }));
        await settleFile(this.#scope, db, hash, { state: isGiven ? "kept" : "media", id });
        await this.#count(db);
      });
      return true;
    } catch (error) {
      if (error instanceof PublicError) return this.#fail(file, whyOf(error));
      throw error;
    }
  }

  async #settle(hash: string, to: Parameters<typeof settleFile>[3]): Promise<true> {
    await this.#write(async (db) => {
      await settleFile(this.#scope, db, hash, to);
      await this.#count(db);
    });
    return true;
  }

  async #fail({ hash, address }: ListedFile, why: Why): Promise<true> {
    await this.#write(async (db) => {
      await settleFile(this.#scope, db, hash, { state: "failed", id: this.#import.id });
      await this.#note(db, false, [short({ what: whatIs(address), title: address, ...why })]);
    });
    return true;
  }

  async #rewrite(posts: readonly Post[]): Promise<void> {
    const files = await this.#filesOf(posts);
    const places = new Map<string, NewPlace>();
    for (const [address, { state, mediaId }] of files) {
      const media = state === "media" || state === "kept" ? await findMedia(this.#scope, { id: mediaId }) : null;
      if (media) places.set(address, { url: media.url, type: media.type, bytes: media.bytes });
    }
    const refused = await changeQuietly(this.#scope, posts, (post) => withNewFiles(post, this.#base, places));
    const notes = refused.map(({ post, why }) => short({ what: post.kind, title: post.title || post.path, ...why }));
    if (notes.length > 0) await this.#write((db) => this.#note(db, false, notes));
  }

  // Nothing is written for an import that is being undone, or whose fetching was ended.
  async #write(work: (db: Transaction) => Promise<void>): Promise<void> {
    await this.#scope.storage.write(async (db) => {
      await this.#assertWanted(db);
      await work(db);
    });
  }

  // The row is locked by a change of it before it is read, so that an undo waits for this step or this step sees the undo.
  async #assertWanted(db: Transaction): Promise<void> {
    await db.run("UPDATE imports SET state = state WHERE id = ?", [this.#import.id]);
    const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
    const [row] = await db.query(`SELECT progress FROM imports WHERE id = ? AND state = 'done'${lock}`, [this.#import.id]);
    if (!row || (JSON.parse(String(row.progress)) as ImportProgress).files?.isStopped) throw new ImportStopped();
  }

  async #go(db: Transaction, next: MediaStep): Promise<void> {
    const minutes = pauses[next.tries - 1] ?? 0;
    await enqueue(db, mediaJobFor(this.#import, next, new Date(this.#scope.clock.now().getTime() + minutes * 60_000)));
  }

  async #count(db: Transaction): Promise<void> {
    await this.#assertWanted(db);
    const { done, total } = await countFiles(this.#scope, this.#import.id);
    const progress = { ...this.#import.progress, files: { done, total } };
    await update(db, "imports", { progress: JSON.stringify(progress) }, { id: this.#import.id });
  }

  async #note(db: Transaction, isFinished: boolean, added: readonly ImportNote[] = []): Promise<void> {
    const { done, total, failed } = await countFiles(this.#scope, this.#import.id);
    // MariaDB may have this run again after a deadlock, so what is noted already is not noted twice.
    const before = this.#report.files?.failed.notes ?? [];
    const isNew = (note: ImportNote) => !before.some(({ title, why }) => title === note.title && why === note.why);
    const notes = [...before, ...added.filter(isNew)].slice(0, most);
    const files = { total, done, isFinished, failed: { total: Math.max(failed, notes.length), notes } };
    const counts = { ...this.#report.counts, ...(done > failed && { "files fetched": done - failed }) };
    this.#report = { ...this.#report, counts, files };
    const progress = { ...this.#import.progress, counts, files: { done, total } };
    const row = { report: JSON.stringify(this.#report), progress: JSON.stringify(progress) };
    await update(db, "imports", row, { id: this.#import.id });
  }
}

function whatIs(address: string): string {
  const ending = /\.(\w+)$/.exec(URL.parse(address)?.pathname ?? "")?.[1]?.toLowerCase() ?? "";
  if (/^(jpe?g|png|gif|webp|avif|bmp|heic|svg)$/.test(ending)) return "picture";
  return /^(mp3|m4a|ogg|oga|opus|wav|flac)$/.test(ending) ? "sound" : "file";
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}
