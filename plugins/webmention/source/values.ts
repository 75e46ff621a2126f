import type { MicroformatItem, MicroformatValue } from "rookery/plugin";

/** Whether a value of a property is an item of its own. */
export function isItem(value: MicroformatValue | undefined): value is MicroformatItem {
  return typeof value === "object" && "properties" in value && typeof value.properties === "object";
}

/** The words of a value. */
export function wordsOf(value: MicroformatValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value.trim();
  if (typeof value.value === "string") return value.value.trim();
  return isItem(value) ? firstWords(value, "name") : "";
}

/** The words of a property's first value. */
export const firstWords = (item: MicroformatItem, name: string): string => wordsOf(item.properties[name]?.[0]);

/** The addresses of a property: values that are addresses, or items with an address. */
export function urlsOf(item: MicroformatItem, name: string): string[] {
  return (item.properties[name] ?? []).flatMap((value) => {
    const own = isItem(value) ? urlsOf(value, "url") : [];
    return own.length > 0 ? own : [wordsOf(value)].filter((one) => /^https?:/i.test(one));
  });
}

/** Whether an item is of a type, such as `h-entry`. */
export const isOf = (item: MicroformatItem, ...types: readonly string[]): boolean =>
  (item.type ?? []).some((one) => types.includes(one));
