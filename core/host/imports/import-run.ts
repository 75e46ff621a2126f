import { whyRefused } from "./fetch-file.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Draft, Refusal } from "../../hooks/values.ts";
import { compose } from "../../posts/compose.ts";
import type { ImportedMedia, ImportNote, ImportSink } from "../services.types.ts";
import { batchSize, countComments, countItem, draftFor, sourceHash, type Item } from "./batch.ts";
import { noteEarlierPosts } from "./earlier-posts.ts";
import { ImportCategories } from "./import-categories.ts";
import type { Import } from "./import-rows.ts";
import { lateComments, storeLate } from "./late-comments.ts";
import { listFiles } from "./listed-files.ts";
import { Tally, type ImportProgress } from "./report.ts";
import { knownItems, storeBatch } from "./store-batch.ts";

const fileBatch = 500;

/** Where an importer puts what it reads: collects a batch, stores it, counts. Memory holds one batch. */
export class ImportRun implements ImportSink {
  readonly tally = new Tally();
  readonly #scope: Scope;
  readonly #import: Import;
  readonly #categories: ImportCategories;
  readonly #onProgress: (progress: ImportProgress) => void;
  #batch: Item[] = [];
  #files: string[] = [];
  #bytes = 0;
  /** What went wrong while storing: not the file's fault. */
  failure: unknown = undefined;

  private constructor(scope: Scope, one: Import, categories: ImportCategories, onProgress: (progress: ImportProgress) => void) {
    this.#scope = scope;
    this.#import = one;
    this.#categories = categories;
    this.#onProgress = onProgress;
  }

  static async open(scope: Scope, one: Import, onProgress: (progress: ImportProgress) => void): Promise<ImportRun> {
    return new ImportRun(scope, one, await ImportCategories.open(scope, one.id), onProgress);
  }

  async post(item: Parameters<ImportSink["post"]>[0]): Promise<void> {
    const hash = sourceHash(this.#import.kind, item.sourceId);
    const draft = draftFor(item.draft, this.#import.options);
    if (item.oldUrl !== undefined) this.tally.site(item.oldUrl, draft.content ?? "");
    for (const name of draft.categories ?? []) if (this.#categories.want({ name })) this.tally.add("categories");
    this.#batch.push({ ...item, draft, hash });
    if (this.#batch.length >= batchSize) await this.flush();
  }

  async category({ name, description }: { name: string; slug: string; description: string }): Promise<void> {
    if (this.#categories.want({ name, description })) this.tally.add("categories");
  }

  async media({ url, title }: ImportedMedia): Promise<void> {
    this.tally.file(url, title);
    if (this.#import.options.dryRun || !this.#import.options.media) return;
    if (this.#files.push(url) >= fileBatch) await this.#listFiles();
  }

  count(what: string): void {
    this.tally.add(what);
  }

  skip(note: ImportNote): void {
    this.tally.skip(note);
  }

  warn(note: ImportNote): void {
    this.tally.warn(note);
  }

  progress(bytes: number): void {
    this.#bytes = bytes;
    this.#onProgress(this.#now());
  }

  /** Stores what was collected. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    try {
      if (!this.#import.options.dryRun) await this.#categories.store();
      await this.#listFiles();
      const fresh = await this.#filtered(await this.#fresh(batch));
      if (fresh.length === 0) return;
      await (this.#import.options.dryRun ? this.#tryOut(fresh) : this.#store(fresh));
    } catch (error) {
      this.failure = error;
      throw error;
    }
    this.#onProgress(this.#now());
  }

  async #listFiles(): Promise<void> {
    const files = this.#files;
    this.#files = [];
    await listFiles(this.#scope, this.#import.id, files);
  }

  #now(): ImportProgress {
    return { bytes: this.#bytes, of: this.#import.progress.of, counts: { ...this.tally.counts } };
  }

  async #fresh(batch: readonly Item[]): Promise<Item[]> {
    const known = await knownItems(
      this.#scope,
      batch.map(({ hash }) => hash),
    );
    const fresh = new Map<string, Item>();
    const old: Item[] = [];
    for (const item of batch) {
      const before = known.get(item.hash);
      // What this same import stored before it was interrupted belongs to its own count.
      if (before === this.#import.id) countItem(this.tally, item);
      else if (before !== undefined || fresh.has(item.hash)) {
        this.tally.add("duplicates");
        if (before !== undefined) old.push(item);
      } else fresh.set(item.hash, item);
    }
    await this.#takeLate(old);
    if (this.#import.options.media && !this.#import.options.dryRun)
      await noteEarlierPosts(
        this.#scope,
        this.#import.id,
        old.map(({ hash }) => hash),
      );
    return [...fresh.values()];
  }

  /** Comments that came since a post was imported. */
  async #takeLate(items: readonly Item[]): Promise<void> {
    const late = await lateComments(this.#scope, this.#import.id, items);
    if (!this.#import.options.dryRun) await storeLate(this.#scope, this.#import.id, late);
    for (const { comments } of late) countComments(this.tally, comments);
  }

  async #filtered(items: readonly Item[]): Promise<readonly Item[]> {
    const { taps } = this.#scope;
    if (!taps.has("import.item")) return items;
    const source = this.#import.kind;
    const filter = (draft: Draft) => taps.filter(this.#scope, "import.item", draft, { source });
    return Promise.all(items.map(async (item) => ({ ...item, draft: await filter(item.draft) })));
  }

  async #store(items: readonly Item[]): Promise<void> {
    const outcomes = await storeBatch(this.#scope, this.#import.id, items, this.#now());
    for (const [at, item] of items.entries()) {
      const outcome = outcomes[at]!;
      if (outcome.ok) countItem(this.tally, item);
      else this.#refused(item, outcome.refusal);
    }
  }

  async #tryOut(items: readonly Item[]): Promise<void> {
    const made = await Promise.all(items.map(({ draft }) => compose(this.#scope, draft, null)));
    for (const [at, item] of items.entries()) {
      const outcome = made[at]!;
      if ("refuse" in outcome) this.#refused(item, outcome);
      else countItem(this.tally, item);
    }
  }

  #refused({ draft, sourceId }: Item, refusal: Refusal): void {
    this.tally.skip({ what: draft.kind ?? "post", title: draft.title || sourceId, ...whyRefused(refusal) });
  }
}
