import { PublicError } from "../../../../core/errors.ts";
import { copyKey } from "../../../../core/render/overrides/copy-key.ts";
import { acceptOriginal, originalOf } from "../../../../core/render/overrides/originals.ts";
import { ownCopy } from "../../../../core/render/overrides/own-copies.ts";
import { discardDraft, removeOwnCopies, removeOwnCopy, saveOwnCopy } from "../../../../core/render/overrides/save-copy.ts";
import { audit } from "../../../../core/people/audit.ts";
import { byOf, refusalOf } from "../../../by.ts";
import { one } from "../../../fields.ts";
import { onBlog } from "../../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../../request.ts";
import { noteTemplate } from "./audited.ts";
import { codeAt, codeFile } from "./code-address.ts";
import { listPage } from "./code-page.ts";
import { codePlace, noTemplate, ownCodePlace } from "./code-place.ts";

/** Makes the blog's own copy of a theme's file; it stands before that file in every theme beneath. */
export async function copyTemplate(request: AdminRequest) {
  const { fields } = await request.form();
  const { place, file, original } = await codePlace(request, fields.get("file"));
  if (original === null) throw noTemplate();
  const own = { theme: place.blog.theme, template: file.template };
  if (!(await ownCopy(place.scope, request.house.themes, own))) {
    await saveOwnCopy(place.scope, request.house.themes, { ...own, source: original });
    await noteTemplate(request, { place, file: own }, "template.copied");
  }
  return request.redirect(codeAt(place, own), request.t("design.copied"));
}

/** Begins a template that no theme has, as a draft, so that no page is empty meanwhile. */
export async function newTemplate(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { house } = request;
  const typed = one((await request.form()).fields, "template");
  const own = codeFile(`${place.blog.theme}/${typed}`);
  if (!own) return listPage(request, { errors: { template: request.t("design.template-name") }, template: typed });
  const isThere = await ownCopy(place.scope, house.themes, own);
  const refused = isThere
    ? null
    : await refusalOf(async () => {
        copyKey(place.scope, own);
        const source = originalOf(house.themes, own.theme, own.template) || `{# ${own.template} #}\n`;
        await saveOwnCopy(place.scope, house.themes, { ...own, source, asDraft: true });
        await noteTemplate(request, { place, file: own }, "template.copied");
      });
  if (refused) return listPage(request, { errors: { template: sentenceFor(request, refused) }, template: typed });
  return request.redirect(codeAt(place, own));
}

/** Goes back to what the theme has; every save stays in the history. */
export async function revertTemplate(request: AdminRequest) {
  const at = await ownCodePlace(request);
  await removeOwnCopy(at.place.scope, at.file);
  await noteTemplate(request, at, "template.reverted");
  const theme = request.house.themes.chain(at.file.theme).find((one) => one.source(at.file.template) !== null);
  const to = theme ? codeAt(at.place, { theme: theme.id, template: at.file.template }) : at.place.at("/design/code");
  return request.redirect(to, request.t("design.reverted", { template: at.file.template }));
}

/** Forgets a draft; what counts, or the theme's file, is what there is again. */
export async function dropDraft(request: AdminRequest) {
  const at = await ownCodePlace(request);
  await discardDraft(at.place.scope, at.file);
  await noteTemplate(request, at, "template.draft-dropped");
  const isLeft = at.copy.state !== "draft";
  return request.redirect(isLeft ? codeAt(at.place, at.file) : at.place.at("/design/code"), request.t("design.draft-dropped"));
}

/** Remembers that somebody saw what the theme changed. */
export async function seenOriginal(request: AdminRequest) {
  const at = await ownCodePlace(request);
  await acceptOriginal(at.place.scope, request.house.themes, at.file);
  await noteTemplate(request, at, "template.seen");
  return request.redirect(codeAt(at.place, at.file), request.t("design.seen"));
}

/** Takes all own templates of the worn theme away; the history keeps them. */
export async function undoAll(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const n = await removeOwnCopies(place.scope, place.blog.theme);
  if (n === 0) throw new PublicError("design.nothing-own", "You have changed nothing here.", 409);
  const entry = { action: "template.all-reverted", subject: place.blog.theme, detail: { n }, ...byOf(place) };
  await request.house.storage.write((db) => audit(db, entry, place.scope.clock.now()));
  return request.redirect(place.at("/design/code"), request.t("design.all-undone", { n }));
}
