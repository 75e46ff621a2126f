type Choice = { readonly value: string; readonly label: string };

const languages =
  "ar bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt pt-BR ro ru sk sl sr sv th tr uk vi zh zh-Hant".split(
    " ",
  );

/** Languages of a blog by their names in the reader's language; `current` is there even when it is a rarer one. */
export function languageChoices(reader: string, current?: string): readonly Choice[] {
  const named = new Intl.DisplayNames([reader, "en"], { type: "language" });
  const all = current && !languages.includes(current) ? [...languages, current] : languages;
  return all
    .map((value) => ({ value, label: named.of(value) ?? value }))
    .toSorted((a, b) => a.label.localeCompare(b.label, reader));
}

/** Every time zone this machine knows, by its name in the database of zones: it is the same in every language. */
export function zoneChoices(current?: string): readonly Choice[] {
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
  const all = current && !zones.includes(current) ? [...zones, current] : zones;
  return all.map((value) => ({ value, label: value.replaceAll("_", " ") }));
}
