import type { OwnCopy } from "../../../../core/render/overrides/own-copies.ts";
import type { Trouble } from "../../../../core/render/troubles/troubles.ts";
import type { AdminRequest } from "../../../request.ts";
import type { OnBlog } from "../../../on-blog.ts";
import { codeAt, type CodeFile } from "./code-address.ts";

/** One template in the list. */
export type TreeFile = CodeFile & {
  readonly href: string;
  readonly isCurrent: boolean;
  /** The blog's own copy stands before it, or a theme nearer to the blog has its own. */
  readonly isCovered: boolean;
  readonly badge: { readonly text: string; readonly look: string } | null;
};

/** Templates under one heading. */
export type TreeGroup = {
  readonly label: string;
  readonly isOwn: boolean;
  readonly hasCurrent: boolean;
  readonly files: readonly TreeFile[];
};

type Parts = {
  readonly place: OnBlog;
  readonly copies: readonly OwnCopy[];
  readonly current: CodeFile | null;
  readonly troubles: readonly Trouble[];
};

/** What the blog changed, then the files of its theme and of all that stand beneath it. */
export function templateTree({ house, t }: AdminRequest, { place, copies, current, troubles }: Parts): readonly TreeGroup[] {
  const own = copies.map((copy) => ({ ...entry(place, copy, current), badge: badgeOf(t, copy, troubles) }));
  const seen = new Set(copies.filter(({ isApplied }) => isApplied).map(({ template }) => template));
  const themes = house.themes.chain(place.blog.theme).map((theme) => {
    const names = theme.templateNames();
    const files = names.map((template) => ({
      ...entry(place, { theme: theme.id, template }, current),
      isCovered: seen.has(template),
    }));
    for (const name of names) seen.add(name);
    return group(theme.manifest.isHidden ? t("design.tree-base") : t("design.tree-theme", { name: theme.manifest.name }), files);
  });
  return [{ ...group(t("design.tree-own"), own), isOwn: true }, ...themes];
}

function entry(place: OnBlog, { theme, template }: CodeFile, current: CodeFile | null): TreeFile {
  const isCurrent = current?.theme === theme && current.template === template;
  return { theme, template, href: codeAt(place, { theme, template }), isCurrent, isCovered: false, badge: null };
}

function group(label: string, files: readonly TreeFile[]): TreeGroup {
  return { label, isOwn: false, hasCurrent: files.some(({ isCurrent }) => isCurrent), files };
}

function badgeOf(t: AdminRequest["t"], copy: OwnCopy, troubles: readonly Trouble[]): TreeFile["badge"] {
  const hasFailed = troubles.some(({ template }) => template === `${copy.theme}/${copy.template} (own copy)`);
  if (hasFailed && copy.state === "active") return { text: t("design.badge-fell-back"), look: "bad" };
  if (copy.state === "failed") return { text: t("design.badge-failed"), look: "bad" };
  if (!copy.isApplied) return { text: t("design.badge-resting"), look: "" };
  if (copy.state === "draft" || copy.draftVersion !== null) return { text: t("design.badge-draft"), look: "warn" };
  return copy.hasThemeChanged ? { text: t("design.badge-changed"), look: "warn" } : null;
}
