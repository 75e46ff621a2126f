import { PublicError, type PluginScreen, type PluginScreenRequest } from "rookery/plugin";
import {
  collectionAt,
  addPhotos,
  allCollections,
  createCollection,
  dropPhoto,
  movePhoto,
  removeCollection,
  renameCollection,
  type Kept,
} from "./collections.ts";
import { filesIn } from "./collection-page.ts";
import { pageOf } from "./collection-service.ts";

const common = { on: "blog", access: "editor" } as const;
const [path, onePath] = ["/x/photos", "/x/photos/:slug"] as const;
const [title, oneTitle] = ["Photo collections", "A photo collection"] as const;
const picturesToPick = 24;

/** Where collections are made, filled and put in order. */
export const collectionScreens: readonly PluginScreen[] = [
  { ...common, path, title, menu: "blog", run: list },
  { ...common, method: "POST", path, title, run: create },
  { ...common, path: onePath, title: oneTitle, run: one },
  { ...common, method: "POST", path: onePath, title: oneTitle, run: change },
];

async function list({ context, at }: PluginScreenRequest, back: { name?: string; error?: string } = {}) {
  const rows = (await allCollections(context)).map(({ slug, name, photos }) => ({
    name,
    count: context.t("screen.count", { n: photos.length }),
    at: at(`${path}/${encodeURIComponent(slug)}`),
  }));
  return { template: "collections", data: { rows, action: at(path), ...back }, status: back.error ? 422 : 200 };
}

async function create(request: PluginScreenRequest) {
  const { fields } = await request.form();
  const name = fields.get("name") ?? "";
  try {
    const { slug } = await createCollection(request.context, name);
    return request.redirect(request.at(`${path}/${encodeURIComponent(slug)}`), request.context.t("screen.made"));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return list(request, { name, error: request.context.t(`error.${error.key}`) });
  }
}

async function one(request: PluginScreenRequest, back: { name?: string; error?: string } = {}) {
  const { context, at, query } = request;
  const collection = await wanted(request);
  const here = at(`${path}/${encodeURIComponent(collection.slug)}`);
  const files = await filesIn(collection, context);
  const photos = files.map((file, number) => ({
    url: file.url,
    thumb: thumb(file),
    name: file.alt || file.name,
    alt: file.alt,
    number: number + 1,
  }));
  const [search, after] = [query.get("search") ?? "", query.get("after") ?? ""];
  const filter = { kind: "image", limit: picturesToPick, ...(search && { search }), ...(after && { after }) } as const;
  const found = await context.media.list(filter);
  const inside = new Set(files.map(({ id }) => id));
  const more = new URLSearchParams({ ...(search && { search }), after: found.at(-1)?.id ?? "" });
  const data = {
    photos,
    pick: found.map((file) => ({ url: file.url, thumb: thumb(file), name: file.alt || file.name, isIn: inside.has(file.id) })),
    older: found.length === picturesToPick ? `${here}?${more}#library` : "",
    search,
    name: back.name ?? collection.name,
    error: back.error,
    action: here,
    back: at(path),
    page: context.blog.url + pageOf(collection.slug),
    shortcode: `{{< collection "${collection.name}" >}}`,
    upload: `/b/${context.blog.host}/media`,
  };
  return { template: "collection", title: collection.name, data, status: back.error ? 422 : 200 };
}

async function change(request: PluginScreenRequest) {
  const { context, redirect, at } = request;
  const { slug } = await wanted(request);
  const { fields } = await request.form();
  const [intent, photo] = [fields.get("intent") ?? "", fields.get("photo") ?? ""];
  const here = at(`${path}/${encodeURIComponent(slug)}`);
  const said = context.t(`screen.${intent === "delete" ? "gone" : "kept"}`);
  switch (intent) {
    case "rename":
      return rename(request, slug, fields.get("name") ?? "");
    case "add":
      await addPhotos(context, slug, fields.getAll("photo"));
      return redirect(here, said);
    case "up":
      await movePhoto(context, slug, photo, -1);
      return redirect(here);
    case "down":
      await movePhoto(context, slug, photo, 1);
      return redirect(here);
    case "remove":
      await dropPhoto(context, slug, photo);
      return redirect(here, said);
    case "delete":
      await removeCollection(context, slug);
      return redirect(at(path), said);
    default:
      throw new PublicError("no-intent", "This button is not known here.", 400);
  }
}

async function rename(request: PluginScreenRequest, slug: string, name: string) {
  try {
    await renameCollection(request.context, slug, name);
    return request.redirect(request.at(`${path}/${encodeURIComponent(slug)}`), request.context.t("screen.kept"));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return one(request, { name, error: request.context.t(`error.${error.key}`) });
  }
}

async function wanted({ context, params }: PluginScreenRequest): Promise<Kept> {
  const found = await collectionAt(context, params.slug ?? "");
  if (!found) throw new PublicError("no-collection", "There is no such collection.", 404);
  return found;
}

const thumb = ({ url, sizes }: { url: string; sizes: readonly { url: string; type: string }[] }): string =>
  sizes.find(({ type }) => /jpeg|png/.test(type))?.url ?? url;
