import type { Pagination } from "../context.ts";
import type { MenuItem } from "../objects/menus.ts";
import type { AuthorObject } from "../objects/authors.ts";
import type { Texts } from "../objects/texts.ts";
import { hasBrand, html, type Html } from "../theme-engine/engine.ts";
import { attributes, escape } from "./markup.ts";
import { picture } from "./pictures.ts";

/** A person's card: the blog's owner gets `u-uid` on their own blog, which makes the card of the home page the representative one. */
export function authorCard(author: unknown, blogUrl: string): Html {
  if (!hasBrand("Author", author)) throw new Error("authorCard() takes an author of the page");
  const { name, url, photo, bio, links } = author as AuthorObject;
  const isOwner = url === blogUrl;
  const image = photo
    ? picture(photo, { size: "small", sizes: "6rem", class: "u-photo rk-portrait", loading: "eager" }).toString()
    : "";
  const who = `<a${attributes({ class: `p-name u-url${isOwner ? " u-uid" : ""}`, href: url, rel: isOwner ? "me" : "" })}>${escape(name)}</a>`;
  const note = bio ? `<p class="p-note">${escape(bio)}</p>` : "";
  const list = links
    .map((link) => `<li><a class="u-url" rel="me"${attributes({ href: link.url })}>${escape(link.label)}</a></li>`)
    .join("");
  return html(
    `<div class="h-card rk-card">${image}<p class="rk-name">${who}</p>${note}${list && `<ul class="rk-links">${list}</ul>`}</div>`,
  );
}

/** Links to the newer and older page of a list; nothing when there is only one page. */
export function pager(pagination: unknown, texts: Texts): Html {
  const { newer, older, page, pages } = (pagination ?? {}) as Partial<Pagination>;
  if (!newer && !older) return html("");
  const link = (rel: string, url: string | null | undefined, key: string) =>
    url ? `<a${attributes({ rel, href: url })}>${escape(texts.get(key))}</a>` : "";
  const place = texts.get(pages ? "pager.place" : "page.number", { number: Number(page), pages: Number(pages) });
  return html(
    `<nav class="rk-pager"${attributes({ "aria-label": texts.get("pager.label") })}>${link("prev", newer, "pager.newer")}` +
      `<span class="rk-place">${escape(place)}</span>${link("next", older, "pager.older")}</nav>`,
  );
}

/** A menu as a list of links; nothing for an empty one. */
export function menuList(items: readonly MenuItem[]): Html {
  if (items.length === 0) return html("");
  const entry = (item: MenuItem): string =>
    `<li><a${attributes({ href: item.url, "aria-current": item.current && "page" })}>${escape(item.label)}</a>${menuList(item.children).toString()}</li>`;
  return html(`<ul class="rk-menu">${items.map(entry).join("")}</ul>`);
}
