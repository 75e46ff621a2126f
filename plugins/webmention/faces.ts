import { PublicError, type Reply, type RouteRequest } from "rookery/plugin";
import { hashOf } from "./row-id.ts";
import type { Own, Settings } from "./settings.ts";

/** A small picture of somebody, kept here; without `data` it could not be had. */
type Face = { readonly data: string; readonly type: string; readonly at: string };

const [side, mostBytes, patience, keptDays] = [96, 1_000_000, 5_000, 30];

/**
 * The address here of a small copy of somebody's picture, so that readers' browsers ask nobody else; empty when it cannot be had. It is
 * fetched again after a month.
 */
export async function faceOf(context: Own, photo: string): Promise<string> {
  if (photo === "") return "";
  const id = hashOf(photo).slice(0, 32);
  const faces = context.collection<Face>("faces");
  const known = await faces.get(id);
  const old = context.clock.now().getTime() - keptDays * 86_400_000;
  if (known && Date.parse(known.at) > old) return known.data === "" ? "" : addressOf(context, id);
  const fresh = await fetched(context, photo);
  await faces.put(id, fresh);
  return fresh.data === "" ? "" : addressOf(context, id);
}

/** `GET BLOG/webmention/faces/:id`. */
export async function faceRoute({ context, params }: RouteRequest<Settings>): Promise<Reply> {
  const id = params.id ?? "";
  const face = /^[0-9a-f]{32}$/.test(id) ? await context.collection<Face>("faces").get(id) : null;
  if (!face?.data) throw new PublicError("webmention.unknown", context.t("refuse.unknown"), 404);
  return {
    bytes: new Uint8Array(Buffer.from(face.data, "base64")),
    headers: { "content-type": face.type, "cache-control": "public, max-age=86400" },
  };
}

async function fetched(context: Own, photo: string): Promise<Face> {
  const none = { data: "", type: "", at: context.clock.now().toISOString() };
  try {
    const response = await context.fetch(photo, {
      purpose: "media",
      timeout: patience,
      maxBytes: mostBytes,
      headers: { accept: "image/*" },
    });
    if (!response.ok) return none;
    const small = await context.media.reduced(new Uint8Array(await response.arrayBuffer()), {
      side,
      types: ["image/jpeg", "image/png"],
    });
    return small ? { ...none, data: Buffer.from(small.bytes).toString("base64"), type: small.type } : none;
  } catch (error) {
    context.log.debug(`A picture could not be had: ${error instanceof Error ? error.message : String(error)}`, { photo });
    return none;
  }
}

const addressOf = ({ blog }: Own, id: string): string => `${blog.url}webmention/faces/${id}`;
