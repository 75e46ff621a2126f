import type { Context, Json, MediaFile, PageView } from "rookery/plugin";
import { collectionAt, type Kept } from "./collections.ts";
import { pictureOf, type Picture } from "./pictures.ts";

/** The public page of a collection; nothing when there is none. */
export async function collectionPage(slug: string, context: Context): Promise<PageView | null> {
  const collection = await collectionAt(context, slug);
  if (!collection) return null;
  const photos = await shownPhotos(collection, context);
  return { template: "collection", title: collection.name, data: { photos } as unknown as { readonly [key: string]: Json } };
}

/** The pictures of a collection that are still in the library, each with the address of its file. */
export async function shownPhotos(collection: Kept, context: Context): Promise<readonly (Picture & { readonly href: string })[]> {
  return (await filesIn(collection, context)).map((file) => ({
    ...pictureOf({ url: file.url, alt: file.alt }, file),
    href: file.url,
  }));
}

/** The files of a collection, in its order. */
export async function filesIn({ photos }: Kept, context: Context): Promise<readonly MediaFile[]> {
  const files = await context.media.byUrls(photos);
  return photos.flatMap((path) => files.get(path) ?? []);
}
