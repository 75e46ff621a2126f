import { PublicError } from "../../../core/errors.ts";
import { mediaLimitsOf } from "../../../core/media/size-limits.ts";
import { libraryFile } from "../../../core/media/find-files.ts";
import { findMedia } from "../../../core/media/library.ts";
import { largestPart, PartialUploads, type PartialUpload } from "../../../core/media/resumable.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { answerOf } from "./answer.ts";
import { asked, keep } from "./upload.ts";

// One for each data folder: parts of one file wait for each other in it.
const uploads = new Map<string, PartialUploads>();
/** What scripts are told to send at once: seldom lost twice on a bad line, and few enough requests for 500 MB. */
const usualPart = 2 * 1024 * 1024;

/** Begins an upload in parts (`name`, `size`, `key`), or finds it again. */
export function begin(request: AdminRequest): Promise<ScreenReply> {
  return asked(request, async () => {
    const { place, parts, who } = await at(request);
    const { fields } = await request.form();
    const wanted = { name: one(fields, "name"), size: Number(fields.get("size") ?? Number.NaN), key: one(fields, "key") };
    const upload = await parts.begin(who, wanted, place.scope.clock.now());
    const received = await parts.received(upload);
    return { status: 201, json: { ...told(upload, received), part: usualPart }, headers: { location: addressOf(place, upload) } };
  });
}

/** How far an upload is. */
export function look(request: AdminRequest): Promise<ScreenReply> {
  return asked(request, async () => {
    const { parts, upload } = await atUpload(request);
    return { json: told(upload, await parts.received(upload)) };
  });
}

/** Takes one part; `Content-Range: bytes 0-2097151/9000000` says where it belongs. */
export function append(request: AdminRequest): Promise<ScreenReply> {
  return asked(request, async () => {
    const { parts, upload } = await atUpload(request);
    const range = /^bytes (\d{1,12})-(\d{1,12})\/(\d{1,12})$/.exec(request.headers["content-range"] ?? "");
    const bytes = await request.body(largestPart);
    const isRight = range && Number(range[3]) === upload.size && Number(range[2]) - Number(range[1]) + 1 === bytes.byteLength;
    if (!isRight)
      throw new PublicError("upload.range", "A part says where it belongs: Content-Range: bytes 0-2097151/9000000.", 400);
    return { json: told(upload, await parts.append(upload, Number(range[1]), bytes)) };
  });
}

/** The file is whole: it goes into the library, as one that came at once. */
export function finish(request: AdminRequest): Promise<ScreenReply> {
  return asked(request, async () => {
    const { place, parts, upload } = await atUpload(request);
    const { fields } = await request.form();
    const described = { alt: one(fields, "alt"), isDecorative: fields.get("decorative") === "on" };
    // After a crash in the middle it is in the library already.
    const source = `upload ${upload.id} ${upload.createdAt}`;
    const id = await parts.finish(upload, async (path) => {
      const there = await findMedia(place.scope, { source });
      return (there ?? (await keep(request, place, { path, name: upload.name, source, ...described }))).id;
    });
    const file = await libraryFile(place.scope, id);
    if (!file) throw missing();
    return { status: 201, json: answerOf(file, place.blog), headers: { location: place.at(`/media/${id}`) } };
  });
}

async function at(request: AdminRequest) {
  const place = await onBlog(request, "media.upload");
  const { settings, storage } = request.house;
  const folder = settings.dataFolder;
  let parts = uploads.get(folder);
  if (!parts) uploads.set(folder, (parts = new PartialUploads(folder, () => mediaLimitsOf(storage))));
  return { place, parts, who: { accountId: place.scope.principal.accountId!, blogId: place.blog.id } };
}

async function atUpload(request: AdminRequest) {
  const here = await at(request);
  const upload = await here.parts.find(here.who, request.params.id ?? "");
  if (!upload) throw missing();
  return { ...here, upload };
}

const missing = () => new PublicError("upload.gone", "There is no such upload any more; begin it anew.", 404);

const told = ({ id, name, size }: PartialUpload, received: number) => ({ id, name, size, received });

const addressOf = (place: OnBlog, { id }: PartialUpload) => place.at(`/media/uploads/${id}`);
