import type { Fields } from "../../../core/hooks/fields.ts";
import type { Json } from "../../../core/hooks/values.ts";
import type { DesignState } from "../../../core/render/designs/design-change.ts";
import { designHistory, pastDesign, restoreDesign } from "../../../core/render/designs/designs.ts";
import { audit } from "../../../core/people/audit.ts";
import { personById } from "../../../core/people/accounts.ts";
import { byOf } from "../../by.ts";
import { onBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { designFields, storedValuesOf, usualValue } from "./design-fields.ts";

/** The looks the blog had, each with what it changed. */
export async function showHistory(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { house, t } = request;
  const past = await designHistory(place.scope);
  const states = await Promise.all(past.map(({ id }) => pastDesign(place.scope, id)));
  const rows = await Promise.all(
    past.map(async ({ id, at, accountId, theme }, index) => ({
      id,
      at,
      theme: house.themes.find(theme)?.manifest.name ?? theme,
      who: (await personById(house.storage, accountId))?.name ?? t("design.somebody"),
      isNow: index === 0,
      changed: states[index + 1] ? changedLabels(request, states[index + 1]!, states[index]!) : [],
    })),
  );
  const data = { rows, at: place.at("/design"), zone: place.blog.timeZone };
  return request.html("screens/design/history", t("design.history"), data, { blog: place.blog });
}

/** Goes back to one of them. */
export async function restoreLook(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { house, scope, t } = request;
  const { theme } = await restoreDesign(place.scope, house.themes, request.params.id ?? "");
  const entry = { action: "design.restored", subject: theme, detail: { before: place.blog.theme }, ...byOf(place) };
  await house.storage.write((db) => audit(db, entry, scope.clock.now()));
  return request.redirect(place.at("/design"), t("design.look-restored"));
}

// What a look changed of the one before, by the names of the settings.
function changedLabels({ house, t, language }: AdminRequest, before: DesignState, after: DesignState): readonly string[] {
  const chain = house.themes.chain(after.theme);
  const fields: Fields = designFields(t, chain, language);
  const theme = before.theme === after.theme ? [] : [t("design.theme")];
  const css = before.design.customCss === after.design.customCss ? [] : [t("design.css")];
  const [old, now] = [before, after].map((state) => storedValuesOf({ ...state, theme: after.theme }, chain));
  const value = (look: Readonly<Record<string, Json>>, key: string) => JSON.stringify(look[key] ?? usualValue(fields[key]!));
  const own = Object.keys(fields).filter((key) => value(old!, key) !== value(now!, key));
  return [...theme, ...own.map((key) => fields[key]!.label), ...css];
}
