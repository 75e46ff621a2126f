import { readFileSync } from "node:fs";

/** Values of a sentence's `{name}` places. */
export type TextValues = Readonly<Record<string, string | number>>;
/** Gives the sentence of a key. */
export type Translate = (key: string, values?: TextValues) => string;

const english = JSON.parse(readFileSync(new URL("locales/en.json", import.meta.url), "utf8")) as Record<string, string>;
const plurals = new Intl.PluralRules("en");

/** The dashboard's English sentence of a key; a missing key is an error of ours. */
export const t: Translate = (key, values = {}) => {
  const text = english[key];
  if (text === undefined) throw new Error(`The dashboard has no text “${key}”`);
  return format(text, values);
};

/** Fills `{name}` and `{n, plural, one {# post} other {# posts}}` in. */
export function format(text: string, values: TextValues): string {
  return text
    .replace(/\{(\w+), plural, ((?:\w+ \{[^{}]*\} ?)+)\}/g, (_all, name: string, forms: string) => {
      const number = Number(values[name]);
      const wanted = plurals.select(number);
      const found = [...forms.matchAll(/(\w+) \{([^{}]*)\}/g)];
      const form = found.find((one) => one[1] === wanted) ?? found.find((one) => one[1] === "other");
      return (form?.[2] ?? "").replaceAll("#", new Intl.NumberFormat("en").format(number));
    })
    .replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ""));
}
