import type { Json } from "rookery/plugin";
import { CrosspostError, type ComposedImage, type ServiceRequest } from "../crosspost/api.ts";
import { callAs } from "./accounts.ts";
import { copyIn, type Copy, type Uploaded } from "./copy.ts";
import type { MastodonContext } from "./settings.ts";

// Servers throw away what belongs to no status, the strictest after a day.
const keptFor = 12 * 3_600_000;
const waits = [250, 500, 1_000, 2_000, 4_000, 8_000];

/** Uploads the pictures that are not there yet and waits until the server has processed all; each step is written down. */
export async function uploadAll(context: MastodonContext, request: ServiceRequest): Promise<Copy> {
  const now = context.clock.now();
  const before = copyIn(request.copy);
  const isFresh = before.id !== null || Date.parse(before.since ?? "") > now.getTime() - keptFor;
  let copy: Copy = { ...before, since: before.since ?? now.toISOString(), media: [] };
  const kept = isFresh ? before.media : [];
  for (const image of request.composed.images) {
    const media = kept.find(({ url }) => url === image.url) ?? (await upload(context, request.account, image));
    copy = { ...copy, media: [...copy.media, media] };
    await request.progress(copy as unknown as Json);
  }
  const ready: Uploaded[] = [];
  for (const media of copy.media) ready.push(media.isReady ? media : await processed(context, request.account, media));
  return { ...copy, media: ready };
}

async function upload(context: MastodonContext, account: string, image: ComposedImage): Promise<Uploaded> {
  const { bytes, type } = await image.bytes();
  const form = new FormData();
  form.append("file", new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), `picture.${type.split("/")[1]}`);
  if (image.alt !== "") form.append("description", image.alt);
  const { status, body } = await callAs(context, account, () => ({ method: "POST", path: "/api/v2/media", form }));
  if (typeof body.id !== "string") throw new CrosspostError("transient", context.t("error.processing"));
  return { url: image.url, id: body.id, isReady: status !== 202 };
}

async function processed(context: MastodonContext, account: string, media: Uploaded): Promise<Uploaded> {
  for (const wait of waits) {
    const { status } = await callAs(context, account, () => ({ path: `/api/v1/media/${encodeURIComponent(media.id)}` }));
    if (status !== 206) return { ...media, isReady: true };
    await new Promise((resolve) => setTimeout(resolve, wait));
    context.signal.throwIfAborted();
  }
  throw new CrosspostError("transient", context.t("error.processing"));
}
