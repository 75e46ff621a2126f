import { rename } from "node:fs/promises";
import { PublicError } from "../errors.ts";
import { keepersOf } from "../host/exports/keepers.ts";
import type { Scope } from "../hooks/scope.ts";
import type { MediaStore } from "../media/store.ts";
import { ZipFile } from "../net/zip-file.ts";
import { writeOneBlog } from "../residents/export/account-files.ts";

/** Writes the scope's blog as a zip to a file, which is there whole or not at all; gives how much there was. */
export async function exportBlog(
  scope: Scope,
  media: Pick<MediaStore, "read">,
  out: string,
  step: (text: string) => void,
): Promise<{ posts: number; bytes: number }> {
  const zip = await ZipFile.create(`${out}.part`).catch((error: NodeJS.ErrnoException) => {
    throw new PublicError("export.file", `${out} cannot be written (${error.code ?? error.message}): choose another place.`);
  });
  let posts = 0;
  const onPost = () => step(`${++posts} posts`);
  try {
    const { signal } = new AbortController();
    await writeOneBlog(scope, scope.principal.accountId ?? "", { zip, media, keepers: keepersOf, signal, onPost });
    const bytes = await zip.finish();
    await rename(`${out}.part`, out);
    return { posts, bytes };
  } catch (error) {
    await zip.abandon();
    throw error;
  }
}
