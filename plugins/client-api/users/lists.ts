import type { Reply } from "rookery/plugin";
import type { Source } from "../../timeline/api.ts";
import { personOf, somebody } from "../posts/people.ts";
import type { Own } from "../settings.ts";
import { answer } from "../wire/answers.ts";
import { authorOf, type Person } from "../wire/author.ts";
import { textOf } from "../wire/input.ts";
import { askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";

const most = 5_000;

/** `GET /users/following/:username`: whom somebody follows, as a bare list. Nothing says who follows them. */
export async function following(call: Call): Promise<Reply> {
  const { theirs, mine, me } = await bothLists(call);
  return answer(theirs.map((source) => shown(call.context, source, { mine, me })));
}

/** `GET /users/discover/:username`: of these, whom the caller does not follow. */
export async function followedByThem(call: Call): Promise<Reply> {
  const { theirs, mine, me } = await bothLists(call);
  const others = theirs.filter(({ id }) => id !== me && !mine.has(id));
  return answer(others.map((source) => shown(call.context, source, { mine, me })));
}

async function bothLists({ context, params, need }: Call) {
  const caller = need("read");
  const me = caller.account.id;
  const { account } = await somebody(context, caller, params.username ?? "");
  const theirs = account ? await askTimeline(context, (store) => store.following(account.id)) : [];
  const own = account?.id === me ? theirs : await askTimeline(context, (store) => store.following(me));
  return { theirs: theirs.slice(0, most), mine: new Set(own.map(({ id }) => id)), me };
}

/** `GET /users/search?q=`: for whoever types a name: people here whose name begins so, and of those one follows who are called so. */
export async function search({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const typed = textOf(input, "q", "query").replace(/^@/, "").toLowerCase();
  if ([...typed].length < 2) return answer([]);
  const own = await askTimeline(context, (store) => store.following(account.id));
  const mine = new Set(own.map(({ id }) => id));
  const here = (await context.accounts.beginningWith(typed)).map((one): Known => ({
    id: one.id,
    person: {
      name: one.name,
      url: new URL(`/people/${one.username}`, context.site.url).href,
      avatar: one.photo,
      handle: one.username,
    },
  }));
  const called = own.filter(({ title, handle }) => [title, handle].some((text) => text.toLowerCase().includes(typed)));
  const known = new Map(
    [...here, ...called.map((source): Known => ({ id: source.id, person: personOf(source) }))].map((one) => [one.id, one]),
  );
  return answer([...known.values()].slice(0, 20).map((one) => listed(context, one, { mine, me: account.id })));
}

/** `GET /users/pins/:username`: nobody is given pins here. */
export async function pins({ context, caller, params }: Call): Promise<Reply> {
  await somebody(context, caller, params.username ?? "");
  return answer([]);
}

type Known = { readonly id: string; readonly person: Person };
type Mine = { readonly mine: ReadonlySet<string>; readonly me: string };

const shown = (context: Own, source: Source, mine: Mine) => listed(context, { id: source.id, person: personOf(source) }, mine);

function listed({ site }: Own, { id, person }: Known, { mine, me }: Mine) {
  const { name, avatar, url, _microblog } = authorOf(site.url, person);
  return { username: _microblog.username, name, avatar, url, is_following: mine.has(id), is_you: id === me };
}
