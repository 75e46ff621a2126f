import type { Context, Json } from "rookery/plugin";
import type { Composed, ComposedImage, Facet, Hashtag } from "../crosspost/api.ts";

/** Largest picture, in bytes and pixels: servers that keep the older lexicon take no more. */
export const [imageBytes, imageSide] = [976_000, 2_000];

type Upload = (bytes: Uint8Array, type: string) => Promise<Json>;

/** The record of a post (lexicon `app.bsky.feed.post`); pictures are uploaded on the way. */
export async function postRecord(context: Pick<Context, "log">, composed: Composed, upload: Upload): Promise<Json> {
  const facets = facetsOf(composed.text, [...composed.facets, ...(composed.hashtags ?? [])]);
  const embed =
    composed.images.length > 0 ? await imagesEmbed(composed.images, upload) : await cardEmbed(context, composed, upload);
  return {
    $type: "app.bsky.feed.post",
    text: composed.text,
    createdAt: composed.publishedAt,
    ...(/^[a-z]{2,3}(-[\w-]+)?$/i.test(composed.language) && { langs: [composed.language] }),
    ...(facets.length > 0 && { facets }),
    ...(embed && { embed }),
  };
}

/** Links over words, and hashtags: their places counted in UTF-8 bytes, half-open, one after the other. */
export function facetsOf(text: string, facets: readonly (Facet | Hashtag)[]): Json[] {
  const out: Json[] = [];
  let last = 0;
  for (const facet of facets.toSorted((a, b) => a.start - b.start)) {
    const { start, end } = facet;
    const feature = "tag" in facet ? tagOf(facet.tag) : linkTo(facet.url);
    const isWhole = [start, end].every((at) => !/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1)));
    if (start < last || end <= start || end > text.length || !isWhole || !feature) continue;
    const index = { byteStart: Buffer.byteLength(text.slice(0, start)), byteEnd: Buffer.byteLength(text.slice(0, end)) };
    out.push({ index, features: [feature] });
    last = end;
  }
  return out;
}

function linkTo(url: string): Json {
  const address = /^https?:/.test(url) ? URL.parse(url) : null;
  return address && { $type: "app.bsky.richtext.facet#link", uri: address.href };
}

// The lexicon takes 64 graphemes and 640 bytes.
const tagOf = (tag: string): Json =>
  Array.from(tag).length <= 64 && Buffer.byteLength(tag) <= 640 ? { $type: "app.bsky.richtext.facet#tag", tag } : null;

async function imagesEmbed(pictures: readonly ComposedImage[], upload: Upload): Promise<Json> {
  const images: Json[] = [];
  for (const picture of pictures.slice(0, 4)) {
    const { bytes, type, width = picture.width, height = picture.height } = await picture.bytes();
    const image = await upload(bytes, type);
    images.push({ alt: picture.alt, image, ...(width && height && { aspectRatio: { width, height } }) });
  }
  return { $type: "app.bsky.embed.images", images };
}

// A card is good without its picture; a post without its card is not what the writer saw.
async function cardEmbed({ log }: Pick<Context, "log">, { card }: Composed, upload: Upload): Promise<Json | null> {
  if (!card) return null;
  const { url: uri, title, description, image } = card;
  let thumb: Json = null;
  try {
    const found = image && (await image.bytes());
    if (found && found.bytes.length <= imageBytes) thumb = await upload(found.bytes, found.type);
  } catch (error) {
    if ((error as { kind?: string }).kind !== "permanent" && (error as Error).name === "CrosspostError") throw error;
    log.info(`The picture of a link card does not come along: ${String((error as Error).message)}`);
  }
  return { $type: "app.bsky.embed.external", external: { uri, title, description, ...(thumb && { thumb }) } };
}
