import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Catalogue = Readonly<Record<string, string>>;

/** The texts of a folder's `locales/`: the language asked for, else its base language, else English, else the key itself. */
export class Catalogues {
  readonly #read = new Map<string, Catalogue>();

  text(folder: string, language: string, key: string, values: Readonly<Record<string, string | number>> = {}): string {
    for (const tag of new Set([language, language.split("-")[0]!, "en"])) {
      const text = this.#catalogue(folder, tag)[key];
      if (text !== undefined) return text.replace(/\{([A-Za-z0-9_]+)\}/g, (whole, name: string) => String(values[name] ?? whole));
    }
    return key;
  }

  /** Forgets what was read, after plugins changed. */
  forget(): void {
    this.#read.clear();
  }

  #catalogue(folder: string, tag: string): Catalogue {
    const path = join(folder, "locales", `${tag.replace(/[^A-Za-z0-9-]/g, "")}.json`);
    let catalogue = this.#read.get(path);
    if (!catalogue) {
      catalogue = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Catalogue) : {};
      this.#read.set(path, catalogue);
    }
    return catalogue;
  }
}
