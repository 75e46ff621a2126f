import type { Context, Reply, RouteRequest } from "rookery/plugin";
import { actingOn, blogFor, callerOf, needScope } from "../caller.ts";
import { invalid } from "../problem.ts";

/** `POST …/append`: the next part of a large file, in base64, under a number that the client chose. */
export async function appendPart(request: RouteRequest): Promise<Reply> {
  const { context, said, key } = await opened(request);
  const data = (said.get("file_data") ?? "").replace(/^data:[^,]{0,200},/, "").replace(/ /g, "+");
  const isBase64 = /^[A-Za-z0-9+/_-]*={0,2}$/.test(data);
  const bytes = Buffer.from(data, "base64");
  if (!isBase64 || bytes.byteLength === 0) throw invalid("file_data must be base64.");
  await context.media.parts.begin({ key, name: nameOf(said), size: null });
  await context.media.parts.append(key, bytes);
  return { status: 200, json: {} };
}

/** `POST …/finished`: the parts are a file now. */
export async function finishParts(request: RouteRequest): Promise<Reply> {
  const { context, said, key } = await opened(request);
  const alt = said.get("mp-photo-alt") ?? undefined;
  const media = await context.media.parts.finish(key, { name: nameOf(said), ...(alt && { alt }) });
  return { status: 200, json: { url: media.url }, headers: { location: media.url } };
}

/** `GET …/waiting`: what became of the parts. A file is ready when it is finished; nothing is converted. */
export async function waitingFile(request: RouteRequest): Promise<Reply> {
  const { context, key } = await opened(request);
  const state = await context.media.parts.state(key);
  if (!state) throw invalid("There is no upload of this file_id.");
  const { media } = state;
  return { json: { is_processing: media === null, url: media?.url ?? "", poster: "" }, headers: { "cache-control": "no-store" } };
}

async function opened(request: RouteRequest): Promise<{ context: Context; said: URLSearchParams; key: string }> {
  const isRead = request.method === "GET" || request.method === "HEAD";
  const known = request.headers.authorization?.trim() || isRead ? await callerOf(request) : null;
  const said = isRead ? new URLSearchParams(request.query) : await request.fields();
  const inBody = isRead ? [] : said.getAll("access_token");
  const caller = known && inBody.length === 0 ? known : await callerOf(request, inBody);
  needScope(caller, "media", "create");
  const id = said.get("file_id") ?? "";
  if (!/^[\w-]{1,64}$/.test(id)) throw invalid("file_id must be 1 to 64 letters and digits.");
  const blog = await blogFor(request, caller, { destination: said.get("mp-destination") ?? undefined });
  // Two apps of one person may choose the same number.
  return { context: await actingOn(request, caller, blog), said, key: `${caller.token.id} ${id}` };
}

const nameOf = (said: URLSearchParams): string => said.get("file_name")?.slice(0, 200) || "upload";
