import { PublicError } from "../errors.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { update } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { cleanFile } from "./clean-file.ts";
import { hashOfContent, putContent, type Content } from "./incoming.ts";
import { storedName, variantBytes, type LibraryFile } from "./media-row.ts";
import type { MediaStore } from "./store.ts";
import { addToTotal } from "./totals.ts";
import { removeVariants, variantJobFor } from "./variant-job.ts";

/** What people say of a file. A decorative picture has no description on purpose. */
export type Description = { readonly alt: string; readonly isDecorative: boolean; readonly caption?: string };

type Also = (db: Transaction) => Promise<void>;

/** Changes what is said of a file; `also` is written in the same transaction. Posts keep the description they were given. */
export async function describeFile(scope: Scope, file: LibraryFile, said: Description, also: Also): Promise<void> {
  const alt = said.isDecorative ? "" : said.alt.trim();
  if (alt.length > 5000) throw tooLong("alt", 5000);
  if ((said.caption?.length ?? 0) > 1000) throw tooLong("caption", 1000);
  const row = {
    alt,
    is_decorative: said.isDecorative,
    lacks_alt: file.type.startsWith("image/") && alt === "" && !said.isDecorative,
    ...(said.caption !== undefined && { caption: said.caption.trim() }),
  };
  await scope.storage.write(async (db) => {
    await update(db, "media", row, { id: file.id, blog_id: blogOf(scope).id });
    await also(db);
  });
}

/**
 * Puts other bytes at a file's address. Readers see them because the revision moves: the sizes get new names, the file another
 * validator. PublicError 422 when it is another kind of file, 409 when somebody else replaced it in the same moment.
 */
export async function replaceFile(
  scope: Scope,
  store: MediaStore,
  { file, by }: { file: LibraryFile; by: Content & { readonly name: string } },
  also: Also,
): Promise<void> {
  const blog = blogOf(scope);
  const { content, kind, bytes, width, height, seconds, facts } = await cleanFile(scope, by);
  if (kind.group !== file.type.split("/")[0])
    throw new PublicError("media.other-kind", "Replace a picture by a picture, sound by sound and film by film.", 422);
  const revision = file.revision + 1;
  const now = scope.clock.now();
  await putContent(store, storedName(file.address, revision), content, kind.type);
  const hash = await hashOfContent(content);
  const measures = { bytes, width, height, seconds, facts: facts && JSON.stringify(facts) };
  const row = { type: kind.type, ...measures, content_hash: hash, revision, variants: "{}" };
  await scope.storage.write(async (db) => {
    if ((await update(db, "media", row, { id: file.id, blog_id: blog.id, revision: file.revision })) === 0)
      throw new PublicError("media.replaced-meanwhile", "Somebody else replaced this file just now; look at it first.", 409);
    if (kind.group === "image") await enqueue(db, variantJobFor(blog.id, file.id, now));
    await addToTotal(db, blog.id, { files: 0, bytes: bytes - file.bytes - variantBytes(file.variants) });
    await scope.touch(db, blog.id);
    await also(db);
  });
  await store.remove(storedName(file.address, file.revision));
  await removeVariants(store, file.address, file.revision, file.variants ?? []);
}

const tooLong = (field: string, limit: number) =>
  new PublicError(`media.long-${field}`, `This text may have ${limit.toLocaleString("en")} characters at most.`, 422, { limit });
