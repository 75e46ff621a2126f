import { isUlid } from "rookery/plugin";
import { clockOf } from "../account/clock.ts";
import { clean, html } from "../wire/markup.ts";
import { numberOf, textOf } from "../wire/input.ts";
import { askPeer } from "../wire/peers.ts";
import type { Bookmarks, SavedPage } from "../wire/shapes.ts";
import { webAddress } from "../wire/typed.ts";
import { whenOf } from "../wire/when.ts";
import { nothing, type Drawn, type Visit } from "./frame.ts";
import { olderLink } from "./lists.ts";

const [kind, size] = ["bookmarks.store", 40];

/** `hybrid/bookmarks` and `hybrid/favorites`: what the reader saved, of one tag where the app names one. */
export async function bookmarksPage(visit: Visit): Promise<Drawn> {
  const { context, view, say, input } = visit;
  const { account } = view.caller!;
  const [tag, before] = [textOf(input, "tag").toLowerCase(), textOf(input, "before")];
  const filter = { limit: size, ...(tag !== "" && { tag }), ...(isUlid(before) && { before }) };
  const marks = await askPeer(context, kind, {
    question: (store: Bookmarks) => store.list(account.id, filter),
    otherwise: [] as readonly SavedPage[],
  });
  const [clock, now] = [await clockOf(context, account), context.clock.now()];
  const rows = marks.map(({ number, url, title, tags, savedAt, copy }) => {
    const reading = new URL(`/bookmarks/${number}`, context.site.url).href;
    return html`<div class="post bookmark" id="post_${number}">
      <div class="post_body">
        <div class="post_content" dir="auto">
          <p><a href="${webAddress(url)}">${title || url}</a></p>
        </div>
        ${copy.state === "kept" && html`<p class="post_archived_links"><a href="${reading}">${say("hybrid.read")}</a></p>`}
        <span class="post_time"><time datetime="${savedAt}">${whenOf(savedAt, now, clock)}</time></span>
        ${view.look.tags === true && tags.length > 0 && html`<span class="post_tags">${tags.join(", ")}</span>`}
      </div>
    </div>`;
  });
  return {
    title: say("hybrid.bookmarks"),
    inside: rows.length === 0 ? nothing(say("hybrid.nothing")) : html`${rows}`,
    below: marks.length === size ? olderLink(visit, marks.at(-1)!.id) : null,
  };
}

/** `hybrid/bookmarks/LINKID`: the copy of a saved page, to be read in peace by whoever saved it. */
export async function readingPage({ context, view, params, say }: Visit): Promise<Drawn> {
  const { account } = view.caller!;
  const number = numberOf(params.link);
  const subject = number === null ? null : await context.numbers.subject(number);
  const copy =
    subject &&
    (await askPeer(context, kind, { question: (store: Bookmarks) => store.copyOf(account.id, subject.id), otherwise: null }));
  if (!copy) return { title: say("hybrid.bookmarks"), inside: nothing(say("hybrid.no-copy")), status: 404 };
  const { title, author, site, html: text } = copy;
  const inside = html`<article class="page" dir="auto">
    <h1>${title}</h1>
    <p class="post_username">${[author, site].filter((one) => one !== "").join(" · ")}</p>
    ${clean(text)}
  </article>`;
  return { title, inside };
}
