import { PublicError } from "../../../core/errors.ts";
import { isUlid } from "../../../core/ids.ts";
import { libraryFile } from "../../../core/media/find-files.ts";
import type { LibraryFile } from "../../../core/media/media-row.ts";
import { audit } from "../../../core/people/audit.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";

/** A file named in an address, with its blog, and whether the person may change it. */
export type OnFile = OnBlog & { readonly file: LibraryFile; readonly isOwn: boolean };

/** The file of `/b/:blog/media/:id…`. PublicError 404 when there is none or the library is not the person's to see. */
export async function onFile(request: AdminRequest): Promise<OnFile> {
  const place = await onBlog(request, "media.upload");
  const id = request.params.id ?? "";
  const file = isUlid(id) ? await libraryFile(place.scope, id) : null;
  if (!file) throw new PublicError("request.unknown", "There is no such page, or it is not yours.", 404);
  return { ...place, file, isOwn: mayChange(place, file) };
}

/** The same for changing it: 403 for who may only look. */
export async function onOwnFile(request: AdminRequest): Promise<OnFile> {
  const place = await onFile(request);
  if (place.isOwn) return place;
  throw new PublicError("media.not-yours", "This file was uploaded by somebody else; only they and editors can change it.", 403);
}

/** Whether the person may describe, replace or delete a file: their own, or any when they are an editor. */
export function mayChange(place: OnBlog, file: LibraryFile): boolean {
  return place.may("media.delete", { authorId: file.accountId });
}

/** A line in the log of who did what. */
export async function note(db: Transaction, { scope, blog }: OnBlog, action: string, subject: string): Promise<void> {
  const by = { accountId: scope.principal.accountId, blogId: blog.id, via: "web", address: scope.address };
  await audit(db, { action, subject, ...by }, scope.clock.now());
}
