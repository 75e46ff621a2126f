import { PublicError } from "../../../../core/errors.ts";
import { ownCopies, ownCopy, type OwnCopy, type OwnCopyTexts } from "../../../../core/render/overrides/own-copies.ts";
import { onBlog, type OnBlog } from "../../../on-blog.ts";
import type { AdminRequest } from "../../../request.ts";
import { codeFile, type CodeFile } from "./code-address.ts";

/** A blog and one of its templates: its own copy, or a theme's file to read. */
export type CodePlace = {
  readonly place: OnBlog;
  readonly file: CodeFile;
  readonly copy: OwnCopyTexts | null;
  /** The theme's text; null when the theme has no such file. */
  readonly original: string | null;
};

/** The template that the address or the form names. PublicError 404 when there is none. */
export async function codePlace(request: AdminRequest, name: string | null): Promise<CodePlace> {
  const place = await onBlog(request, "blog.edit");
  const file = codeFile(name);
  if (!file) throw noTemplate();
  const copy = await ownCopy(place.scope, request.house.themes, file);
  const original = request.house.themes.find(file.theme)?.source(file.template) ?? null;
  return { place, file, copy, original };
}

/** The same, for what is done to an own copy only. */
export async function ownCodePlace(request: AdminRequest): Promise<CodePlace & { readonly copy: OwnCopyTexts }> {
  const at = await codePlace(request, (await request.form()).fields.get("file"));
  if (!at.copy) throw noTemplate();
  return { ...at, copy: at.copy };
}

/** The number of the save that a form began from: the newest one. */
export function numberOf(copy: Pick<OwnCopy, "version" | "draftVersion"> | null): number {
  return copy === null ? 0 : Math.max(copy.version, copy.draftVersion ?? 0);
}

/** The blog's own copies, those that count now first. */
export async function allCopies(request: AdminRequest, place: OnBlog): Promise<readonly OwnCopy[]> {
  const copies = await ownCopies(place.scope, request.house.themes);
  return copies.toSorted((a, b) => Number(b.isApplied) - Number(a.isApplied));
}

/** The refusal for a template that is not there. */
export function noTemplate(): PublicError {
  return new PublicError("design.no-template", "There is no such template.", 404);
}
