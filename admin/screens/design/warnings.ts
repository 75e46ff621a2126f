import { ownCopies } from "../../../core/render/overrides/own-copies.ts";
import { troublesOf } from "../../../core/render/troubles/troubles.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { codeAt, codeFile } from "./code/code-address.ts";

/** Something about a blog's own templates that somebody should look at. */
export type Warning = { readonly text: string; readonly href: string; readonly look: "bad" | "warn" };

/** Own templates that were switched off or that failed of late, and those whose theme has a new file: broken ones first. */
export async function warningsOf({ house, t }: AdminRequest, place: OnBlog): Promise<readonly Warning[]> {
  const copies = (await ownCopies(place.scope, house.themes)).filter(({ isApplied }) => isApplied);
  const broken = copies
    .filter(({ state }) => state === "failed")
    .map((copy) => ({
      name: `${copy.theme}/${copy.template} (own copy)`,
      text: t("design.switched-off", { template: copy.template, reason: copy.reason }),
      href: codeAt(place, copy),
      look: "bad" as const,
    }));
  // A template that was switched off says so already.
  const troubles = (await troublesOf(place.scope)).filter(
    ({ template }) => !broken.some(({ name }) => template.startsWith(name)),
  );
  const failed = troubles.map(({ template, line, message }): Warning => ({
    text: t("design.readers-saw", { template, line, message }),
    href: codeAt(place, codeFile(template.split(" ")[0]!) ?? { theme: place.blog.theme, template: "index.njk" }),
    look: "bad",
  }));
  const outdated = copies
    .filter(({ hasThemeChanged }) => hasThemeChanged)
    .map((copy): Warning => ({
      text: t("design.theme-changed", { template: copy.template }),
      href: codeAt(place, copy),
      look: "warn",
    }));
  return [...broken, ...failed, ...outdated];
}
