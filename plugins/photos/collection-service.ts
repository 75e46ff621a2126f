import type { Context } from "rookery/plugin";
import type { PhotoCollection, PhotoCollections } from "./api.ts";
import {
  addPhotos,
  allCollections,
  createCollection,
  dropPhoto,
  removeCollection,
  renameCollection,
  type Kept,
} from "./collections.ts";

/** The collections of the context's blog, for other plugins. */
export function collectionService(context: () => Context): PhotoCollections {
  return {
    list: async () => (await allCollections(context())).map((one) => shown(one, context())),
    create: async (name) => shown(await createCollection(context(), name), context()),
    rename: async (collection, name) => shown(await renameCollection(context(), slugOf(collection), name), context()),
    remove: async (collection) => removeCollection(context(), slugOf(collection)),
    add: async (collection, photos) => shown(await addPhotos(context(), slugOf(collection), photos), context()),
    removePhoto: async (collection, photo) => shown(await dropPhoto(context(), slugOf(collection), photo), context()),
  };
}

/** The path of a collection's page. */
export const pageOf = (slug: string): string => `photos/collections/${encodeURIComponent(slug)}`;

const shown = ({ slug, name, photos, createdAt }: Kept, { blog }: Context): PhotoCollection => ({
  slug,
  name,
  url: blog.url + pageOf(slug),
  photos: photos.map((path) => blog.url + path.slice(1)),
  createdAt,
});

// By its slug, or by the address of its page.
function slugOf(collection: string): string {
  const last =
    collection
      .replace(/[?#].*$/s, "")
      .replace(/\/+$/, "")
      .split("/")
      .at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch (error) {
    if (error instanceof URIError) return "";
    throw error;
  }
}
