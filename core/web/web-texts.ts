import { readdirSync, readFileSync } from "node:fs";
import type { PublicError } from "../errors.ts";
import { chooseLanguage, formatText, type TextValues } from "../languages.ts";

/** Who reads a page: what their browser asks for, and the language of their account where it is known. */
export type Reader = { readonly acceptLanguage?: string | undefined; readonly language?: string | undefined };

const folder = new URL("locales/", import.meta.url);
const catalogues = new Map(
  readdirSync(folder).map((file) => [
    file.replace(/\.json$/, ""),
    JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Readonly<Record<string, string>>,
  ]),
);

/** Adds a language that has no file, for tests. */
export function addWebLanguage(tag: string, texts: Readonly<Record<string, string>>): void {
  catalogues.set(tag, texts);
}

/** The sentences of a language, by key. */
export function webTexts(language: string): Readonly<Record<string, string>> {
  return catalogues.get(language) ?? {};
}

/** The language of the pages that no theme and no dashboard draws, for a reader. */
export function webLanguage({ language, acceptLanguage }: Reader): string {
  return chooseLanguage([...catalogues.keys()], language, acceptLanguage);
}

/** A sentence of those pages; what a language lacks is said in English. */
export function webText(language: string, key: string, values: TextValues = {}): string {
  const found = webTextIfAny(language, key, values);
  if (found === null) throw new Error(`There is no text “${key}” in core/web/locales`);
  return found;
}

/** What an error says in a language; where the catalogue does not have it, its own English. */
export function errorText(language: string, error: PublicError): string {
  return language === "en" ? error.message : (webTextIfAny(language, `error.${error.key}`, error.values) ?? error.message);
}

/** The sentence of a key that may not be there. */
export function webTextIfAny(language: string, key: string, values: TextValues): string | null {
  for (const tag of [language, "en"]) {
    const text = catalogues.get(tag)?.[key];
    if (text !== undefined) return formatText(text, values, tag);
  }
  return null;
}
