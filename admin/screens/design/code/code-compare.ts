import { compareCopy } from "../../../../core/render/overrides/originals.ts";
import type { AdminRequest } from "../../../request.ts";
import { codeAt } from "./code-address.ts";
import { codePlace, noTemplate } from "./code-place.ts";
import { lineChanges } from "./line-changes.ts";

/** A copy beside the theme's file: what the theme changed since, and what its owner changed. */
export async function compareCode(request: AdminRequest) {
  const { place, file, copy } = await codePlace(request, request.query.get("file"));
  if (!copy) throw noTemplate();
  const { was, is, own, hasThemeChanged } = await compareCopy(place.scope, request.house.themes, file);
  const data = {
    file: { ...file, name: `${file.theme}/${file.template}` },
    hasThemeChanged,
    theirs: hasThemeChanged ? lineChanges(was ?? "", is) : [],
    ours: lineChanges(was ?? is, own),
    between: hasThemeChanged ? lineChanges(is, own) : [],
    back: codeAt(place, file),
    at: place.at("/design/code"),
  };
  return request.html("screens/design/code/compare", request.t("design.compare-of", { template: file.template }), data, {
    blog: place.blog,
  });
}
