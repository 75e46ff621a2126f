import type { Field } from "../../hooks/fields.ts";
import { wordedFields } from "../../hooks/worded-fields.ts";
import { Texts } from "../objects/texts.ts";
import { tagsOf } from "../themes/own-words.ts";
import type { Theme } from "../themes/theme.ts";
import { fontChoices } from "./fonts.ts";

/** A setting as a form asks for it. */
export type SettingField = Field & { readonly key: string };

/**
 * The settings of a theme and its parents, as a form in somebody's language asks for them: the parents' first. Words are in
 * the theme's locales by the keys of wordedFields(), written in several languages in its theme.json, or name a text there.
 */
export function settingFields(chain: readonly Theme[], language: string): readonly SettingField[] {
  const texts = new Texts(chain, language);
  const fields = new Map<string, SettingField>();
  for (const theme of chain.toReversed())
    for (const written of theme.manifest.writtenSettings) {
      const key = String(written.key);
      const field = theme.manifest.settings[key];
      if (!field) continue;
      const words = wordsIn(written, `settings.${key}`);
      const say = (at: string, otherwise: string) => wordOf({ theme, language, texts }, at, words.get(at)) || otherwise;
      const worded = wordedFields({ [key]: field }, say)[key]!;
      fields.set(key, { ...worded, key, ...(field.type === "font" && { options: fontChoices(chain) }) });
    }
  return [...fields.values()];
}

// What theme.json says, by the key under which a locale would say it.
function wordsIn(written: Readonly<Record<string, unknown>>, at: string): ReadonlyMap<string, unknown> {
  const words = new Map(["label", "help", "group"].map((part) => [`${at}.${part}`, written[part]]));
  for (const option of Array.isArray(written.options) ? (written.options as unknown[]) : []) {
    const { value, label } = typeof option === "object" && option !== null ? (option as Record<string, unknown>) : {};
    words.set(`${at}.options.${String(value ?? option)}`, label);
  }
  return words;
}

type Reader = { readonly theme: Theme; readonly language: string; readonly texts: Texts };

function wordOf({ theme, language, texts }: Reader, key: string, written: unknown): string {
  const byLanguage = (typeof written === "object" && written !== null ? written : {}) as Readonly<Record<string, unknown>>;
  for (const tag of tagsOf(language)) {
    const found = theme.texts(tag)?.[key] ?? byLanguage[tag];
    if (typeof found === "string") return found;
  }
  // An unknown key stands for itself, so a label that is no key is what it says.
  return typeof written === "string" && written !== "" ? texts.get(written) : "";
}
