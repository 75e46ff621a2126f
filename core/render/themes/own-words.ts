import type { TemplateFolder } from "./theme.ts";

/** What a theme says of itself in a language, by a key of its own `locales/`: the reader's, the base language's, else English. */
export function ownWord(theme: TemplateFolder, language: string, key: string): string | null {
  return (
    tagsOf(language)
      .map((tag) => theme.texts(tag)?.[key])
      .find((text) => text !== undefined) ?? null
  );
}

/** The languages a word is looked for in, best first. */
export function tagsOf(language: string): readonly string[] {
  return [...new Set([language, language.split("-")[0]!, "en"])];
}
