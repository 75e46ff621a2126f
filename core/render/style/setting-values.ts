import type { Field } from "../../hooks/fields.ts";
import type { Json } from "../../hooks/values.ts";
import { pageUrl } from "../objects/images.ts";
import type { Theme } from "../themes/theme.ts";
import { hexColor } from "./colors.ts";
import { fontStack } from "./fonts.ts";

/** A value of a theme's setting as it is kept. */
export type SettingValue = string | number | boolean;

/** The types a theme's setting may have (admin-and-themes.md §8.2). */
export const settingTypes = [
  "text",
  "textarea",
  "markdown",
  "boolean",
  "select",
  "radio",
  "color",
  "number",
  "range",
  "image",
  "font",
  "category",
  "page",
  "menu",
  "url",
] as const;

const longest = { text: 500, textarea: 5_000, markdown: 20_000 } as const;

/** A stored value as its field's type; null when it is not of that type. `chain` knows which fonts there are. */
export function typed(field: Field, value: Json | undefined, chain: readonly Theme[] = []): SettingValue | null {
  if (value === undefined || value === null) return null;
  switch (field.type) {
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "number":
    case "range":
      return typeof value === "number" && value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity) ? value : null;
    default:
      return typeof value === "string" ? typedText(field, value, chain) : null;
  }
}

function typedText(field: Field, value: string, chain: readonly Theme[]): string | null {
  switch (field.type) {
    case "color":
      return hexColor(value);
    case "select":
    case "radio":
      return optionsOf(field).includes(value) ? value : null;
    case "url":
    case "image":
      return pageUrl(value);
    case "font":
      return fontStack(value, chain) === null ? null : value;
    case "category":
    case "page":
      return /^[^\s/\\<>"']{1,200}$/.test(value) ? value : null;
    case "menu":
      return /^[a-z][a-z0-9_-]{0,39}$/.test(value) ? value : null;
    default:
      return value.length <= (longest[field.type as keyof typeof longest] ?? longest.text) ? value : null;
  }
}

/** What a setting is as long as nobody chose anything and the theme has no default. */
export function emptyOf(field: Field): SettingValue {
  if (field.type === "boolean") return false;
  return field.type === "number" || field.type === "range" ? (field.min ?? 0) : "";
}

/** The values a choice offers. */
export function optionsOf(field: Field): readonly string[] {
  return (field.options ?? []).map((option) => (typeof option === "string" ? option : option.value));
}
