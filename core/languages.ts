/** Values of a sentence's `{name}` places; several names become a list as the language writes it. */
export type TextValues = Readonly<Record<string, string | number | readonly string[]>>;

/** The language to speak to somebody: what they chose, else what their browser asks for (RFC 9110 §12.5.4), else English. */
export function chooseLanguage(
  available: readonly string[],
  chosen: string | undefined,
  acceptLanguage: string | undefined,
): string {
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
    const wanted = tag.toLowerCase();
    const found = [wanted, wanted.split("-")[0]!].map((name) => available.find((one) => one.toLowerCase() === name));
    const best = found.find((one) => one !== undefined);
    if (best !== undefined) return best;
  }
  return "en";
}

/** Fills `{name}` and `{n, plural, one {# post} other {# posts}}` in, by a language's own rules of number. */
export function formatText(text: string, values: TextValues, language = "en"): string {
  return text
    .replace(/\{(\w+), plural, ((?:=?\w+ \{[^{}]*\} ?)+)\}/g, (_all, name: string, forms: string) => {
      const number = Number(values[name]);
      const wanted = new Intl.PluralRules(language).select(number);
      const found = [...forms.matchAll(/(=?\w+) \{([^{}]*)\}/g)];
      const form = ["=" + number, wanted, "other"].map((one) => found.find((each) => each[1] === one)).find(Boolean);
      return (form?.[2] ?? "").replaceAll("#", new Intl.NumberFormat(language).format(number));
    })
    .replace(/\{(\w+)\}/g, (_all, name: string) => {
      const given = values[name] ?? "";
      // Templates hand over texts as objects that are marked as escaped.
      if (typeof given === "number") return new Intl.NumberFormat(language).format(given);
      const value = Array.isArray(given)
        ? new Intl.ListFormat(language === "en" ? "en-GB" : language).format(given as readonly string[])
        : String(given);
      // A name in other letters must not turn the words around it.
      return directionOf(language) === "rtl" && value !== "" ? `\u2068${value}\u2069` : value;
    });
}

const rightToLeft = new Set("ar arc ckb dv fa ha-arab he ks ku-arab nqo ps sd syr ug ur yi".split(" "));

/** The direction a language is written in. */
export function directionOf(language: string): "ltr" | "rtl" {
  const lower = language.toLowerCase();
  return rightToLeft.has(lower.split("-")[0]!) || /-(arab|hebr)\b/.test(lower) ? "rtl" : "ltr";
}

/** The texts of a locale file; null when it is not a flat JSON object. */
export function parseTexts(source: string): Readonly<Record<string, string>> | null {
  try {
    const value: unknown = JSON.parse(source);
    if (typeof value !== "object" || value === null) return null;
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
