import type { Field } from "../../hooks/fields.ts";
import type { MenuPage } from "../facts.ts";
import type { Design } from "../style/design.ts";
import { fieldsOf } from "../style/design.ts";
import { brandObject } from "../theme-engine/engine.ts";
import type { Theme } from "../themes/theme.ts";
import type { CategoryObject } from "./categories.ts";
import type { ImageObject } from "./images.ts";

/** What the values of settings are looked up in. */
export type SettingSources = {
  readonly blogUrl: string;
  readonly categories: readonly CategoryObject[];
  readonly pages: readonly MenuPage[];
  categoryId(slugOrId: string): string | undefined;
  picture(url: string): ImageObject | null;
};

/**
 * The settings of a page's theme as templates see them: what names a picture, category or page is that thing, or null when it is
 * gone; everything else is the value itself.
 */
export function settingObjects(design: Design, chain: readonly Theme[], sources: SettingSources): Record<string, unknown> {
  const out: Record<string, unknown> = {
    show_author: design.showAuthor,
    date_format: design.dateFormat,
    color_scheme: design.colorScheme,
    posts_per_page: design.postsPerPage,
    footer_text: design.footerText,
    accent: design.accent ?? "",
  };
  const fields = fieldsOf(chain);
  for (const key in fields) out[key] = settingObject(fields[key]!, design.values[key], sources);
  return brandObject("Settings", out);
}

function settingObject(field: Field, value: unknown, sources: SettingSources): unknown {
  if (typeof value !== "string") return value;
  switch (field.type) {
    case "image":
      return value === "" ? null : sources.picture(value);
    case "category": {
      const slug = sources.categoryId(value);
      return sources.categories.find((category) => category.slug === slug) ?? null;
    }
    case "page": {
      const page = sources.pages.find(({ id, path }) => id === value || path === `/${value}`);
      return page ? { title: page.title || page.path, url: sources.blogUrl.slice(0, -1) + encodeURI(page.path) } : null;
    }
    default:
      return value;
  }
}
