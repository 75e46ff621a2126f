import { checkTemplate } from "../../../../core/render/theme-check/check-theme.ts";
import type { ThemeFinding } from "../../../../core/render/theme-check/finding.ts";
import type { AdminRequest } from "../../../request.ts";
import type { OnBlog } from "../../../on-blog.ts";
import type { CodeFile } from "./code-address.ts";

/** Something the checker found in a template; with an error it does not count for readers. */
export type Found = Pick<ThemeFinding, "line" | "level" | "message" | "fix">;

/** What is wrong with the source of a template of this blog, worst first. */
export function checkSource(
  { house }: Pick<AdminRequest, "house">,
  { blog }: Pick<OnBlog, "blog">,
  { theme, template, source }: CodeFile & { readonly source: string },
): readonly Found[] {
  const worn = house.themes.chain(blog.theme);
  const from = worn.findIndex(({ id }) => id === theme);
  const chain = from < 0 ? house.themes.chain(theme) : worn.slice(from);
  const levels = ["error", "warning", "info"];
  return checkTemplate(source, { name: template, chain })
    .map(({ line, level, message, fix }) => ({ line, level, message, fix }))
    .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || a.line - b.line);
}

/** Whether readers must not get it. */
export function isBroken(found: readonly Found[]): boolean {
  return found.some(({ level }) => level === "error");
}
