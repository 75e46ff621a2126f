import type { Field, Fields } from "../../hooks/fields.ts";
import type { Blog, Json } from "../../hooks/values.ts";
import type { Theme } from "../themes/theme.ts";
import { hexColor } from "./colors.ts";
import { emptyOf, typed, type SettingValue } from "./setting-values.ts";

/** The choices of the core's own settings, the first being the default. */
export const coreChoices = {
  colorScheme: ["auto", "light", "dark", "reader"],
  dateFormat: ["long", "medium", "short", "iso"],
} as const;

/** The colour schemes a page can be drawn in; `auto` follows the reader's machine. */
export type Scheme = "auto" | "light" | "dark";

/**
 * How a blog looks, from `blog.settings.design`: the core's settings that every theme gets, and under `themes` the values of
 * each theme's own. What is missing or wrong falls back to the default, so a page never depends on a sound value.
 */
export type Design = {
  readonly accent: string | null;
  /** `reader`: whoever reads chooses, by a form on the page. */
  readonly colorScheme: (typeof coreChoices.colorScheme)[number];
  readonly showAuthor: boolean;
  readonly dateFormat: (typeof coreChoices.dateFormat)[number];
  readonly postsPerPage: number;
  readonly footerText: string;
  readonly customCss: string;
  /** The theme's own settings by key, as they are kept. */
  readonly values: Readonly<Record<string, SettingValue>>;
};

type Settings = { readonly [key: string]: Json };

/** The design of a blog in a theme; `chain` gives the settings its parents declare. */
export function designOf(blog: Pick<Blog, "settings" | "theme">, chain: readonly Theme[]): Design {
  const design = record(blog.settings.design);
  const perPage = Number(design.postsPerPage);
  return {
    accent: hexColor(String(design.accent ?? "")),
    colorScheme: oneOf(design.colorScheme ?? chain[0]?.manifest.colorScheme, coreChoices.colorScheme),
    showAuthor: design.showAuthor === true,
    dateFormat: oneOf(design.dateFormat, coreChoices.dateFormat),
    postsPerPage: Number.isInteger(perPage) && perPage >= 1 && perPage <= 100 ? perPage : (chain[0]?.manifest.postsPerPage ?? 20),
    footerText: text(design.footerText).slice(0, 2000),
    customCss: text(design.customCss),
    values: themeValues(record(record(design.themes)[blog.theme]), chain),
  };
}

/** The settings of a theme and its parents by key; the theme's own come before those it inherits. */
export function fieldsOf(chain: readonly Theme[]): Fields {
  return Object.assign({}, ...chain.toReversed().map(({ manifest }) => manifest.settings)) as Fields;
}

function themeValues(stored: Settings, chain: readonly Theme[]): Record<string, SettingValue> {
  const values: Record<string, SettingValue> = {};
  for (const [key, field] of Object.entries(fieldsOf(chain)))
    values[key] = typed(field, keptValue(stored, key, field), chain) ?? typed(field, field.default, chain) ?? emptyOf(field);
  return values;
}

/** What is stored for a setting, also under the name it had before. */
export function keptValue(stored: Settings, key: string, field: Field): Json | undefined {
  return stored[key] ?? (field.renamedFrom === undefined ? undefined : stored[field.renamedFrom]);
}

function oneOf<const T extends string>(value: Json | undefined, options: readonly [T, ...T[]]): T {
  return options.find((option) => option === value) ?? options[0];
}

const record = (value: Json | undefined): Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Settings) : {};
const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
