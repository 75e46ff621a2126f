/** Kinds of pages: each gets some of the names. */
export type PageKind =
  "home" | "post" | "page" | "category" | "date" | "archive" | "list" | "author" | "search" | "error" | "plugin" | "email";

/** A name at the top of a template's data: what it holds, on which pages (all unless told), and a phrase about it. */
export type ContractName = { readonly type: string; readonly on?: readonly PageKind[]; readonly about: string };

const lists: readonly PageKind[] = ["home", "category", "date", "list", "author"];

/** What a template's data holds at its top. */
export const contractNames: Readonly<Record<string, ContractName>> = {
  site: { type: "Site", about: "the installation" },
  blog: { type: "Blog", about: "the blog" },
  page: { type: "Page", about: "this page" },
  theme: { type: "Theme", about: "the theme and its settings" },
  menus: { type: "dict of MenuItem[]", about: "the blog's menus by id" },
  request: { type: "Request", about: "what was asked for" },
  now: { type: "date", about: "the time the page is made" },
  posts: { type: "Post[]", on: lists, about: "the posts of a list" },
  pagination: { type: "Pagination", on: lists, about: "the pages of a list" },
  post: { type: "Post", on: ["post", "page", "email"], about: "the post or page" },
  category: { type: "Category", on: ["category"], about: "the category" },
  author: { type: "Author", on: ["author"], about: "whose posts these are" },
  period: { type: "Period", on: ["date"], about: "the month or year" },
  years: { type: "Year[]", on: ["archive"], about: "all years and months with posts" },
  error: { type: "Error", on: ["error"], about: "what went wrong" },
  view: { type: "html", on: ["plugin"], about: "what the plugin shows" },
};

/** The kinds of pages a template may draw, by the beginning of its name; shared ones (index, partials) draw all of them. */
const kindsOf: readonly (readonly [RegExp, readonly PageKind[]])[] = [
  [/^email\//, ["email"]],
  [/^home$/, ["home"]],
  [/^post(-|$)/, ["post"]],
  [/^page(-|$)/, ["page", "error"]],
  [/^single$/, ["post", "page", "error"]],
  [/^category(-|$)/, ["category"]],
  [/^date$/, ["date"]],
  [/^archive-all$/, ["archive"]],
  [/^archive$/, ["archive", "category", "date", "list", "author"]],
  [/^author(-|$)/, ["author"]],
  [/^(photos|replies|bookmarks)$/, ["list"]],
  [/^search$/, ["search"]],
  [/^error(-|$)/, ["error"]],
  [/^plugin$/, ["plugin"]],
];

const all: readonly PageKind[] = [...new Set([...kindsOf.flatMap(([, kinds]) => kinds), "list"])] as readonly PageKind[];

/** Which kinds of pages a template may draw; `template` is its name, with or without ending. */
export function pageKindsOf(template: string): readonly PageKind[] {
  const name = template.replace(/\.njk$/, "");
  return kindsOf.find(([pattern]) => pattern.test(name))?.[1] ?? all;
}
