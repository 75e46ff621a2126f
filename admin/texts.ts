import { readdirSync, readFileSync } from "node:fs";

/** Values of a sentence's `{name}` places. */
export type TextValues = Readonly<Record<string, string | number>>;
/** Gives the sentence of a key in the reader's language; a key that is nowhere is an error of ours. */
export type Translate = (key: string, values?: TextValues) => string;

type Catalogue = Readonly<Record<string, string>>;

const folder = new URL("locales/", import.meta.url);
const rightToLeft = new Set(["ar", "fa", "he", "ur"]);

/** The languages the dashboard speaks, by their tags. */
export const languages: readonly string[] = readdirSync(folder).toSorted();

const catalogues = new Map<string, Catalogue>();

/** The sentences of a language by key: every file of its folder. A key's first word is the name of its file. */
export function catalogue(language: string): Catalogue {
  let found = catalogues.get(language);
  if (!found) {
    const files = readdirSync(new URL(`${language}/`, folder)).toSorted();
    const read = (file: string) => JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), "utf8")) as Catalogue;
    found = Object.assign({}, ...files.map(read)) as Catalogue;
    catalogues.set(language, found);
  }
  return found;
}

/** How to say things in a language; what it lacks is said in English. */
export function translator(language: string): Translate {
  return (key, values = {}) => {
    const text = catalogue(language)[key] ?? catalogue("en")[key];
    if (text === undefined) throw new Error(`The dashboard has no text “${key}”`);
    return format(text, values, language);
  };
}

/** The sentence of a key that may not be there, such as `error.media.type`. */
export function textIfAny(language: string, key: string, values: TextValues): string | null {
  const text = catalogue(language)[key] ?? catalogue("en")[key];
  return text === undefined ? null : format(text, values, language);
}

/** The dashboard's language for somebody: what they chose, else what their browser asks for (RFC 9110 §12.5.4), else English. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | undefined): string {
  const asked = (acceptLanguage ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag, quality] = part.trim().split(/;\s*q=/);
      return { tag: tag ?? "", quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const tag of [chosen ?? "", ...asked.map((one) => one.tag)]) {
    const found = languages.find((one) => one === tag.toLowerCase() || one === tag.toLowerCase().split("-")[0]);
    if (found) return found;
  }
  return "en";
}

/** In which direction a language is written. */
export function directionOf(language: string): "ltr" | "rtl" {
  return rightToLeft.has(language.split("-")[0]!) ? "rtl" : "ltr";
}

/** Fills `{name}` and `{n, plural, one {# post} other {# posts}}` in, by a language's own rules of number. */
export function format(text: string, values: TextValues, language = "en"): string {
  return text
    .replace(/\{(\w+), plural, ((?:=?\w+ \{[^{}]*\} ?)+)\}/g, (_all, name: string, forms: string) => {
      const number = Number(values[name]);
      const wanted = new Intl.PluralRules(language).select(number);
      const found = [...forms.matchAll(/(=?\w+) \{([^{}]*)\}/g)];
      const form = ["=" + number, wanted, "other"].map((one) => found.find((each) => each[1] === one)).find(Boolean);
      return (form?.[2] ?? "").replaceAll("#", new Intl.NumberFormat(language).format(number));
    })
    .replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ""));
}
