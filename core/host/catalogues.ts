import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseTexts } from "../languages.ts";

type Catalogue = Readonly<Record<string, string>>;

/** The texts of a folder's `locales/`: the language asked for, else its base language, else English, else the key itself. */
export class Catalogues {
  readonly #read = new Map<string, Catalogue>();

  text(folder: string, language: string, key: string, values: Readonly<Record<string, string | number>> = {}): string {
    const text = this.find(folder, language, key);
    return text?.replace(/\{([A-Za-z0-9_]+)\}/g, (whole, name: string) => String(values[name] ?? whole)) ?? key;
  }

  /** The text as it is written there; null when none of these languages has it. */
  find(folder: string, language: string, key: string): string | null {
    for (const tag of new Set([language, language.split("-")[0]!, "en"])) {
      const catalogue = this.#catalogue(folder, tag);
      if (Object.hasOwn(catalogue, key)) return catalogue[key]!;
    }
    return null;
  }

  /** Forgets what was read, after plugins changed. */
  forget(): void {
    this.#read.clear();
  }

  #catalogue(folder: string, tag: string): Catalogue {
    const path = join(folder, "locales", `${tag.replace(/[^A-Za-z0-9-]/g, "")}.json`);
    let catalogue = this.#read.get(path);
    if (!catalogue) {
      // A file that holds no texts says nothing: manifests and keys speak instead.
      catalogue = (existsSync(path) ? parseTexts(readFileSync(path, "utf8")) : null) ?? {};
      this.#read.set(path, catalogue);
    }
    return catalogue;
  }
}
