import type { Source } from "../../timeline/api.ts";
import { somebody } from "../posts/people.ts";
import { authorOf, shownFace } from "../wire/author.ts";
import { html } from "../wire/markup.ts";
import { askTimeline } from "../wire/peers.ts";
import { nothing, type Drawn, type Visit } from "./frame.ts";

/** `hybrid/following/USERNAME`: whom somebody of this installation follows. */
export function followingPage(visit: Visit): Promise<Drawn> {
  return listOf(visit, () => true);
}

/** `hybrid/users/discover/USERNAME`: those among them whom the reader does not follow. */
export async function unknownPage(visit: Visit): Promise<Drawn> {
  const { context, view } = visit;
  const mine = await askTimeline(context, (store) => store.following(view.caller!.account.id));
  const known = new Set([view.caller!.account.id, ...mine.map(({ id }) => id)]);
  return listOf(visit, ({ id }) => !known.has(id));
}

async function listOf({ context, view, params, say }: Visit, isWanted: (source: Source) => boolean): Promise<Drawn> {
  const { source, account } = await somebody(context, view.caller, params.username ?? "");
  const all = account ? await askTimeline(context, (store) => store.following(account.id)) : [];
  const rows = all.filter(isWanted).map((one) => {
    const { avatar, name, _microblog: author } = authorOf(context.site.url, { ...one, name: one.title });
    const face = shownFace(context, avatar);
    return html`<div class="post" data-person="${author.username}">
      <div class="post_avatar"><img src="${face}" alt="" width="44" height="44" loading="lazy" /></div>
      <div class="post_body">
        <a class="post_author" href="${new URL(`/${encodeURIComponent(author.username)}`, context.site.url).href}"
          ><bdi>${name}</bdi></a
        >
        <span class="post_username">@<bdi>${author.username}</bdi></span>
      </div>
    </div>`;
  });
  return { title: source.title, inside: rows.length === 0 ? nothing(say("hybrid.nobody")) : html`${rows}` };
}
