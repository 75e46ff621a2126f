const known = ["en", "de", "fr", "es", "ar"];

/** The language to speak to somebody: their own, else the first their browser names that is spoken here, else English. */
export function languageFor(own: string | undefined, acceptLanguage: string | undefined): string {
  const wished = [own ?? "", ...(acceptLanguage ?? "").slice(0, 200).split(",")];
  const bases = wished.map((one) => one.split(/[-;]/)[0]!.trim().toLowerCase());
  return bases.find((one) => known.includes(one)) ?? "en";
}

/** The direction a language is written in. */
export const directionOf = (language: string): "rtl" | "ltr" => (language === "ar" ? "rtl" : "ltr");
