import { checkPost, type KnownBlob } from "./lexicon.ts";
import { cidOf } from "./cid.ts";
import { Fault, invalid } from "./fault.ts";

/** A stored record. */
export type StoredRecord = { readonly uri: string; readonly cid: string; readonly value: unknown };
type Input = Readonly<Record<string, unknown>>;

const tid = /^[234567abcdefghij][234567a-z]{12}$/;
const post = "app.bsky.feed.post";

// What bytes are, by how they begin; anything else is taken at its word.
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^\xff\xd8\xff/, "image/jpeg"],
  [/^\x89PNG\r\n/, "image/png"],
  [/^RIFF[^]{4}WEBP/, "image/webp"],
  [/^GIF8/, "image/gif"],
];

/** The blobs and records of all accounts, with the service's rules for both. */
export class Repository {
  readonly records = new Map<string, StoredRecord>();
  readonly blobs = new Map<string, KnownBlob>();
  readonly #uploadBytes: number;
  readonly #imageBytes: number;
  #made = 0;

  constructor(limits: { readonly uploadBytes: number; readonly imageBytes: number }) {
    this.#uploadBytes = limits.uploadBytes;
    this.#imageBytes = limits.imageBytes;
  }

  upload(did: string, bytes: Uint8Array, type: string | undefined): object {
    const named = (type ?? "").split(";")[0]!.trim().toLowerCase();
    if (!/^[\w.+-]+\/[\w.+-]+$/.test(named)) throw invalid("Request encoding (Content-Type) required but not provided");
    if (bytes.length === 0) throw invalid("A request body is expected but none was provided");
    if (bytes.length > this.#uploadBytes)
      throw invalid(`This file is too large. The maximum size is ${this.#uploadBytes}.`, "BlobTooLarge");
    const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
    const real = kinds.find(([start]) => start.test(head))?.[1];
    if (named.startsWith("image/") && real !== named)
      throw invalid(`The bytes are ${real ?? "no picture"}, not ${named}`, "InvalidMimeType");
    const cid = cidOf(bytes, "raw");
    this.blobs.set(`${did} ${cid}`, { type: named, size: bytes.length });
    return { blob: { $type: "blob", ref: { $link: cid }, mimeType: named, size: bytes.length } };
  }

  /** A second create under the same key fails inside of the service, and so it answers 500. */
  create(did: string, input: Input): object {
    const rkey = input.rkey === undefined ? this.#key() : input.rkey;
    const uri = this.#place(did, { ...input, rkey });
    this.#check(did, input);
    if (this.records.has(uri)) throw new Fault(500, "InternalServerError", "Internal Server Error");
    return this.#keep(uri, input.record);
  }

  put(did: string, input: Input): object {
    const uri = this.#place(did, input);
    this.#check(did, input);
    return this.#keep(uri, input.record);
  }

  get(uri: string): StoredRecord {
    const found = this.records.get(uri);
    if (!found) throw invalid(`Could not locate record: ${uri}`, "RecordNotFound");
    return found;
  }

  /** Gone already is fine. */
  delete(did: string, input: Input): object {
    this.records.delete(this.#place(did, input));
    return {};
  }

  list(did: string, collection: string, limit: number, cursor: string | null): object {
    const start = `at://${did}/${collection}/`;
    const all = [...this.records.values()]
      .filter(({ uri }) => uri.startsWith(start))
      .toSorted((a, b) => (a.uri < b.uri ? 1 : -1));
    const page = all.filter(({ uri }) => cursor === null || uri.slice(start.length) < cursor).slice(0, limit);
    const last = page.at(-1);
    return { records: page, ...(last && page.length === limit && { cursor: last.uri.slice(start.length) }) };
  }

  #place(did: string, { collection, rkey }: Input): string {
    if (typeof collection !== "string" || !/^[a-z]+(\.[a-zA-Z][a-zA-Z0-9]*){2,}$/.test(collection))
      throw invalid("Input/collection must be a valid nsid");
    if (typeof rkey !== "string" || !/^[\w.:~-]{1,512}$/.test(rkey)) throw invalid("Input/rkey must be a valid Record Key");
    if (collection === post && !tid.test(rkey)) throw invalid("Invalid record key: expected a TID", "InvalidRecordKey");
    return `at://${did}/${collection}/${rkey}`;
  }

  #check(did: string, { collection, record }: Input): void {
    if (collection !== post) throw invalid(`Lexicon not found: ${String(collection)}`);
    checkPost(record, (cid) => this.blobs.get(`${did} ${cid}`), this.#imageBytes);
  }

  #keep(uri: string, value: unknown): object {
    const cid = cidOf(JSON.stringify(value), "record");
    this.records.set(uri, { uri, cid, value });
    return { uri, cid, commit: { cid: cidOf(uri, "record"), rev: this.#key() }, validationStatus: "valid" };
  }

  #key(): string {
    return `3k${(this.#made++)
      .toString()
      .padStart(11, "2")
      .replace(/[0189]/g, "z")}`;
  }
}
