import { menusOf, type MenuEntry } from "../../blogs/menus.ts";
import type { Blog, Category } from "../../hooks/values.ts";
import type { MenuPage } from "../facts.ts";
import { pageUrl } from "./images.ts";
import type { Texts } from "./texts.ts";

/** An entry of a menu as templates print it. */
export type MenuItem = {
  readonly label: string;
  readonly url: string;
  readonly current: boolean;
  readonly children: readonly MenuItem[];
};

/** What menus are made of. */
export type MenuParts = {
  readonly blog: Blog;
  /** Path of the page that is drawn. */
  readonly here: string;
  readonly facts: { readonly pages: readonly MenuPage[]; readonly categories: readonly Category[]; readonly total: number };
  readonly texts: Texts;
  /** Pages of plugins that want to be found. */
  readonly navigation: readonly { readonly title: string; readonly path: string }[];
};

type Link = { readonly label: string; readonly url: string };
const mostAutomatic = 12;

/** The menus of a blog by id: those its people made, and `main` by itself when nobody made it. */
export function menuObjects(parts: MenuParts): Record<string, readonly MenuItem[]> {
  const made = Object.entries(menusOf(parts.blog)).map(([id, entries]) => [id, itemsOf(parts, entries)] as const);
  return { main: automatic(parts), ...Object.fromEntries(made) };
}

function automatic({ blog, here, facts, texts, navigation }: MenuParts): MenuItem[] {
  const pages = [...facts.pages.filter(({ inMenu }) => inMenu), ...navigation].slice(0, mostAutomatic);
  const links = pages.map(({ title, path }) => ({ label: title || path, url: urlOf(blog, encodeURI(path)) }));
  const archive = facts.total > 0 ? [{ label: texts.get("archive.title"), url: `${blog.url}archive` }] : [];
  return [...links, ...archive].map((link) => item(blog, here, link, []));
}

// An entry whose page is gone is left out; what stood under it moves up.
function itemsOf(parts: MenuParts, entries: readonly MenuEntry[]): MenuItem[] {
  const groups: { link: Link; children: MenuItem[] }[] = [];
  let isUnder = false;
  for (const entry of entries) {
    const link = linkOf(parts, entry);
    if (entry.level === 0) isUnder = link !== null;
    if (!link) continue;
    const above = entry.level === 1 && isUnder ? groups.at(-1) : undefined;
    if (above) above.children.push(item(parts.blog, parts.here, link, []));
    else groups.push({ link, children: [] });
  }
  return groups.map(({ link, children }) => item(parts.blog, parts.here, link, children));
}

function linkOf({ blog, facts, texts }: MenuParts, { target, label }: MenuEntry): Link | null {
  switch (target.kind) {
    case "page": {
      const page = facts.pages.find(({ id }) => id === target.id);
      return page ? { label: label || page.title || page.path, url: urlOf(blog, encodeURI(page.path)) } : null;
    }
    case "category": {
      const found = facts.categories.find(({ id }) => id === target.id);
      return found ? { label: label || found.name, url: `${blog.url}categories/${encodeURIComponent(found.slug)}` } : null;
    }
    case "list":
      return target.list === "home"
        ? { label: label || blog.title, url: blog.url }
        : { label: label || texts.get("archive.title"), url: `${blog.url}archive` };
    case "url": {
      const url = pageUrl(target.url);
      return url === null ? null : { label, url };
    }
  }
}

function item(blog: Blog, here: string, { label, url }: Link, children: readonly MenuItem[]): MenuItem {
  const path = url.startsWith(blog.url) ? `/${url.slice(blog.url.length)}` : url;
  return { label, url, current: path === here, children };
}

function urlOf(blog: Blog, path: string): string {
  return blog.url.slice(0, -1) + path;
}
