import type { Field, Fields } from "../../../core/hooks/fields.ts";
import type { Json } from "../../../core/hooks/values.ts";
import type { DesignState } from "../../../core/render/designs/design-change.ts";
import { coreChoices, fieldsOf, keptValue } from "../../../core/render/style/design.ts";
import { settingFields } from "../../../core/render/style/setting-fields.ts";
import type { Theme } from "../../../core/render/themes/theme.ts";
import type { Translate } from "../../texts.ts";

// What the core's settings are called in the form. Settings of themes hold no capitals, so the two never meet.
const coreKeys = {
  coreAccent: "accent",
  coreScheme: "colorScheme",
  coreAuthor: "showAuthor",
  coreDate: "dateFormat",
  corePerPage: "postsPerPage",
  coreFooter: "footerText",
} as const;

type CoreKey = keyof typeof coreKeys;

/** The name under which the core keeps a setting of the form; null for one of the theme's. */
export function coreNameOf(key: string): (typeof coreKeys)[CoreKey] | null {
  return Object.hasOwn(coreKeys, key) ? coreKeys[key as CoreKey] : null;
}

/** The key in the form of a core setting. */
export function formKeyOf(name: string): string {
  return Object.entries(coreKeys).find(([, known]) => known === name)?.[0] ?? name;
}

/** All settings of a blog in a theme: the theme's own, then those that every theme has. */
export function designFields(t: Translate, chain: readonly Theme[], language: string): Fields {
  const own = settingFields(chain, language).map(
    ({ key, ...field }) => [key, { ...field, ...hasToBeChosen(field), order: 0 }] as const,
  );
  return { ...Object.fromEntries(own), ...coreFields(t, chain) };
}

// Where a theme has a default, "none" is no choice of its own.
function hasToBeChosen({ type, default: usual }: Field): { required?: true } {
  return (type === "select" || type === "font") && usual !== undefined && usual !== "" ? { required: true } : {};
}

function coreFields(t: Translate, chain: readonly Theme[]): Record<CoreKey, Field> {
  const common = { group: t("design.core"), order: 1 };
  const choices = (name: "scheme" | "date", values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`design.${name}-${value}`) }));
  const [scheme, perPage] = [chain[0]?.manifest.colorScheme || "auto", chain[0]?.manifest.postsPerPage ?? 20];
  return {
    coreAccent: { ...common, type: "color", label: t("design.accent"), help: t("design.accent-help") },
    coreScheme: {
      ...common,
      type: "radio",
      label: t("design.scheme"),
      options: choices("scheme", coreChoices.colorScheme),
      default: scheme,
    },
    coreAuthor: { ...common, type: "boolean", label: t("design.author"), help: t("design.author-help") },
    coreDate: {
      ...common,
      type: "select",
      label: t("design.date"),
      options: choices("date", coreChoices.dateFormat),
      default: coreChoices.dateFormat[0],
      required: true,
    },
    corePerPage: { ...common, type: "number", label: t("design.per-page"), min: 1, max: 100, step: 1, default: perPage },
    coreFooter: { ...common, type: "textarea", label: t("design.footer"), help: t("design.footer-help") },
  };
}

/** What a field is as long as nobody chooses anything. */
export function usualValue({ type, default: usual }: Field): Json {
  return usual ?? (type === "boolean" ? false : "");
}

/** What a look says about each field of the form. */
export function storedValuesOf({ theme, design }: DesignState, chain: readonly Theme[]): Record<string, Json> {
  const themes = design.themes as { readonly [id: string]: { readonly [key: string]: Json } } | undefined;
  const kept = themes?.[theme] ?? {};
  const own = Object.entries(fieldsOf(chain)).map(([key, field]) => [key, keptValue(kept, key, field)] as const);
  const core = Object.entries(coreKeys).map(([key, name]) => [key, design[name]] as const);
  return Object.fromEntries([...own, ...core].filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
}
