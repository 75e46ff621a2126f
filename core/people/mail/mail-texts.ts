import { readdirSync, readFileSync } from "node:fs";

/** Values of a mail's `{name}` places. */
export type MailValues = Readonly<Record<string, string | number>>;

const folder = new URL("locales/", import.meta.url);
const catalogues = new Map<string, Readonly<Record<string, string>>>();

/** The languages that mail is written in, by their tags. */
export const mailLanguages: readonly string[] = readdirSync(folder)
  .map((name) => name.replace(/\.json$/, ""))
  .toSorted();

/** Subject and text of a template in a language (or its base, or English); a template that is nowhere is an error of ours. */
export function writeMail(template: string, language: string, values: MailValues): { subject: string; text: string } {
  const text = (key: string) => {
    const found = [language.toLowerCase(), language.toLowerCase().split("-")[0]!, "en"]
      .map((tag) => catalogue(tag)[key])
      .find((one) => one !== undefined);
    if (found === undefined) throw new Error(`There is no mail text “${key}”`);
    return found.replace(/\{(\w+)\}/g, (_all, name: string) => oneLine(values[name]));
  };
  return { subject: text(`${template}.subject`), text: `${text(`${template}.text`)}\n\n${text("footer")}` };
}

/** Whether there is a template of this name. */
export function hasTemplate(template: string): boolean {
  return `${template}.subject` in catalogue("en");
}

// A name cannot write paragraphs of its own into a mail of ours.
function oneLine(value: string | number | undefined): string {
  return String(value ?? "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .slice(0, 2000);
}

function catalogue(language: string): Readonly<Record<string, string>> {
  let found = catalogues.get(language);
  if (!found) {
    found = mailLanguages.includes(language)
      ? (JSON.parse(readFileSync(new URL(`${language}.json`, folder), "utf8")) as Record<string, string>)
      : {};
    catalogues.set(language, found);
  }
  return found;
}
