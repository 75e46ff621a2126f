import { PublicError } from "../../../core/errors.ts";
import { libraryFile } from "../../../core/media/find-files.ts";
import { storeMedia, type NewFile } from "../../../core/media/library.ts";
import type { LibraryFile } from "../../../core/media/media-row.ts";
import { jsonRefusal, wantsJson } from "../../../core/web/hub-site.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { all } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { answerOf } from "./answer.ts";
import { list } from "./list.ts";
import { note } from "./place.ts";

/** Takes files of a form; a script that asks for JSON sends one and gets it described, a person comes back to the library. */
export async function upload(request: AdminRequest): Promise<ScreenReply> {
  return asked(request, async () => {
    const place = await onBlog(request, "media.upload");
    return wantsJson(request.headers) ? uploadOne(request, place) : uploadAll(request, place);
  });
}

/** Runs a screen that scripts use; they get a refusal as JSON, with the sentence in the person's language. */
export async function asked(request: AdminRequest, work: () => Promise<ScreenReply>): Promise<ScreenReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PublicError) || !wantsJson(request.headers)) throw error;
    return jsonRefusal(error, sentenceFor(request, error));
  }
}

/** Stores a file in the library of the blog, with its line in the log. */
export async function keep(request: AdminRequest, place: OnBlog, file: NewFile): Promise<LibraryFile> {
  const { id } = await storeMedia(place.scope, request.house.media, file, (db, media) =>
    note(db, place, "media.stored", media.id),
  );
  return (await libraryFile(place.scope, id))!;
}

async function uploadOne(request: AdminRequest, place: OnBlog): Promise<ScreenReply> {
  const { fields, files } = await request.form();
  const [file, more] = files;
  if (!file) throw new PublicError("media.empty", "The file is empty, or did not arrive. Choose another one.", 422);
  if (more) throw new PublicError("media.one-file", "Send one file with each request.", 422);
  const described = { alt: fields.get("alt") ?? "", isDecorative: fields.get("decorative") === "on" };
  const stored = await keep(request, place, { path: file.path, name: file.name, ...described });
  return { status: 201, json: answerOf(stored, place.blog), headers: { location: place.at(`/media/${stored.id}`) } };
}

// One that cannot be taken does not cost the others: each is said by its name.
async function uploadAll(request: AdminRequest, place: OnBlog): Promise<ScreenReply> {
  const { fields, files } = await request.form();
  const alts = all(fields, "alt");
  const problems: string[] = [];
  let stored: LibraryFile | null = null;
  for (const [at, { path, name }] of files.entries()) {
    try {
      stored = await keep(request, place, { path, name, alt: alts[at] ?? "" });
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
      problems.push(`${name}: ${sentenceFor(request, error)}`);
    }
  }
  if (files.length === 0) return list(request, { problems: [request.t("media.no-file")], stored: 0 });
  if (problems.length > 0) return list(request, { problems, stored: files.length - problems.length });
  const n = files.length;
  return request.redirect(n === 1 ? place.at(`/media/${stored!.id}`) : place.at("/media"), request.t("media.stored", { n }));
}
