import { schemePath } from "./scheme-switch.ts";

type Values = Readonly<Record<string, unknown>>;

const part = (values: Values, key: string): string => encodeURIComponent(String(Object.hasOwn(values, key) ? values[key] : ""));

const places: Readonly<Record<string, (values: Values) => string>> = {
  home: () => "",
  archive: () => "archive",
  photos: () => "photos",
  replies: () => "replies",
  bookmarks: () => "bookmarks",
  search: () => "search",
  scheme: () => schemePath.slice(1),
  category: (values) => `categories/${part(values, "slug")}`,
  author: (values) => `authors/${part(values, "handle")}`,
  year: (values) => part(values, "year"),
  month: (values) => `${part(values, "year")}/${part(values, "month")}`,
};

/** The names that `url()` knows. */
export const urlNames: readonly string[] = Object.keys(places);

/** The address of one of the blog's own pages by its name. */
export function urlFor(blogUrl: string, name: string, values: Values): string {
  const place = Object.hasOwn(places, name) ? places[name] : undefined;
  if (!place) throw new Error(`url() knows ${urlNames.join(", ")}, not “${name}”`);
  return blogUrl + place(values);
}
