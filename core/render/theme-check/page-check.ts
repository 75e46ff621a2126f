import type { ThemeCode } from "./codes.ts";
import type { DrawnPage } from "./drawn-pages.ts";
import { finding, type ThemeFinding } from "./finding.ts";
import { accessProblems } from "./access-check.ts";
import { microformatProblems } from "./microformats-check.ts";
import { elementsIn, textIn, type MarkupElement } from "./page-markup.ts";

/** What is wrong with a drawn page. */
export type PageProblem = readonly [code: ThemeCode, message: string];

/** T309, T312, T405 to T410, T412, T6xx, T7xx: what shows only when pages are drawn. Each kind of finding once a template. */
export function pageFindings(pages: readonly DrawnPage[], themeId: string): ThemeFinding[] {
  const found = new Map<string, ThemeFinding>();
  const add = (one: ThemeFinding) => {
    const key = `${one.code} ${one.file} ${one.line}`;
    if (!found.has(key)) found.set(key, one);
  };
  for (const page of pages) {
    const own = page.errors.filter(({ template }) => template.startsWith(`${themeId}/`));
    for (const { template, line, message } of own) {
      const file = `templates/${template.slice(themeId.length + 1).replace(/ \(own copy\)$/, "")}`;
      add(finding("T309", { file, line }, `${message} (on: ${page.page.name})`));
    }
    if (page.isTooLarge) {
      add(finding("T412", { file: `templates/${page.template}` }, `It has ${page.html.length} letters (on: ${page.page.name})`));
      continue;
    }
    // What a page looks like that fell back to the parent's is not this theme's.
    if (page.errors.length > 0) continue;
    const file = `templates/${page.template}`;
    for (const [code, message] of problemsOf(page)) add(finding(code, { file }, `${message} (on: ${page.page.name})`));
  }
  return [...found.values()];
}

function* problemsOf(page: DrawnPage): Generator<PageProblem> {
  yield* documentProblems(page);
  yield* microformatProblems(page);
  yield* accessProblems(page.root);
}

function* documentProblems({ html, root, page }: DrawnPage): Generator<PageProblem> {
  const all = elementsIn(root);
  const count = (tag: string) => all.filter((element) => element.tag === tag).length;
  if (!/^\s*<!doctype html>/i.test(html)) yield ["T410", "The page begins without <!doctype html>."];
  const document = all.find(({ tag }) => tag === "html");
  const { language } = page.blog.blog;
  const dir = language === "ar" ? "rtl" : "ltr";
  if (document?.attributes.get("lang") !== language || document.attributes.get("dir") !== dir)
    yield [
      "T405",
      `<html> says lang="${document?.attributes.get("lang") ?? ""}" dir="${document?.attributes.get("dir") ?? ""}", where the blog has ${language} and ${dir}.`,
    ];
  if (count("main") !== 1) yield ["T406", `The page has ${count("main")} main elements.`];
  if (count("h1") !== 1) yield ["T407", `The page has ${count("h1")} h1 elements.`];
  if (!hasSkipLink(all)) yield ["T408", "The first link does not lead to what the page is about."];
  const older = page.content.list?.older;
  if (
    older &&
    !linksIn(all.filter(({ tag }) => tag === "main")).some((href) => href.endsWith(older) || href.endsWith("/archive"))
  )
    yield ["T409", "There are older posts, but no link leads to them."];
  const odd = /\bundefined\b|\[object \w+\]|\bNaN\b/.exec(
    textIn(root) + all.flatMap(({ attributes }) => [...attributes.values()]).join(" "),
  );
  if (odd) yield ["T312", `The page prints “${odd[0]}”.`];
}

function linksIn(parts: readonly MarkupElement[]): string[] {
  return parts.flatMap((part) => elementsIn(part).map(({ attributes }) => attributes.get("href") ?? ""));
}

function hasSkipLink(all: readonly MarkupElement[]): boolean {
  const first = all.find(({ tag, attributes }) => tag === "a" && attributes.has("href"))?.attributes.get("href") ?? "";
  return first.length > 1 && first.startsWith("#") && all.some(({ attributes }) => attributes.get("id") === first.slice(1));
}
