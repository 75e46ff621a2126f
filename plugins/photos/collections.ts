import { PublicError, type Context } from "rookery/plugin";
import { cleanName, freeSlug, nameKey } from "./collection-names.ts";

/** A collection as it is stored, under its slug. `photos` are paths below the blog's address, so that a blog can move. */
export type Stored = {
  readonly name: string;
  /** Keys of names it had. */
  readonly former: readonly string[];
  readonly photos: readonly string[];
  readonly createdAt: string;
};
export type Kept = { readonly slug: string } & Stored;

const most = { collections: 200, photos: 500 } as const;
const stored = (context: Context) => context.collection<Stored>("collections");

/** The blog's collections, by name. */
export async function allCollections(context: Context): Promise<readonly Kept[]> {
  const found = await stored(context).find({}, { limit: most.collections });
  const compare = new Intl.Collator(context.blog.language).compare;
  return found.map(({ id, value }) => ({ slug: id, ...value })).toSorted((a, b) => compare(a.name, b.name));
}

/** A collection by its slug; null when there is none. */
export async function collectionAt(context: Context, slug: string): Promise<Kept | null> {
  const found = slug === "" || slug.length > 190 ? null : await stored(context).get(slug);
  return found && { slug, ...found };
}

/** Which of the collections is called so: by its name now, or else one it had. */
export function named(collections: readonly Kept[], name: string): Kept | undefined {
  const key = nameKey(name);
  return collections.find((one) => nameKey(one.name) === key) ?? collections.find(({ former }) => former.includes(key));
}

/** Makes an empty collection. PublicError 409 when the name is taken, 422 when it cannot be one. */
export async function createCollection(context: Context, given: string): Promise<Kept> {
  const name = cleanName(given);
  const others = await allCollections(context);
  refuseTaken(others, name);
  if (others.length >= most.collections) throw new PublicError("many-collections", "A blog has 200 collections at most.", 422);
  const slug = freeSlug(name, new Set(others.map((one) => one.slug)));
  const value: Stored = { name, former: [], photos: [], createdAt: context.clock.now().toISOString() };
  await stored(context).put(slug, value);
  await tellOthers(context, slug, [name]);
  return { slug, ...value };
}

/** Gives it another name; posts that say the old one go on showing it. */
export async function renameCollection(context: Context, slug: string, given: string): Promise<Kept> {
  const name = cleanName(given);
  refuseTaken(
    (await allCollections(context)).filter((one) => one.slug !== slug),
    name,
  );
  return change(context, slug, (value) => {
    const former = [...new Set([...value.former, nameKey(value.name)])].filter((key) => key !== nameKey(name));
    return { ...value, name, former: former.slice(-20) };
  });
}

/** Takes it away; its pictures stay in the library. */
export async function removeCollection(context: Context, slug: string): Promise<void> {
  const { name, former } = await existing(context, slug);
  await stored(context).delete(slug);
  await tellOthers(context, slug, [name, ...former]);
}

/** Adds pictures of the library at the end. PublicError 422 for an address that is no picture of it. */
export async function addPhotos(context: Context, slug: string, urls: readonly string[]): Promise<Kept> {
  const files = await context.media.byUrls(urls.slice(0, most.photos));
  const paths = urls.map((url) => {
    const file = files.get(url);
    if (!file?.type.startsWith("image/")) throw new PublicError("no-picture", "This is no picture of the library.", 422);
    return pathOf(file.url);
  });
  return change(context, slug, (value) => {
    const photos = [...new Set([...value.photos, ...paths])];
    if (photos.length > most.photos) throw new PublicError("many-photos", "A collection has 500 pictures at most.", 422);
    return { ...value, photos };
  });
}

/** Takes a picture out; one that is not in it changes nothing. */
export async function dropPhoto(context: Context, slug: string, url: string): Promise<Kept> {
  return change(context, slug, (value) => ({ ...value, photos: value.photos.filter((path) => path !== pathOf(url)) }));
}

/** Moves a picture by so many places, towards the beginning when `by` is negative. */
export async function movePhoto(context: Context, slug: string, url: string, by: number): Promise<Kept> {
  return change(context, slug, (value) => {
    const from = value.photos.indexOf(pathOf(url));
    const to = Math.min(Math.max(from + by, 0), value.photos.length - 1);
    return from === -1 ? value : { ...value, photos: value.photos.toSpliced(from, 1).toSpliced(to, 0, pathOf(url)) };
  });
}

/** Takes a removed file out of every collection. */
export async function forgetFile(context: Context, url: string): Promise<void> {
  for (const { slug, photos } of await allCollections(context))
    if (photos.includes(pathOf(url))) await dropPhoto(context, slug, url);
}

async function change(context: Context, slug: string, how: (value: Stored) => Stored): Promise<Kept> {
  const before = await existing(context, slug);
  const value = await stored(context).update(slug, (now) => how(now ?? before));
  if (JSON.stringify(value) !== JSON.stringify(valueOf(before))) await tellOthers(context, slug, [value.name, ...value.former]);
  return { slug, ...value };
}

// Whoever shows it: pages at once, posts that hold its pictures by a job, once for many changes in a row.
async function tellOthers(context: Context, slug: string, names: readonly string[]): Promise<void> {
  const keys = [...new Set(names.map(nameKey))];
  await context.enqueue("redraw", { keys }, { in: { seconds: 10 }, key: `redraw ${slug}` });
  await context.changed();
}

async function existing(context: Context, slug: string): Promise<Kept> {
  const found = await collectionAt(context, slug);
  if (!found) throw new PublicError("no-collection", "There is no such collection.", 404);
  return found;
}

function refuseTaken(others: readonly Kept[], name: string): void {
  if (named(others, name)) throw new PublicError("name-taken", "Another collection has this name, or had it.", 409);
}

const valueOf = ({ slug: _id, ...value }: Kept): Stored => value;
const pathOf = (url: string): string => URL.parse(url, "https://blog.invalid/")?.pathname ?? url;
