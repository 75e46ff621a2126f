import { readdirSync, readFileSync } from "node:fs";
import * as every from "../core/languages.ts";

/** Values of a sentence's `{name}` places. */
export type TextValues = every.TextValues;
/** Gives the sentence of a key in the reader's language; a key that is nowhere is an error of ours. */
export type Translate = (key: string, values?: TextValues) => string;
/** The sentences of a language, by key. */
export type Catalogue = Readonly<Record<string, string>>;

export { directionOf, formatText as format } from "../core/languages.ts";

const folder = new URL("locales/", import.meta.url);

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

/** Adds a language that has no folder, for tests: a made-up one shows what is not from the catalogue. */
export function addLanguage(tag: string, texts: Catalogue): void {
  catalogues.set(tag, texts);
  if (!languages.includes(tag)) (languages as string[]).push(tag);
}

/** How to say things in a language; what it lacks is said in English. */
export function translator(language: string): Translate {
  return (key, values = {}) => {
    const text = textIfAny(language, key, values);
    if (text === null) throw new Error(`The dashboard has no text “${key}”`);
    return text;
  };
}

/** The sentence of a key that may not be there, such as `error.media.type`. */
export function textIfAny(language: string, key: string, values: TextValues): string | null {
  const text = catalogue(language)[key];
  if (text !== undefined) return every.formatText(text, values, language);
  const english = catalogue("en")[key];
  return english === undefined ? null : every.formatText(english, values, "en");
}

/** The dashboard's language for somebody: what they chose, else what their browser asks for, else English. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | undefined): string {
  return every.chooseLanguage(languages, chosen, acceptLanguage);
}
