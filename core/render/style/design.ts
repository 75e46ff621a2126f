import type { Field } from "../../hooks/fields.ts";
import type { Blog, Json } from "../../hooks/values.ts";
import type { Theme } from "../themes/theme.ts";
import { hexColor } from "./colors.ts";

/**
 * How a blog looks, from `blog.settings.design`: the core's settings that every theme gets, and under `themes` the values of
 * each theme's own. What is missing or wrong falls back to the default, so a page never depends on a sound value.
 */
export type Design = {
  readonly accent: string | null;
  readonly colorScheme: "auto" | "light" | "dark";
  readonly showAuthor: boolean;
  readonly dateFormat: "long" | "medium" | "short" | "iso";
  readonly postsPerPage: number;
  readonly footerText: string;
  readonly customCss: string;
  /** The theme's own settings by key. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
};

type Settings = { readonly [key: string]: Json };

/** The design of a blog in a theme; `chain` gives the settings its parents declare. */
export function designOf(blog: Blog, chain: readonly Theme[]): Design {
  const design = record(blog.settings.design);
  const perPage = Number(design.postsPerPage);
  return {
    accent: hexColor(String(design.accent ?? "")),
    colorScheme: oneOf(design.colorScheme, ["auto", "light", "dark"]),
    showAuthor: design.showAuthor === true,
    dateFormat: oneOf(design.dateFormat, ["long", "medium", "short", "iso"]),
    postsPerPage: Number.isInteger(perPage) && perPage >= 1 && perPage <= 100 ? perPage : (chain[0]?.manifest.postsPerPage ?? 20),
    footerText: text(design.footerText).slice(0, 2000),
    customCss: text(design.customCss).slice(0, 65_536),
    values: themeValues(record(record(design.themes)[blog.theme]), chain),
  };
}

function themeValues(stored: Settings, chain: readonly Theme[]): Record<string, string | number | boolean> {
  const values: Record<string, string | number | boolean> = {};
  for (const theme of chain.toReversed())
    for (const [key, field] of Object.entries(theme.manifest.settings)) {
      const kept = stored[key] ?? (field.renamedFrom === undefined ? undefined : stored[field.renamedFrom]);
      values[key] = typed(field, kept) ?? typed(field, field.default) ?? emptyOf(field);
    }
  return values;
}

/** A stored value as its field's type; null when it is not of that type. */
export function typed(field: Field, value: Json | undefined): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  switch (field.type) {
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "number":
    case "range":
      return typeof value === "number" && value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity) ? value : null;
    case "color":
      return hexColor(String(value));
    case "select":
    case "radio": {
      const options = (field.options ?? []).map((option) => (typeof option === "string" ? option : option.value));
      return typeof value === "string" && options.includes(value) ? value : null;
    }
    default:
      return typeof value === "string" ? value : null;
  }
}

function emptyOf(field: Field): string | number | boolean {
  if (field.type === "boolean") return false;
  return field.type === "number" || field.type === "range" ? (field.min ?? 0) : "";
}

function oneOf<const T extends string>(value: Json | undefined, options: readonly [T, ...T[]]): T {
  return options.find((option) => option === value) ?? options[0];
}

const record = (value: Json | undefined): Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Settings) : {};
const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
