type Choice = { readonly value: string; readonly label: string };

const languages =
  "ar bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt pt-BR ro ru sk sl sr sv th tr uk vi zh zh-Hant".split(
    " ",
  );
const named = new Intl.DisplayNames("en", { type: "language" });

/** Languages of a blog by their English name; `current` is there even when it is a rarer one. */
export function languageChoices(current?: string): readonly Choice[] {
  const all = current && !languages.includes(current) ? [...languages, current] : languages;
  return all.map((value) => ({ value, label: named.of(value) ?? value })).sort((a, b) => a.label.localeCompare(b.label));
}

/** Every time zone this machine knows. */
export function zoneChoices(current?: string): readonly Choice[] {
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
  const all = current && !zones.includes(current) ? [...zones, current] : zones;
  return all.map((value) => ({ value, label: value.replaceAll("_", " ") }));
}
