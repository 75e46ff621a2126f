import type { FakeReply } from "../fake-server.ts";
import { tokenFor, type Call, type Route } from "./call.ts";
import type { Media } from "./holdings.ts";
import { paramsOf, textOf } from "./params.ts";
import { invalid, notFound, Refused } from "./refused.ts";

export const imageTypes = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/** Pictures: taken, processed for a while, described. */
export const mediaRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v2/media", run: take },
  { method: "GET", path: "/api/v1/media/:id", run: show },
];

async function take(call: Call): Promise<FakeReply> {
  const { request, held, rules } = call;
  const { accountId } = tokenFor(call, "write:media");
  if (!/^multipart\/form-data\b/.test(request.headers["content-type"] ?? "")) throw invalid("File can't be blank");
  const params = await paramsOf(request, ["file", "description", "focus"]);
  const { file } = params;
  if (!(file instanceof Blob) || file.size === 0) throw invalid("File can't be blank");
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!imageTypes.includes(file.type) || typeOf(bytes) !== file.type)
    throw invalid("File content type is invalid, File is invalid");
  if (file.size > rules.imageBytes) throw invalid(`File file size must be less than ${rules.imageBytes} Bytes`);
  const description = textOf(params, "description");
  if ([...description].length > rules.descriptions)
    throw invalid(`Description is too long (maximum is ${rules.descriptions} characters)`);
  const media: Media = {
    id: held.nextId(),
    accountId,
    type: file.type,
    size: file.size,
    description,
    polls: rules.processing,
    isBroken: false,
    statusId: null,
  };
  held.media.push(media);
  return { status: media.polls > 0 ? 202 : 200, json: mediaJson(call, media) };
}

function show(call: Call): FakeReply {
  const { accountId } = tokenFor(call, "write:media");
  const media = call.held.media.find((one) => one.id === call.params.id && one.accountId === accountId);
  if (!media) throw notFound();
  if (media.isBroken) throw new Refused(422, "Error processing thumbnail for uploaded media");
  if (media.polls > 0) media.polls -= 1;
  return { status: media.polls > 0 ? 206 : 200, json: mediaJson(call, media) };
}

/** A picture as the service shows it; without an address while it is processed. */
export function mediaJson({ rules }: Call, { id, description, polls }: Media): object {
  const url = polls > 0 ? null : `${rules.url}/files/${id}`;
  return { id, type: "image", url, preview_url: url, remote_url: null, description: description || null, blurhash: null };
}

function typeOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("GIF8")) return "image/gif";
  return /^RIFF....WEBP/s.test(head) ? "image/webp" : "";
}
