import { sanitise } from "rookery/plugin";
import { authorOf, type Person } from "../wire/author.ts";
import { clean, html, type Markup } from "../wire/markup.ts";
import { webAddress } from "../wire/typed.ts";

/** One post or reply as a widget shows it. HTML may be anybody's. */
export type WidgetPost = {
  readonly number: number;
  readonly url: string;
  readonly html: string;
  readonly at: string;
  readonly author: Person;
};

/** A post with whoever wrote it, by the class names that themes of the field style. */
export function postWithAuthor(siteUrl: string, post: WidgetPost): Markup {
  const { name, url, avatar, _microblog: author } = authorOf(siteUrl, post.author);
  return html`<div class="microblog_post">
    <div class="microblog_user">
      <img class="microblog_avatar" src="${avatar}" alt="" width="20" height="20" /><a
        class="microblog_fullname"
        href="${url || webAddress(post.url)}"
        >${name}</a
      >
      <span class="microblog_username">@${author.username}</span>
    </div>
    ${wordsOf(post)}
  </div>`;
}

/** A post alone. */
export const postAlone = (post: WidgetPost): Markup => html`<div class="microblog_post">${wordsOf(post)}</div>`;

function wordsOf(post: WidgetPost): Markup {
  // It runs in the page of a stranger: cleaned once more, whatever it was before.
  return html`<div class="microblog_text">${clean(sanitise(post.html, "untrusted"))}</div>
    <div class="microblog_time">
      <a href="${webAddress(post.url)}"><time datetime="${post.at}">${post.at.slice(0, 10)}</time></a>
    </div>`;
}
