import { hash } from "node:crypto";
import type { Log } from "../../hooks/scope.ts";
import { FetchQueue } from "../../net/fetch-queue.ts";
import { FetchRefused } from "../../net/fetch-refused.ts";
import { sentenceOf } from "../../errors.ts";
import { Failures } from "./failures.ts";
import { fetchPicture, NoPicture, type FetchPicture } from "./fetch-picture.ts";
import type { Asked } from "./foreign-images.ts";
import type { KeptPictures } from "./kept-pictures.ts";
import { pictureTypeOf } from "./picture-type.ts";
import { readingSize } from "./reading-size.ts";

/** A picture as it is sent. `validator` says when it is another. */
export type ForeignPicture = { readonly bytes: Uint8Array; readonly type: string; readonly validator: string };

/** What pictures of other sites need of the house. */
export type ForeignParts = {
  readonly fetch: FetchPicture;
  readonly kept: KeptPictures;
  readonly now: () => Date;
  readonly log: Log;
};

const patience = 20_000;

/**
 * Pictures of other sites: kept ones, else fetched once for all who ask at the same time, few at once on a host and in all, and made as
 * small as they are shown. One that could not be had is left alone for a while.
 */
export class ForeignPictures {
  readonly #parts: ForeignParts;
  readonly #failures: Failures;
  readonly #coming = new Map<string, Promise<ForeignPicture | null>>();
  // In front of the queue of all requests, so that pictures never take all of its places from feeds and mentions.
  readonly #queue = new FetchQueue({ perHost: 2, total: 8, waitingPerHost: 100, waiting: 400 });

  constructor(parts: ForeignParts) {
    this.#parts = parts;
    this.#failures = new Failures(() => parts.now().getTime());
  }

  /** A picture; null when it cannot be shown now. */
  get(asked: Asked): Promise<ForeignPicture | null> {
    const name = `${asked.width} ${asked.url}`;
    let coming = this.#coming.get(name);
    if (!coming) {
      coming = this.#get(name, asked).finally(() => this.#coming.delete(name));
      this.#coming.set(name, coming);
    }
    return coming;
  }

  async #get(name: string, asked: Asked): Promise<ForeignPicture | null> {
    const kept = await this.#kept(name);
    if (kept) return kept;
    if (this.#failures.isOpen(name)) return null;
    try {
      const bytes = await this.#fetched(asked);
      await this.#keep(name, bytes);
      this.#failures.forget(name);
      return shown(bytes);
    } catch (error) {
      if (error instanceof FetchRefused) return null; // too many wait, or for too long
      if (!(error instanceof NoPicture)) throw error;
      this.#failures.note(name, error.isLasting);
      this.#parts.log.debug(`A picture of another site is not shown: ${error.message}`, { host: URL.parse(asked.url)?.host });
      return null;
    }
  }

  async #fetched({ url, width }: Asked): Promise<Uint8Array> {
    const signal = AbortSignal.timeout(patience);
    const task = async () => readingSize(await fetchPicture(this.#parts.fetch, url, signal), width);
    return this.#queue.run(URL.parse(url)?.hostname ?? "", task, signal);
  }

  // A disk that cannot be read or is full keeps nobody from seeing a picture.
  async #kept(name: string): Promise<ForeignPicture | null> {
    const bytes = await this.#parts.kept.read(name).catch((error: unknown) => this.#tell(error));
    const found = bytes && shown(bytes);
    if (bytes && !found) await this.#parts.kept.drop(name).catch((error: unknown) => this.#tell(error));
    return found;
  }

  async #keep(name: string, bytes: Uint8Array): Promise<void> {
    await this.#parts.kept.keep(name, bytes).catch((error: unknown) => this.#tell(error));
  }

  #tell(error: unknown): null {
    this.#parts.log.warn(`Pictures of other sites cannot be kept: ${sentenceOf(error)}`);
    return null;
  }
}

function shown(bytes: Uint8Array): ForeignPicture | null {
  const type = pictureTypeOf(bytes);
  return type === null ? null : { bytes, type, validator: hash("sha256", bytes, "base64url").slice(0, 22) };
}
