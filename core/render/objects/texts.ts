import type { TemplateFolder } from "../themes/theme.ts";

const plurals = new Map<string, Intl.PluralRules>();

/** The words a page uses, from the locales of the theme chain in the blog's language, else in English. */
export class Texts {
  readonly #catalogues: readonly Readonly<Record<string, string>>[];
  readonly #language: string;

  constructor(folders: readonly TemplateFolder[], language: string) {
    this.#language = /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(language) ? language.toLowerCase() : "en";
    const languages = [...new Set([this.#language, this.#language.split("-")[0]!, "en"])];
    this.#catalogues = languages
      .flatMap((language) => folders.map((folder) => folder.texts(language)))
      .filter((texts) => texts !== null);
  }

  /** A text with `{name}` replaced; `count` picks among `key.one`, `key.other`… An unknown key stands for itself. */
  get(key: string, values: Readonly<Record<string, unknown>> = {}): string {
    const { count } = values;
    const counted =
      typeof count === "number" ? (this.#find(`${key}.${this.#plural(count)}`) ?? this.#find(`${key}.other`)) : undefined;
    const text = counted ?? this.#find(key) ?? key;
    if (!text.includes("{")) return text;
    return text.replace(/\{([a-z][a-zA-Z0-9]*)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return typeof value === "string" || typeof value === "number" ? String(value) : whole;
    });
  }

  #find(key: string): string | undefined {
    for (const catalogue of this.#catalogues) if (Object.hasOwn(catalogue, key)) return catalogue[key];
    return undefined;
  }

  #plural(count: number): string {
    let rules = plurals.get(this.#language);
    if (!rules) plurals.set(this.#language, (rules = new Intl.PluralRules(this.#language)));
    return rules.select(count);
  }
}
