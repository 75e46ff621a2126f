import type { Field } from "../../hooks/fields.ts";
import { Texts } from "../objects/texts.ts";
import type { Theme } from "../themes/theme.ts";
import { fontChoices } from "./fonts.ts";

/** A setting as a form asks for it. */
export type SettingField = Field & { readonly key: string };

/**
 * The settings of a theme and its parents, as a form in somebody's language asks for them: the parents' first. Labels may be
 * written in several languages, or name a text of the theme's locales.
 */
export function settingFields(chain: readonly Theme[], language: string): readonly SettingField[] {
  const texts = new Texts(chain, language);
  const fields = new Map<string, SettingField>();
  for (const theme of chain.toReversed())
    for (const written of theme.manifest.writtenSettings) {
      const key = String(written.key);
      const field = theme.manifest.settings[key];
      if (field)
        fields.set(
          key,
          localised(field, written, { key, chain, say: (words, otherwise) => say(texts, language, words) || otherwise }),
        );
    }
  return [...fields.values()];
}

type Say = (words: unknown, otherwise: string) => string;

function localised(
  field: Field,
  written: Readonly<Record<string, unknown>>,
  { key, chain, say: word }: { key: string; chain: readonly Theme[]; say: Say },
): SettingField {
  const labels = new Map((Array.isArray(written.options) ? (written.options as unknown[]) : []).map(optionLabel));
  const options = field.options?.map((option) =>
    typeof option === "string" ? option : { value: option.value, label: word(labels.get(option.value), option.label) },
  );
  return {
    ...field,
    key,
    label: word(written.label, field.label),
    ...(field.help !== undefined && { help: word(written.help, field.help) }),
    ...(field.group !== undefined && { group: word(written.group, field.group) }),
    ...(options && { options }),
    ...(field.type === "font" && { options: fontChoices(chain) }),
  };
}

function optionLabel(option: unknown): [string, unknown] {
  const { value, label } = typeof option === "object" && option !== null ? (option as Record<string, unknown>) : {};
  return [String(value ?? option), label];
}

function say(texts: Texts, language: string, words: unknown): string {
  // An unknown key stands for itself, so a label that is no key is what it says.
  if (typeof words === "string") return words === "" ? "" : texts.get(words);
  if (typeof words !== "object" || words === null) return "";
  const byLanguage = words as Readonly<Record<string, unknown>>;
  const found = [language, language.split("-")[0]!, "en"].map((tag) => byLanguage[tag]).find((one) => typeof one === "string");
  return typeof found === "string" ? found : "";
}
