import type { Item, ItemPage } from "../../timeline/api.ts";
import { picksOf, topicsOf } from "./picks.ts";
import { openToVisitors, somebody } from "../posts/people.ts";
import { html, type Markup } from "../wire/markup.ts";
import { numberOf } from "../wire/input.ts";
import { askTimeline } from "../wire/peers.ts";
import { nothing, type Drawn, type Visit } from "./frame.ts";
import { postsOf } from "./post.ts";

const size = 40;

/** `hybrid/posts`: the timeline. */
export async function timelinePage(visit: Visit): Promise<Drawn> {
  const account = visit.view.caller!.account;
  return listOf(
    visit,
    visit.say("hybrid.timeline"),
    await askTimeline(visit.context, (store) => store.home(account.id, placeOf(visit))),
  );
}

/** `hybrid/mentions` */
export async function mentionsPage(visit: Visit): Promise<Drawn> {
  const account = visit.view.caller!.account;
  const found = await askTimeline(visit.context, (store) => store.mentions(account.id, placeOf(visit)));
  return listOf(visit, visit.say("hybrid.mentions"), found);
}

/** `hybrid/posts/USERNAME` */
export async function personPage(visit: Visit): Promise<Drawn> {
  const { context, view, params } = visit;
  const { source } = await somebody(context, view.caller, params.username ?? "");
  const reader = view.caller?.account.id ?? null;
  const found = await askTimeline(context, (store) => store.profile(reader, source.id, placeOf(visit)));
  return listOf(visit, source.title, found);
}

/** `hybrid/discover` and `hybrid/discover/SLUG`: what curators picked. */
export async function discoverPage(visit: Visit): Promise<Drawn> {
  const { context, view, params, say, input } = visit;
  const language = view.caller?.account.language;
  const found = await picksOf(context, { topic: params.slug, language, before: numberOf(input.get("before")), limit: size });
  const reader = view.caller?.account.id ?? null;
  const items = await Promise.all(found.numbers.map((number) => askTimeline(context, (store) => store.item(reader, number))));
  const page: ItemPage = { items: items.filter((item): item is Item => item !== null), next: found.next };
  return listOf(visit, found.title || say("hybrid.discover"), page);
}

/** `hybrid/discover/search?q=`: topics of these words; posts of everybody cannot be searched here. */
export async function topicsPage(visit: Visit): Promise<Drawn> {
  const { context, view, say, input } = visit;
  const words = (input.get("q") ?? "").trim().toLowerCase().slice(0, 100);
  const all = await topicsOf(context, view.caller?.account.language);
  const found = all.filter(({ slug, title, emoji }) => `${slug} ${title} ${emoji}`.toLowerCase().includes(words));
  const links = found.map(
    ({ slug, title, emoji }) =>
      html`<li><a href="${new URL(`/discover/${encodeURIComponent(slug)}`, context.site.url).href}">${emoji} ${title}</a></li>`,
  );
  const inside =
    links.length === 0
      ? nothing(say("hybrid.no-topic"))
      : html`<nav>
          <ul>
            ${links}
          </ul>
        </nav>`;
  return { title: say("hybrid.discover"), inside };
}

/** `hybrid/conversation/ID`: from its beginning on. */
export async function conversationPage(visit: Visit): Promise<Drawn> {
  const { context, view, params, say } = visit;
  if (!view.caller) await openToVisitors(context);
  const [reader, number] = [view.caller?.account.id ?? null, numberOf(params.number)];
  const found = number === null ? null : await askTimeline(context, (store) => store.conversation(reader, number));
  const title = say("hybrid.conversation");
  if (!found) return { title, inside: nothing(say("hybrid.nothing")), status: 404 };
  return { title, inside: await postsOf(context, view, [...(found.root ? [found.root] : []), ...found.replies], say) };
}

async function listOf(visit: Visit, title: string, { items, next }: ItemPage): Promise<Drawn> {
  const { context, view, say } = visit;
  const inside = items.length === 0 ? nothing(say("hybrid.nothing")) : await postsOf(context, view, items, say);
  return { title, inside, below: next === null ? null : olderLink(visit, next) };
}

/** The link to the rest of a list, below the posts: what apps walk through ends with the last one. */
export function olderLink({ path, input, say }: Visit, next: number | string): Markup {
  const query = new URLSearchParams(input);
  query.set("before", String(next));
  return html`<nav class="more"><a rel="next" href="${`${path}?${query}`}">${say("hybrid.older")}</a></nav>`;
}

function placeOf({ input }: Visit) {
  const before = numberOf(input.get("before"));
  return { limit: size, ...(before !== null && { before }) };
}
