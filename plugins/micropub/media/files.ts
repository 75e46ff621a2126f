import type { Context, MediaFile, Reply, RouteRequest } from "rookery/plugin";
import { actingOn, blogFor, callerOf } from "../caller.ts";
import { collectionsOf } from "../channels/collections.ts";
import { writtenMoment } from "../entry/moments.ts";
import { invalid } from "../problem.ts";
import { filterOf, numberOf, type Asked } from "../query/asked.ts";

/** What the media endpoint knows of files: `q=source`, a list newest first, and `q=last`, the newest. */
export async function askFiles(request: RouteRequest): Promise<Reply> {
  const { query } = request;
  const caller = await callerOf(request);
  const blog = await blogFor(request, caller, { destination: query.get("mp-destination") ?? undefined });
  const asked: Asked = { request, caller, query, context: await actingOn(request, caller, blog) };
  const headers = { "cache-control": "private, no-store" };
  switch (query.get("q")) {
    case "source":
      return { json: { items: (await listed(asked)).map(described) }, headers };
    case "last": {
      const [last] = await asked.context.media.list({ limit: 1 });
      return { json: last ? { url: last.url } : {}, headers };
    }
    default:
      throw invalid("There is no such query; there are source and last.");
  }
}

/** A file of the blog by its address; 400 when there is none. */
export async function fileAt(context: Context, url: string | undefined): Promise<MediaFile> {
  // Percent-encoded, as addresses of files are kept.
  const address = url && URL.parse(url, context.blog.url)?.href;
  const file = address ? await context.media.byUrl(address) : null;
  const whole = file && (await context.media.byId(file.id));
  if (!whole) throw invalid("There is no file at this url.");
  return whole;
}

async function listed({ context, query }: Asked): Promise<readonly MediaFile[]> {
  const url = query.get("url");
  if (url) return [await fileAt(context, url)];
  const [limit, skip] = [
    numberOf(query, "limit", { usual: 30, most: 200 }),
    numberOf(query, "offset", { usual: 0, most: 20_000 }),
  ];
  const collection = query.get("microblog-collection");
  if (limit === 0) return [];
  if (collection) return inCollection(context, collection, { limit, skip });
  const search = filterOf(query);
  return context.media.list({ limit, skip, ...(search && { search }) });
}

async function inCollection(
  context: Context,
  url: string,
  { limit, skip }: { limit: number; skip: number },
): Promise<readonly MediaFile[]> {
  const ask = collectionsOf(context);
  const found = ask && (await ask((service) => service.list())).find((one) => one.url === url);
  if (!found) throw invalid("There is no such collection.");
  const wanted = found.photos.slice(skip, skip + limit);
  const files = wanted.length > 0 ? await context.media.byUrls(wanted) : new Map<string, MediaFile>();
  return wanted.flatMap((photo) => files.get(photo) ?? []);
}

// Plain values, as clients read them. No description here was written by a machine.
function described({ url, type, alt, width, height, createdAt, name, sizes }: MediaFile): object {
  const small = sizes[0]?.url ?? url;
  const large = sizes.at(-1)?.url ?? url;
  const medium = sizes[Math.floor((sizes.length - 1) / 2)]?.url ?? url;
  const three = { large, medium, small };
  return {
    url,
    published: writtenMoment(createdAt),
    mime_type: type,
    name,
    alt,
    "microblog-ai": false,
    width: width ?? 0,
    height: height ?? 0,
    ...(type.startsWith("image/") && { sizes: three, cdn: three }),
  };
}
