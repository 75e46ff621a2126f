import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What is wrong with a plugin's texts, a sentence each: every language it speaks has the keys and `{places}` of its English. */
export function wrongTexts(folder: string): string[] {
  const place = join(folder, "locales");
  if (!existsSync(place)) return [];
  const tags = readdirSync(place).filter((name) => name.endsWith(".json"));
  if (!tags.includes("en.json")) return ["locales/en.json is missing: the other languages fall back to it."];
  const english = textsOf(join(place, "en.json"));
  if (typeof english === "string") return [english];
  return tags.flatMap((name) => {
    const texts = textsOf(join(place, name));
    if (typeof texts === "string") return [texts];
    return [
      ...Object.keys(english).flatMap((key) => wrongText(name, key, english[key]!, texts[key])),
      ...Object.keys(texts).flatMap((key) => (key in english ? [] : [`${name}: “${key}” is not in en.json.`])),
    ];
  });
}

function wrongText(name: string, key: string, english: string, text: string | undefined): string[] {
  if (text === undefined || text.trim() === "") return [`${name}: “${key}” is missing.`];
  return places(text) === places(english) ? [] : [`${name}: “${key}” has other {places} than the English.`];
}

// Only which ones: a plural names its number in each of its forms.
const places = (text: string): string => [...new Set(text.match(/\{\w+/g) ?? [])].toSorted().join();

function textsOf(file: string): Record<string, string> | string {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch (error) {
    return `${file} is no JSON: ${(error as Error).message}`;
  }
}
