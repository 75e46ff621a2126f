import type { Field, Fields } from "../../hooks/fields.ts";
import { settingTypes } from "../style/setting-values.ts";

/** A theme's theme.json, checked. */
export type ThemeManifest = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly parent: string | null;
  readonly isHidden: boolean;
  readonly author: { readonly name: string; readonly url: string };
  readonly colorSchemes: readonly string[];
  readonly postsPerPage: number;
  readonly imageSizes: Readonly<Record<string, number>>;
  readonly menus: Readonly<Record<string, string>>;
  readonly pageTemplates: readonly { readonly id: string; readonly label: string }[];
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  readonly fonts: readonly ThemeFont[];
  /** The colour scheme that blogs begin with; empty for `auto`. */
  readonly colorScheme: string;
  readonly settings: Fields;
  /** The settings as they are written, with labels in several languages. */
  readonly writtenSettings: readonly Readonly<Record<string, unknown>>[];
  readonly slots: readonly string[];
};

/** A font that a theme brings along; with a family its `@font-face` is written for it. */
export type ThemeFont = {
  readonly family: string;
  readonly file: string;
  readonly weight: string;
  readonly style: string;
  readonly display: string;
  readonly unicodeRange: string;
  /** Whether the head asks for it before the style sheet does. */
  readonly isPreloaded: boolean;
};

const largest = 64 * 1024;
const idPattern = /^[a-z][a-z0-9-]{1,39}$/;
const assetPattern = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/i;

/** Reads the text of a theme.json that lies in the folder `id`; anything wrong is one plain sentence. */
export function parseManifest(text: string, id: string): ThemeManifest | { readonly problem: string } {
  if (text.length > largest) return { problem: "theme.json is larger than 64 KB." };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `theme.json is not JSON: ${(error as SyntaxError).message.replace(/\s+/g, " ")}.` };
  }
  if (!isRecord(value)) return { problem: "theme.json must hold one object." };
  const problem = problemOf(value, id);
  return problem === null ? manifestFrom(value) : { problem };
}

function problemOf(value: Record<string, unknown>, id: string): string | null {
  for (const name of ["id", "name", "version", "description", "license"])
    if (typeof value[name] !== "string" || value[name] === "") return `theme.json has no “${name}”; write it as a text.`;
  if (!idPattern.test(String(value.id))) return "The “id” of a theme is 2 to 40 small letters, digits and hyphens.";
  if (value.id === "plugins") return "“plugins” cannot be a theme's id.";
  if (value.id !== id) return `The theme's id is “${String(value.id)}”, but its folder is “${id}”.`;
  if (!/^\d+\.\d+\.\d+/.test(String(value.version))) return "“version” is written like 1.0.0.";
  if (!isEngineOne(String(value.engine ?? "")))
    return `It asks for engine “${String(value.engine ?? "")}”; this installation offers engine 1.`;
  if (value.parent !== undefined && !idPattern.test(String(value.parent))) return "“parent” must be the id of a theme.";
  for (const name of ["styles", "scripts"])
    if (texts(value[name]).some((path) => !assetPattern.test(path))) return `“${name}” must list files of the assets folder.`;
  const perPage = value.postsPerPage;
  if (perPage !== undefined && !(Number.isInteger(perPage) && Number(perPage) >= 1 && Number(perPage) <= 100))
    return "“postsPerPage” is a number from 1 to 100.";
  if (Object.keys(isRecord(value.imageSizes) ? value.imageSizes : {}).length > 8) return "“imageSizes” may name 8 sizes at most.";
  return settingsProblem(value.settings);
}

// "1", "^1.0", ">=1", "1 || 2": any of the alternatives may be ours.
function isEngineOne(range: string): boolean {
  return range.split("||").some((one) => /^\s*(=|\^|~|>=|<=)?\s*1(\.|\s|$)/.test(one));
}

