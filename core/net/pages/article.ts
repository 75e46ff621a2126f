import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { isTooDeep } from "./depth.ts";

/** What somebody would read of a page. `html` is not clean yet: it must go through `sanitise`. */
export type Article = {
  readonly title: string;
  readonly author: string;
  readonly html: string;
  readonly text: string;
  readonly excerpt: string;
  readonly siteName: string;
  readonly language: string;
  readonly publishedAt: string;
};

const mostElements = 20_000;

/** Finds the article of a page here and now, however long it takes; only for the thread that reads pages. */
export function articleOf(html: string, url: string): Article | null {
  if (isTooDeep(html)) return null;
  const whole = /<body[\s>]/i.test(html) ? html : `<!doctype html><html><head></head><body>${html}</body></html>`;
  const { document } = parseHTML(whole);
  const base = document.querySelector("base[href]") ?? document.head.appendChild(document.createElement("base"));
  base.setAttribute("href", URL.parse(base.getAttribute("href") ?? "", url)?.href ?? url);
  const found = new Readability(document as never, { maxElemsToParse: mostElements }).parse();
  if (!found?.content || !found.textContent?.trim()) return null;
  const line = (text: string | null | undefined) => (text ?? "").replace(/\s+/g, " ").trim().slice(0, 500);
  return {
    title: line(found.title),
    author: line(found.byline),
    html: found.content,
    text: found.textContent.replace(/[ \t]+/g, " ").trim(),
    excerpt: line(found.excerpt),
    siteName: line(found.siteName),
    language: line(found.lang).slice(0, 35),
    publishedAt: line(found.publishedTime).slice(0, 40),
  };
}
