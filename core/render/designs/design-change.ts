import type { Field } from "../../hooks/fields.ts";
import type { Blog, Json } from "../../hooks/values.ts";
import { hexColor } from "../style/colors.ts";
import { cssProblems } from "../style/custom-css.ts";
import { coreChoices, fieldsOf, keptValue } from "../style/design.ts";
import { typed } from "../style/setting-values.ts";
import type { Theme } from "../themes/theme.ts";

/** What the core's settings are called in `blog.settings.design`. */
export const coreSettingNames = [
  "accent",
  "colorScheme",
  "showAuthor",
  "dateFormat",
  "postsPerPage",
  "footerText",
  "customCss",
] as const;

type CoreName = (typeof coreSettingNames)[number];

/** What somebody changes about a blog's looks; null goes back to the default, what is left out stays. */
export type DesignChange = {
  /** Another theme; the settings of the old one stay for coming back. */
  readonly theme?: string;
  readonly core?: Readonly<Partial<Record<CoreName, Json>>>;
  /** The theme's own settings by key. */
  readonly values?: Readonly<Record<string, Json>>;
};

/** A field that cannot be what somebody wants it to be: a key and values for the catalogue, and an English sentence. */
export type DesignProblem = {
  /** A core setting's name, or a key of the theme's settings. */
  readonly field: string;
  readonly key: string;
  readonly message: string;
  readonly values: Readonly<Record<string, string | number>>;
};

/** A look: the theme, and everything under `blog.settings.design`. */
export type DesignState = { readonly theme: string; readonly design: { readonly [key: string]: Json } };

/** The look a blog has now. */
export function stateOf({ theme, settings }: Pick<Blog, "theme" | "settings">): DesignState {
  return { theme, design: record(settings.design) };
}

/** What keeps a change from being made; `chain` are the theme it is for and its parents. */
export function problemsOf(change: DesignChange, chain: readonly Theme[]): readonly DesignProblem[] {
  const core = Object.entries(change.core ?? {}).flatMap(([name, value]) => (value === null ? [] : coreProblems(name, value)));
  const fields = fieldsOf(chain);
  const own = Object.entries(change.values ?? {}).flatMap(([key, value]): DesignProblem[] => {
    const field = fields[key];
    if (!field) return [{ field: key, key: "design.setting", message: `The theme has no setting “${key}”.`, values: { key } }];
    return value === null || typed(field, value, chain) !== null ? [] : [wrongValue(key, field)];
  });
  return [...core, ...own];
}

/** The look after a change. Values that the theme no longer knows, or knows by another name, are tidied away. */
export function changed(state: DesignState, change: DesignChange, chain: readonly Theme[]): DesignState {
  const theme = change.theme ?? state.theme;
  const { themes, ...core } = state.design;
  const all = record(themes);
  const kept = record(all[theme]);
  const values = Object.entries(fieldsOf(chain)).flatMap(([key, field]) => {
    const value = change.values?.[key] === undefined ? keptValue(kept, key, field) : change.values[key];
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  const merged = Object.entries({ ...core, ...change.core }).filter(([, value]) => value !== null && value !== undefined);
  return {
    theme,
    design: { ...Object.fromEntries(merged as [string, Json][]), themes: { ...all, [theme]: Object.fromEntries(values) } },
  };
}

function coreProblems(name: string, value: Json): DesignProblem[] {
  const problem = (key: string, message: string, values = {}): DesignProblem[] => [{ field: name, key, message, values }];
  switch (name) {
    case "accent":
      return typeof value === "string" && hexColor(value) !== null ? [] : problem("design.color", "A colour looks like #0b5cad.");
    case "colorScheme":
    case "dateFormat":
      return (coreChoices[name] as readonly Json[]).includes(value)
        ? []
        : problem("design.choice", "Choose one of those offered.");
    case "showAuthor":
      return typeof value === "boolean" ? [] : problem("design.choice", "Choose one of those offered.");
    case "postsPerPage":
      return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 100
        ? []
        : problem("design.per-page", "A page shows 1 to 100 posts.");
    case "footerText":
      return typeof value === "string" && value.length <= 2000
        ? []
        : problem("design.footer", "The footer has 2,000 letters at most.", { n: 2000 });
    case "customCss":
      return typeof value === "string"
        ? cssProblems(value).map(({ key, message, values }) => ({ field: name, key, message, values }))
        : problem("design.choice", "Choose one of those offered.");
    default:
      return problem("design.setting", `The theme has no setting “${name}”.`, { key: name });
  }
}

function wrongValue(key: string, field: Field): DesignProblem {
  const about = { field: key, values: { label: field.label, min: field.min ?? "", max: field.max ?? "" } };
  switch (field.type) {
    case "color":
      return { ...about, key: "design.color", message: "A colour looks like #0b5cad." };
    case "url":
    case "image":
      return {
        ...about,
        key: "design.address",
        message: `“${field.label}”: an address begins with https://, or is a path like /about.`,
      };
    case "number":
    case "range":
      return {
        ...about,
        key: "design.number",
        message: `“${field.label}”: choose a number from ${field.min ?? "…"} to ${field.max ?? "…"}.`,
      };
    case "text":
    case "textarea":
    case "markdown":
      return { ...about, key: "design.long", message: `“${field.label}” is too long.` };
    default:
      return { ...about, key: "design.choice", message: "Choose one of those offered." };
  }
}

const record = (value: Json | undefined): { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json }) : {};
