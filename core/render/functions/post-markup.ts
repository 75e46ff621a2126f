import type { Dates } from "../objects/dates.ts";
import type { PostObject } from "../objects/posts.ts";
import type { Texts } from "../objects/texts.ts";
import { hasBrand, html, writtenDate, type Html } from "../theme-engine/engine.ts";
import { attributes, escape } from "./markup.ts";

/** What the markup of posts needs to know of its page. */
export type PostMarkup = {
  readonly language: string;
  readonly showAuthor: boolean;
  readonly dates: Dates;
  readonly texts: Texts;
  /** Stands behind the content of the page's own post, for slots that the template may not print. */
  afterContent(post: PostObject): string;
};

/** The post a template gave, or an error: what a template made itself is no post. */
export function givenPost(value: unknown): PostObject {
  if (!hasBrand("Post", value)) throw new Error("This takes a post of the page");
  return value as PostObject;
}

/** A post's text in `e-content`, with its own language where that is another than the blog's. */
export function postContent(post: PostObject, page: PostMarkup): Html {
  const own = post.language === page.language ? {} : { lang: post.language, dir: post.dir };
  const content = reachable(post.contentHtml.toString());
  const body = content.trim() === "" ? "" : `<div${attributes({ class: "e-content", ...own })}>${content}</div>`;
  return html(body + page.afterContent(post));
}

// Long lines of code and wide tables scroll sideways, and what scrolls must be reachable by keyboard (WCAG 2.1.1).
function reachable(content: string): string {
  if (!content.includes("<pre") && !content.includes("<table")) return content;
  return content.replace(/<(pre|table)(?=[ >])/g, '<$1 tabindex="0"');
}

/** A post's time as its permalink (`dt-published`, `u-url`) and its author (`p-author h-card`, shown only where the blog wants it). */
export function postMeta(post: PostObject, page: PostMarkup, format?: string): Html {
  const published = writtenDate("iso", post.published.getTime(), () => post.published.toISOString());
  const label = page.dates.format(post.published, format);
  const title = format === "time" ? page.dates.format(post.published, "datetime") : "";
  const time = `<time class="dt-published" datetime="${published}"${title && ` title="${escape(title)}"`}>${escape(label)}</time>`;
  const edited = post.updated
    ? ` <time class="dt-updated rk-edited" datetime="${post.updated.toISOString()}">${escape(page.texts.get("post.edited"))}</time>`
    : "";
  const author = post.author;
  const face = author.photo ? `<data class="u-photo" value="${escape(author.photo.src)}"></data>` : "";
  const who = `<a class="p-name u-url" href="${escape(author.url)}">${escape(author.name)}</a>${face}`;
  const by = `<span class="p-author h-card"${page.showAuthor ? "" : " hidden"}>${who}</span>`;
  return html(`<a class="u-url u-uid" href="${escape(post.url)}">${time}</a>${edited} ${by}`);
}