function settingsProblem(settings: unknown): string | null {
  if (settings === undefined) return null;
  if (!Array.isArray(settings)) return "“settings” must be a list of fields.";
  for (const field of settings as unknown[]) {
    if (!isRecord(field) || typeof field.key !== "string" || !/^[a-z][a-z0-9_]{0,39}$/.test(field.key))
      return "Every setting needs a “key” of small letters, digits and underscores.";
    if (typeof field.type !== "string") return `The setting “${String(field.key)}” has no type.`;
    if (!settingTypes.some((type) => type === field.type))
      return `The setting “${String(field.key)}” is of type “${field.type.slice(0, 40)}”; there are ${settingTypes.join(", ")}.`;
    if (field.renamedFrom !== undefined && !/^[a-z][a-z0-9_]{0,39}$/.test(String(field.renamedFrom)))
      return `“renamedFrom” of “${String(field.key)}” must be the key it had before.`;
    if (["min", "max", "step"].some((name) => field[name] !== undefined && typeof field[name] !== "number"))
      return `“min”, “max” and “step” of “${String(field.key)}” are numbers.`;
    if (field.options !== undefined && !Array.isArray(field.options))
      return `The “options” of “${String(field.key)}” must be a list.`;
    if (field.cssVar !== undefined && !/^[a-z][a-z0-9-]{0,39}$/.test(String(field.cssVar)))
      return `The “cssVar” of “${String(field.key)}” must be a plain name.`;
  }
  return null;
}

function manifestFrom(value: Record<string, unknown>): ThemeManifest {
  const author = isRecord(value.author) ? value.author : {};
  return {
    id: String(value.id),
    name: String(value.name),
    version: String(value.version),
    description: String(value.description),
    license: String(value.license),
    parent: value.parent === undefined ? null : String(value.parent),
    isHidden: value.hidden === true,
    author: { name: text(author.name), url: text(author.url) },
    colorSchemes: texts(value.colorSchemes),
    postsPerPage: Number(value.postsPerPage ?? 20),
    imageSizes: isRecord(value.imageSizes)
      ? (value.imageSizes as Record<string, number>)
      : { thumb: 200, small: 400, medium: 800, large: 1600 },
    menus: isRecord(value.menus) ? (value.menus as Record<string, string>) : { main: "Main" },
    pageTemplates: records(value.pageTemplates).map((entry) => ({ id: text(entry.id), label: text(entry.label) })),
    styles: texts(value.styles),
    scripts: texts(value.scripts),
    fonts: records(value.fonts).map(fontFrom),
    colorScheme: text(value.colorScheme),
    settings: Object.fromEntries(records(value.settings).map((field) => [String(field.key), fieldFrom(field)])),
    writtenSettings: records(value.settings),
    slots: texts(value.slots),
  };
}

// What is wrong falls back to what browsers take without being told: it ends up in a style sheet.
function fontFrom(font: Record<string, unknown>): ThemeFont {
  const sound = (value: unknown, pattern: RegExp, otherwise: string) =>
    pattern.test(String(value ?? "")) ? String(value) : otherwise;
  return {
    family: text(font.family),
    file: text(font.file),
    weight: sound(font.weight, /^(normal|bold|\d{1,4}( \d{1,4})?)$/, "400"),
    style: sound(font.style, /^(normal|italic|oblique)$/, "normal"),
    display: sound(font.display, /^(auto|block|swap|fallback|optional)$/, "swap"),
    unicodeRange: sound(font.unicodeRange, /^U\+[0-9a-f?]{1,6}(-[0-9a-f]{1,6})?(,\s*U\+[0-9a-f?]{1,6}(-[0-9a-f]{1,6})?)*$/i, ""),
    isPreloaded: font.preload !== false,
  };
}

function fieldFrom(field: Record<string, unknown>): Field {
  const { key, visibleWhen, ...rest } = field;
  const label = typeof field.label === "string" ? field.label : isRecord(field.label) ? text(field.label.en) : String(key);
  const when = isRecord(visibleWhen) ? { [text(visibleWhen.key)]: (visibleWhen.is ?? visibleWhen.in) as string } : undefined;
  // Labels in other languages are read where a form is made: core/render/style/setting-fields.ts.
  const options = Array.isArray(field.options) ? field.options.flatMap(optionFrom) : undefined;
  const help = typeof field.help === "string" ? field.help : isRecord(field.help) ? text(field.help.en) : undefined;
  const group = typeof field.group === "string" ? field.group : isRecord(field.group) ? text(field.group.en) : undefined;
  return {
    ...(rest as Omit<Field, "label">),
    label,
    ...(when && { when }),
    ...(options && { options }),
    ...(help && { help }),
    ...(group && { group }),
  };
}

function optionFrom(option: unknown): { value: string; label: string }[] {
  if (typeof option === "string") return [{ value: option, label: option }];
  if (!isRecord(option) || typeof option.value !== "string") return [];
  const label = typeof option.label === "string" ? option.label : isRecord(option.label) ? text(option.label.en) : "";
  return [{ value: option.value, label: label || option.value }];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const records = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : []);
const text = (value: unknown) => (typeof value === "string" ? value : "");
