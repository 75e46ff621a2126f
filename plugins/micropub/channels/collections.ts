import { PublicError, type Context, type Reply } from "rookery/plugin";
import { needScope, type Caller } from "../caller.ts";
import { firstText, textOf } from "../entry/mf2.ts";
import { invalid } from "../problem.ts";
import type { Change, Wish } from "../read/wish.ts";

/** A collection of photos, as a plugin that keeps some tells of it. */
export type PhotoCollection = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Addresses of its photos. */
  readonly photos: readonly string[];
};

/** The service `photo.collections`: any plugin may give it; this one only asks. */
export type PhotoCollections = {
  list(): Promise<readonly PhotoCollection[]>;
  create(name: string): Promise<PhotoCollection>;
  rename(id: string, name: string): Promise<unknown>;
  remove(id: string): Promise<unknown>;
  add(id: string, photos: readonly string[]): Promise<unknown>;
  take(id: string, photos: readonly string[]): Promise<unknown>;
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
  const numbers = await context.numbers.of(all.map(({ id }) => id).filter((id) => /^[0-9A-Z]{26}$/.test(id)));
  return all.map((one, at) => ({
    type: ["h-entry"],
    properties: {
      uid: [numbers.get(one.id) ?? at + 1],
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
  if (wish.action === "create") {
    needScope(caller, "create", "update");
    const name = firstText(wish.entry.properties.name)?.trim();
    if (!name) throw invalid("A collection needs a name.");
    const made = await ask((service) => service.create(name));
    return { status: 201, headers: { location: made.url }, json: { url: made.url, name: made.name } };
  }
  const known = (await ask((service) => service.list())).find(({ url, id }) => url === wish.url || id === wish.url);
  if (!known) throw new PublicError("micropub.invalid_request", "There is no such collection.", 400);
  if (wish.action === "update") {
    needScope(caller, "update", "create");
    for (const step of stepsOf(known.id, wish.change!)) await ask(step);
  } else if (wish.action === "delete") {
    needScope(caller, "delete");
    await ask((service) => service.remove(known.id));
  } else throw invalid("A collection that was removed is gone.");
  return { status: 200, json: {} };
}

function* stepsOf(id: string, { replace, add, remove }: Change): Generator<(service: PhotoCollections) => Promise<unknown>> {
  const name = firstText(replace.name)?.trim();
  const [more, less] = [addresses(add.photo), addresses(remove.photo)];
  if (name) yield (service) => service.rename(id, name);
  if (more.length > 0) yield (service) => service.add(id, more);
  if (less.length > 0) yield (service) => service.take(id, less);
}

const addresses = (values: Change["add"][string] = []): readonly string[] => values.flatMap((value) => textOf(value) ?? []);
