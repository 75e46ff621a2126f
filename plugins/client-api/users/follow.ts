import { PublicError, type Reply } from "rookery/plugin";
import type { Source } from "../../timeline/api.ts";
import { somebodyIfAny } from "../posts/people.ts";
import { behindOwnFeed } from "../reader/own-feed.ts";
import { answer, done, invalid, missing } from "../wire/answers.ts";
import { textOf } from "../wire/input.ts";
import { askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";

/** `POST /users/follow`: somebody here, a blog, an address with a feed, or whoever other plugins know. */
export async function follow({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("follow");
  const source = await askTimeline(context, (store) => store.resolve(behindOwnFeed(wantedIn(input), context.site.url)), 25_000);
  if (!source) throw missing("There is nobody and nothing of this name to follow.");
  if (source.id === account.id) throw new PublicError("invalid_request", "You see your own posts already.", 400);
  await askTimeline(context, (store) => store.follow(account.id, source.id));
  return done();
}

/** `GET /users/follow`, where the pages of blogs say one follows: for a browser, which is led to who is meant. */
export function followPage({ input }: Call): Reply {
  const name = textOf(input, "username").replace(/^@/, "");
  return { status: 303, headers: { location: name === "" ? "/following" : `/people/${encodeURIComponent(name)}` } };
}

/** `POST /users/unfollow`: ends it; also what was not there. */
export async function unfollow(call: Call): Promise<Reply> {
  const { context, input, need } = call;
  const caller = need("follow");
  const wanted = behindOwnFeed(wantedIn(input), context.site.url);
  const source = (await somebodyIfAny(context, caller, wanted))?.source ?? (await followedAt(call, caller.account.id, wanted));
  if (!source) throw missing("There is nobody and nothing of this name here.");
  await askTimeline(context, (store) => store.unfollow(caller.account.id, source.id));
  return done();
}

// A feed is known by its address, with or without what apps leave out.
async function followedAt({ context }: Call, accountId: string, wanted: string): Promise<Source | undefined> {
  const bare = (url: string) =>
    url
      .replace(/^https?:\/\//i, "")
      .replace(/\/+$/, "")
      .toLowerCase();
  const blog = await context.blogAt(wanted);
  const all = await askTimeline(context, (store) => store.following(accountId));
  return all.find(({ id, url, key }) => id === blog?.id || [url, key].some((one) => bare(one) === bare(wanted)));
}

/** `GET /users/is_following`. */
export async function isFollowing({ context, input, need }: Call): Promise<Reply> {
  const caller = need("read");
  const found = await somebodyIfAny(context, caller, wantedIn(input));
  if (!found) throw missing("There is nobody of this name here.");
  const { id } = found.source;
  const followed = await askTimeline(context, (store) => store.followed(caller.account.id, [id]));
  return answer({ is_following: followed.has(id), is_you: id === caller.account.id });
}

function wantedIn(input: URLSearchParams): string {
  const wanted = textOf(input, "username", "feed_url", "url");
  if (wanted === "") throw invalid("Say whom: the field username is empty.");
  return wanted;
}
