import type { Page } from "playwright-core";
import type { ServedPage } from "./theme-pages.ts";

/** What of a post or of the page's frame cannot be seen: the heading, the menu, the words of the posts. */
export async function unreadable(page: Page, { content, blog }: ServedPage): Promise<string[]> {
  const text = squeezed(await page.locator("body").innerText());
  const wanted = [blog.blog.title, ...(content.post ? [wordsOf(content.post.html)] : [])];
  const missing = wanted.filter((words) => words !== "" && !text.includes(squeezed(words)));
  return missing.map((words) => `Not to be seen: ${words}`);
}

// Themes write headings in capitals, and set footnotes aside.
const squeezed = (text: string) => text.replace(/\s+/g, "").toLowerCase();

/** The first words of a text between two of its tags. */
function wordsOf(html: string): string {
  const first = /<p[^>]*>([^<]{3,})/.exec(html)?.[1] ?? "";
  return first.replace(/&[a-z]+;.*/s, "").slice(0, 40);
}

/** Parts of a page that could be scrolled sideways on a screen and are cut off on paper. */
export async function cutOnPaper(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
      .filter((part) => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(part).overflowX))
      // What only a screen reader gets is one pixel wide on purpose.
      .filter((part) => part.clientWidth > 4)
      .map((part) => `${part.tagName}.${part.className}: ${part.scrollWidth} in ${part.clientWidth} px`),
  );
}

/** Ways to other pages that are printed: nobody can follow them on paper. */
export async function waysOnPaper(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("nav, form")]
      .filter((part) => part.checkVisibility())
      .map((part) => `${part.tagName}.${part.className} is printed`),
  );
}
