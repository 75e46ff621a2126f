import { PublicError } from "../errors.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { NewJob } from "../jobs/job.ts";
import { update } from "../storage/rows.ts";
import { makeVariants } from "./make-variants.ts";
import { storedName, variantBytes, variantName, variantsOf, type Variant } from "./media-row.ts";
import type { MediaStore } from "./store.ts";
import { addToTotal } from "./totals.ts";

/** The name of the core's job that makes the smaller sizes of one picture. */
export const variantJob = "make-variants";

/** The job for one picture, to be written in the transaction that stores it. */
export function variantJobFor(blogId: string, mediaId: string, runAt: Date): NewJob {
  return { pluginId: "core", name: variantJob, blogId, data: { mediaId }, runAt, key: mediaId };
}

/** Makes and stores the sizes of a picture, then shows them: pages are drawn anew. Running it twice changes nothing. */
export async function makeVariantsOf(scope: Scope, store: MediaStore, mediaId: string): Promise<void> {
  const blog = blogOf(scope);
  const sql = "SELECT name, type, revision, variants FROM media WHERE blog_id = ? AND id = ?";
  const [row] = await scope.storage.query(sql, [blog.id, mediaId]);
  if (!row || !String(row.type).startsWith("image/") || variantsOf(row) !== null) return;
  const [address, revision] = [String(row.name), Number(row.revision)];
  const stream = await store.read(storedName(address, revision));
  if (!stream) throw new PublicError("media.gone", `The file ${address} is not in the media store, so it gets no sizes.`, 404);
  const made = await makeVariants(Buffer.concat(await stream.toArray()));
  for (const variant of made) await store.put(variantName(address, revision, variant), variant.bytes, variant.type);
  const list = made.map(({ bytes, ...rest }): Variant => ({ ...rest, bytes: bytes.byteLength }));
  const isShown = await scope.storage.write(async (db) => {
    const variants = JSON.stringify({ revision, list });
    if ((await update(db, "media", { variants }, { id: mediaId, revision })) === 0) return false;
    await addToTotal(db, blog.id, { files: 0, bytes: variantBytes(list) });
    await scope.touch(db, blog.id);
    return true;
  });
  // Removed or replaced meanwhile: nobody will ask for these.
  if (!isShown) await removeVariants(store, address, revision, list);
}

/** Takes the bytes of variants out of the store. */
export async function removeVariants(
  store: MediaStore,
  address: string,
  revision: number,
  variants: readonly Variant[],
): Promise<void> {
  for (const variant of variants) await store.remove(variantName(address, revision, variant));
}
