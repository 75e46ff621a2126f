import { invalid } from "./fault.ts";

/** What a blob that was uploaded really is. */
export type KnownBlob = { readonly type: string; readonly size: number };
type Blobs = (cid: string) => KnownBlob | undefined;
type Some = Readonly<Record<string, unknown>>;

const datetime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const isRecord = (value: unknown): value is Some => typeof value === "object" && value !== null && !Array.isArray(value);

/** Throws what the service says of a record that is no `app.bsky.feed.post`. `imageBytes` is what the server's lexicon allows. */
export function checkPost(record: unknown, blobs: Blobs, imageBytes: number): void {
  if (!isRecord(record)) throw bad("Record must be an object");
  if (record.$type !== "app.bsky.feed.post") throw invalid("Invalid $type: expected app.bsky.feed.post");
  const { text, createdAt, langs, facets, embed } = record;
  if (typeof text !== "string") throw bad('Record must have the property "text"');
  if (Buffer.byteLength(text) > 3000) throw bad("Record/text must not be longer than 3000 characters");
  if ([...new Intl.Segmenter().segment(text)].length > 300) throw bad("Record/text must not be longer than 300 graphemes");
  if (typeof createdAt !== "string" || !datetime.test(createdAt) || Number.isNaN(Date.parse(createdAt)))
    throw bad("Record/createdAt must be an valid atproto datetime (both RFC-3339 and ISO-8601)");
  if (langs !== undefined) checkLangs(langs);
  if (facets !== undefined) checkFacets(facets, text);
  if (embed !== undefined) checkEmbed(embed, blobs, imageBytes);
  const known = ["$type", "text", "createdAt", "langs", "facets", "embed", "reply", "tags", "labels", "entities"];
  const stranger = Object.keys(record).find((key) => !known.includes(key));
  if (stranger) throw bad(`Record has the unknown property "${stranger}"`);
}

function checkLangs(langs: unknown): void {
  if (!Array.isArray(langs)) throw bad("Record/langs must be an array");
  if (langs.length > 3) throw bad("Record/langs must not have more than 3 elements");
  for (const [at, lang] of langs.entries())
    if (typeof lang !== "string" || !/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/i.test(lang))
      throw bad(`Record/langs/${at} must be a well-formed BCP 47 language tag`);
}

// The service draws a broken facet as nothing, or as garbage: here it is refused.
function checkFacets(facets: unknown, text: string): void {
  if (!Array.isArray(facets)) throw bad("Record/facets must be an array");
  const bytes = Buffer.from(text);
  for (const [at, facet] of facets.entries()) {
    const place = `Record/facets/${at}`;
    const index = isRecord(facet) && isRecord(facet.index) ? facet.index : {};
    const [start, end] = [index.byteStart, index.byteEnd];
    if (!Number.isInteger(start) || !Number.isInteger(end))
      throw bad(`${place}/index must have the properties byteStart and byteEnd`);
    const [from, to] = [start as number, end as number];
    if (from < 0 || to <= from || to > bytes.length) throw bad(`${place}/index is outside of the text`);
    if ([from, to].some((byte) => byte < bytes.length && (bytes[byte]! & 0xc0) === 0x80))
      throw bad(`${place}/index cuts a character`);
    const features = (facet as Some).features;
    if (!Array.isArray(features) || features.length === 0) throw bad(`${place} must have the property "features"`);
    for (const feature of features as Some[]) {
      const isTag = feature.$type === "app.bsky.richtext.facet#tag" && /^[^#\s]{1,640}$/u.test(String(feature.tag));
      if (!isTag && (feature.$type !== "app.bsky.richtext.facet#link" || !isUri(feature.uri)))
        throw bad(`${place}/features must be links with a uri, or tags`);
    }
  }
}

function checkEmbed(embed: unknown, blobs: Blobs, imageBytes: number): void {
  if (!isRecord(embed)) throw bad("Record/embed must be an object");
  const allowed: Record<string, readonly string[]> = {
    "app.bsky.embed.images": ["$type", "images"],
    "app.bsky.embed.external": ["$type", "external"],
  };
  const keys = allowed[String(embed.$type)];
  if (!keys) throw bad(`Record/embed must be one of ${Object.keys(allowed).join(", ")}`);
  // A card and pictures exclude each other: nobody may think both are shown.
  if (Object.keys(embed).some((key) => !keys.includes(key))) throw bad("Record/embed has properties of another kind of embed");
  if (embed.$type === "app.bsky.embed.images") checkImages(embed.images, blobs, imageBytes);
  else checkExternal(embed.external, blobs);
}

function checkImages(images: unknown, blobs: Blobs, imageBytes: number): void {
  const place = "Record/embed/images";
  if (!Array.isArray(images)) throw bad(`${place} must be an array`);
  if (images.length > 4) throw bad(`${place} must not have more than 4 elements`);
  for (const [at, image] of (images as Some[]).entries()) {
    if (typeof image.alt !== "string") throw bad(`${place}/${at} must have the property "alt"`);
    checkBlob(image.image, `${place}/${at}/image`, blobs, imageBytes);
    const ratio = image.aspectRatio as Some | undefined;
    if (ratio !== undefined && ![ratio.width, ratio.height].every((one) => Number.isInteger(one) && (one as number) >= 1))
      throw bad(`${place}/${at}/aspectRatio must have whole sides of 1 or more`);
  }
}

function checkExternal(external: unknown, blobs: Blobs): void {
  const place = "Record/embed/external";
  if (!isRecord(external) || !isUri(external.uri)) throw bad(`${place}/uri must be a uri`);
  for (const key of ["title", "description"])
    if (typeof external[key] !== "string") throw bad(`${place} must have the property "${key}"`);
  if (external.thumb !== undefined) checkBlob(external.thumb, `${place}/thumb`, blobs, 1_000_000);
}

function checkBlob(blob: unknown, place: string, blobs: Blobs, most: number): void {
  const ref = isRecord(blob) && isRecord(blob.ref) ? blob.ref.$link : undefined;
  if (!isRecord(blob) || blob.$type !== "blob" || typeof ref !== "string" || typeof blob.size !== "number")
    throw bad(`${place} should be a blob ref`);
  const known = blobs(ref);
  if (!known) throw invalid(`Could not find blob: ${ref}`, "BlobNotFound");
  if (known.size !== blob.size) throw invalid(`Referenced Size does not match stored blob: ${ref}`, "InvalidSize");
  if (known.type !== blob.mimeType) throw invalid(`Referenced Mimetype does not match stored blob: ${ref}`, "InvalidMimeType");
  if (!known.type.startsWith("image/"))
    throw invalid(`Wrong type of file. It is ${known.type} but it must match image/*.`, "InvalidMimeType");
  if (known.size > most)
    throw invalid(`This file is too large. It is ${known.size} but the maximum size is ${most}.`, "BlobTooLarge");
}

const isUri = (value: unknown): boolean => typeof value === "string" && /^\w+:(?:\/\/)?[^\s/][^\s]*$/.test(value);
const bad = (message: string) => invalid(`Invalid app.bsky.feed.post record: ${message}`, "InvalidRequest");
