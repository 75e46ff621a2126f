import { PublicError, type Context, type Reply } from "rookery/plugin";
import { needScope, type Caller } from "../caller.ts";
import { firstText, textOf } from "../entry/mf2.ts";
import { forbidden, invalid } from "../problem.ts";
import type { Change, Wish } from "../read/wish.ts";

/** A collection of photos, as a plugin that keeps some tells of it. */
export type PhotoCollection = {
  readonly slug: string;
  readonly name: string;
  readonly url: string;
  /** Addresses of its photos. */
  readonly photos: readonly string[];
};

/** The service `photo.collections`, as far as it is used here. Any plugin may give it; who asks has seen to rights. */
export type PhotoCollections = {
  list(): Promise<readonly PhotoCollection[]>;
  create(name: string): Promise<PhotoCollection>;
  rename(collection: string, name: string): Promise<unknown>;
  remove(collection: string): Promise<unknown>;
  add(collection: string, photos: readonly string[]): Promise<unknown>;
  removePhoto(collection: string, photo: string): Promise<unknown>;
};

const kind = "photo.collections" as never;

/** Asks whoever keeps collections on the blog; null when nobody does. */
export function collectionsOf(context: Context): (<T>(question: (service: PhotoCollections) => Promise<T>) => Promise<T>) | null {
  const found = context.services(kind)[0] as { readonly pluginId: string } | undefined;
  if (!found) return null;
  return (question) => context.ask(kind, found.pluginId, (service) => question(service as PhotoCollections));
}

/** `q=source&mp-channel=collections`. */
export async function collectionsSource(context: Context): Promise<readonly object[]> {
  const ask = collectionsOf(context);
  if (!ask) throw invalid("This blog keeps no collections of photos.");
  const all = await ask((service) => service.list());
  return all.map((one) => ({
    type: ["h-entry"],
    properties: {
      uid: [numberOf(one.slug)],
      url: [one.url],
      name: [one.name],
      photo: one.photos,
      "microblog-uploads-count": one.photos.length,
    },
  }));
}

/** `mp-channel=collections`: made, named, filled, emptied and removed. Always answers an object. */
export async function changeCollections(context: Context, caller: Caller, wish: Wish): Promise<Reply> {
  const ask = collectionsOf(context);
  if (!ask) throw invalid("This blog keeps no collections of photos.");
  if (!caller.blogs.some(({ blog, isEditor }) => isEditor && blog.id === context.blog.id))
    throw forbidden("Only editors of a blog change its collections.");
  if (wish.action === "create") {
    needScope(caller, "create", "update");
    const name = firstText(wish.entry.properties.name)?.trim();
    if (!name) throw invalid("A collection needs a name.");
    const made = await ask((service) => service.create(name));
    return { status: 201, headers: { location: made.url }, json: { url: made.url, name: made.name } };
  }
  const known = (await ask((service) => service.list())).find(({ url, slug }) => url === wish.url || slug === wish.url);
  if (!known) throw new PublicError("micropub.invalid_request", "There is no such collection.", 400);
  if (wish.action === "update") {
    needScope(caller, "update", "create");
    for (const step of stepsOf(known.slug, wish.change!)) await ask(step);
  } else if (wish.action === "delete") {
    needScope(caller, "delete");
    await ask((service) => service.remove(known.slug));
  } else throw invalid("A collection that was removed is gone.");
  return { status: 200, json: {} };
}

function* stepsOf(id: string, { replace, add, remove }: Change): Generator<(service: PhotoCollections) => Promise<unknown>> {
  const name = firstText(replace.name)?.trim();
  const [more, less] = [addresses(add.photo), addresses(remove.photo)];
  if (name) yield (service) => service.rename(id, name);
  if (more.length > 0) yield (service) => service.add(id, more);
  for (const photo of less) yield (service) => service.removePhoto(id, photo);
}

const addresses = (values: Change["add"][string] = []): readonly string[] => values.flatMap((value) => textOf(value) ?? []);

// Clients want a number; a name's is always the same.
function numberOf(slug: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(slug)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash & 0x7fffffff || 1;
}
