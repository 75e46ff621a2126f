import { PublicError } from "../../../core/errors.ts";
import type { Fields } from "../../../core/hooks/fields.ts";
import type { Blog } from "../../../core/hooks/values.ts";
import { storeMedia } from "../../../core/media/library.ts";
import type { SentForm } from "../../../core/web/screen.types.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";
import { prefix } from "./sent-values.ts";

type Parts = {
  readonly fields: Fields;
  readonly blog: Blog;
  readonly sent: URLSearchParams;
  readonly files: SentForm["files"];
};

/** Puts pictures that came with a form into the blog's library and chooses them in `sent`; sentences by control for those refused. */
export async function takePictures(request: AdminRequest, { fields, blog, sent, files }: Parts): Promise<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const file of files) {
    const key = file.field.slice(prefix.length).replace(/\.file$/, "");
    if (!Object.hasOwn(fields, key) || fields[key]!.type !== "image") continue;
    try {
      const scope = request.house.scopeOf(signedIn(request), blog, "web");
      const stored = await storeMedia(scope, request.house.media, { path: file.path, name: file.name });
      sent.set(prefix + key, stored.url);
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
      problems[prefix + key] = sentenceFor(request, error);
    }
  }
  return problems;
}
