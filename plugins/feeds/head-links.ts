import type { Blog, HeadTag, PageFacts } from "rookery/plugin";
import { formats } from "./feed.ts";

/** The links by which readers find the feeds: a category's own first on its page, then the blog's. */
export function headLinks(blog: Blog, page: PageFacts): HeadTag[] {
  const slug = page.type === "category" ? /^\/categories\/([^/]+)\/?$/.exec(page.path)?.[1] : undefined;
  const own = slug === undefined ? [] : linksTo(`/categories/${encodeURI(decodeSafely(slug))}/`, `${blog.title}: ${page.title}`);
  return [...own, ...linksTo("/", blog.title)];
}

function linksTo(folder: string, title: string): HeadTag[] {
  return Object.values(formats).map(({ file, type, name }) => ({
    tag: "link",
    attributes: { rel: "alternate", type, title: `${title} (${name})`, href: folder + file },
  }));
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
