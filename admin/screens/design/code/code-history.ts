import { copyHistory, savedSource } from "../../../../core/render/overrides/saves.ts";
import { saveOwnCopy } from "../../../../core/render/overrides/save-copy.ts";
import { personById } from "../../../../core/people/accounts.ts";
import { one } from "../../../fields.ts";
import type { AdminRequest } from "../../../request.ts";
import { noteTemplate } from "./audited.ts";
import { checkSource, isBroken } from "./check-source.ts";
import { codeAt } from "./code-address.ts";
import { codePlace, noTemplate } from "./code-place.ts";
import { lineChanges } from "./line-changes.ts";

/** Every save of a template; `number` shows one beside what there is now. */
export async function codeHistory(request: AdminRequest) {
  const at = await codePlace(request, request.query.get("file"));
  const { place, file, copy, original } = at;
  const saves = await copyHistory(place.scope, file);
  if (saves.length === 0) throw noTemplate();
  const number = Number(request.query.get("number") ?? 0);
  const chosen = number > 0 ? await savedSource(place.scope, file, number) : null;
  const now = copy?.draft ?? copy?.source ?? original ?? "";
  const names = await namesOf(request, new Set(saves.map(({ accountId }) => accountId)));
  const data = {
    file: { ...file, name: `${file.theme}/${file.template}` },
    saves: saves.map((save) => ({
      ...save,
      who: names.get(save.accountId),
      href: `${codeAt(place, file, "/history")}&number=${save.number}`,
    })),
    chosen: chosen === null ? null : { number, source: chosen, changes: lineChanges(chosen, now) },
    back: copy || original !== null ? codeAt(place, file) : place.at("/design/code"),
    at: place.at("/design/code"),
    zone: place.blog.timeZone,
  };
  return request.html("screens/design/code/history", request.t("design.history-of", { template: file.template }), data, {
    blog: place.blog,
  });
}

/** Saves an earlier source anew; it counts at once unless something is wrong with it. */
export async function restoreSave(request: AdminRequest) {
  const { fields } = await request.form();
  const { place, file } = await codePlace(request, fields.get("file"));
  const source = await savedSource(place.scope, file, Number(one(fields, "number")));
  const asDraft = isBroken(checkSource(request, place, { ...file, source }));
  await saveOwnCopy(place.scope, request.house.themes, { ...file, source, asDraft });
  await noteTemplate(request, { place, file }, "template.restored");
  return request.redirect(codeAt(place, file), request.t(asDraft ? "design.broken-saved" : "design.restored"));
}

async function namesOf({ house, t }: AdminRequest, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  const names = [...ids].map(async (id) => [id, (await personById(house.storage, id))?.name ?? t("design.somebody")] as const);
  return new Map(await Promise.all(names));
}
