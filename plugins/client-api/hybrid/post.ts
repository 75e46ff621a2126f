import type { Item } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import { readerFacts } from "../posts/reader.ts";
import { authorOf, shownFace } from "../wire/author.ts";
import { clean, html, type Markup } from "../wire/markup.ts";
import type { View } from "./views.ts";

/** Posts as siblings, each `div.post#post_ID`: apps walk from one to the next, and mark the one that is touched. */
export async function postsOf(context: Own, { caller, look }: View, items: readonly Item[], say: Say): Promise<Markup> {
  const facts = await readerFacts(context, caller, items);
  return html`${items.map((item) => {
    const { avatar, name, _microblog: author } = authorOf(context.site.url, item.author);
    const at = (path: string) => new URL(path, context.site.url).href;
    const face = shownFace(context, avatar);
    const { when, isBookmark, isConversation } = facts(item);
    const person = at(`/${encodeURIComponent(author.username)}`);
    const conversation = `${person}/${item.number}`;
    return html`<div class="post${isConversation ? " is_conversation" : ""}" id="post_${item.number}">
      <div class="post_avatar"><img src="${face}" alt="" width="44" height="44" loading="lazy" /></div>
      <div class="post_body">
        <div class="post_header">
          <a class="post_author" href="${person}"><bdi>${name}</bdi></a>
          <span class="post_username">@<bdi>${author.username}</bdi></span>
          <span class="post_time"
            ><a href="${conversation}"><time datetime="${item.at}">${when}</time></a></span
          >
        </div>
        <div class="post_content" dir="auto" ${item.language && html` lang="${item.language}"`}>
          ${clean(context.images.inHtml(item.html))}
        </div>
        ${look.actions === true && caller && actionsOf(item, isBookmark === true, conversation, say)}
      </div>
    </div>`;
  })}`;
}

/** A text of ours in the reader's language. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

function actionsOf({ number }: Item, isBookmark: boolean, conversation: string, say: Say): Markup {
  const bookmark = isBookmark
    ? html`<a href="microblog://bookmark/${number}" data-message="bookmark_removed">${say("hybrid.unbookmark")}</a>`
    : html`<a href="microblog://bookmark/${number}" data-message="bookmark_added">${say("hybrid.bookmark")}</a>`;
  return html`<div class="post_actions">
    <a href="microblog://reply/${number}">${say("hybrid.reply")}</a>
    <a href="${conversation}">${say("hybrid.conversation")}</a>
    ${bookmark}
  </div>`;
}
