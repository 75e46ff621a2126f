import type { Json, Reply } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import { authorOf } from "../wire/author.ts";
import type { Caller } from "../wire/caller.ts";
import { feedReply } from "../wire/feed.ts";
import { textOf } from "../wire/input.ts";
import { partOf } from "../wire/paging.ts";
import { askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import { entriesOf } from "./items.ts";
import { personOf, somebody, type Somebody } from "./people.ts";
import { filtered } from "./search.ts";

/** `GET /posts/:username`: who somebody is and what they say; `count=0` is the first alone. */
export async function profile(call: Call): Promise<Reply> {
  const { context, caller, params, request, input } = call;
  const who = await somebody(context, caller, params.username ?? "");
  const part = partOf(input);
  const [category, search] = [textOf(input, "category"), textOf(input, "search", "q")];
  const items: readonly Item[] =
    category || search
      ? await filtered(context, caller, who, { category, search, ...part })
      : (await askTimeline(context, (store) => store.profile(caller?.account.id ?? null, who.source.id, part))).items;
  const { author, more } = await aboutThem(context, caller, who);
  const list = await entriesOf(context, caller, items);
  return feedReply(context, { title: who.source.title, home: who.source.url, path: request.path, items: list, author, more });
}

/** `GET /posts/:username/photos`. */
export async function profilePhotos({ context, caller, params, request, input }: Call): Promise<Reply> {
  const who = await somebody(context, caller, params.username ?? "");
  const part = { ...partOf(input), photos: true };
  const { items } = await askTimeline(context, (store) => store.profile(caller?.account.id ?? null, who.source.id, part));
  const list = await entriesOf(context, caller, items, { hasImages: true });
  return feedReply(context, { title: who.source.title, home: who.source.url, path: request.path, items: list });
}

// Whom somebody follows is shown to people who are signed in; nobody is told who follows them.
async function aboutThem(context: Own, caller: Caller | null, { source, account }: Somebody) {
  const me = caller?.account.id ?? null;
  const theirs = account && me ? await askTimeline(context, (store) => store.following(account.id)) : [];
  const isYou = source.id === me;
  const mine = me && !isYou && theirs.length > 0 ? await askTimeline(context, (store) => store.following(me)) : [];
  const known = new Set([me, ...mine.map(({ id }) => id)]);
  const isFollowing = me !== null && (await askTimeline(context, (store) => store.followed(me, [source.id]))).has(source.id);
  const number = (await context.numbers.of([source.id])).get(source.id) ?? 0;
  const author = authorOf(context.site.url, personOf(source), { is_following: isFollowing, is_you: isYou });
  const more: { readonly [name: string]: Json } = {
    id: String(number),
    username: author._microblog.username,
    bio: account?.bio ?? "",
    pronouns: "",
    is_following: isFollowing,
    is_you: isYou,
    following_count: theirs.length,
    discover_count: isYou ? 0 : theirs.filter(({ id }) => !known.has(id)).length,
  };
  return { author, more };
}
