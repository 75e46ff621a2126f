import type { Context, Post, Reply } from "rookery/plugin";
import { needScope, type Caller } from "../caller.ts";
import { changed } from "../entry/change.ts";
import { firstText, type Values } from "../entry/mf2.ts";
import { entryOf } from "../entry/source-of.ts";
import { invalid } from "../problem.ts";
import type { Change, Wish } from "../read/wish.ts";
import { created, draftFrom, refusalOf } from "./create.ts";
import { targetsOf } from "./targets.ts";

// What a client may not change, though it gets to read it; and commands, which are no properties (Micropub §3.1).
const isFixed = (name: string): boolean => ["url", "uid", "author"].includes(name) || name.startsWith("mp-");

/** Changes a post as one: all of it, or nothing (Micropub §3.4). 200, or 201 with the address when that is another one now. */
export async function update(context: Context, caller: Caller, wish: Wish): Promise<Reply> {
  needScope(caller, "update");
  if (!wish.url) throw invalid("An update says the url of its post.");
  const change = sensible(wish.change!);
  const targets = await targetsOf(context, wish.commands["syndicate-to"]);
  for (let tries = 1; ; tries++) {
    const before = await postAt(context, wish.url);
    const draft = await draftFrom(
      context,
      { type: entryOf(before).type, properties: changed(entryOf(before).properties, change) },
      before,
    );
    const outcome = await context.posts.publish({ ...draft, ...nowOf(context, before, change), ...(targets && { targets }) });
    if (!outcome.ok && outcome.refusal.key === "post.changed" && tries < 4) continue;
    if (!outcome.ok) throw refusalOf(outcome.refusal);
    const isMoved = context.posts.addressOf(before) !== context.posts.addressOf(outcome.post);
    return isMoved ? created(context, outcome.post) : { status: 200, json: {}, headers: { "cache-control": "no-store" } };
  }
}

/** The post at an address, in any state but the trash; 400 when there is none. */
export async function postAt(context: Context, url: string): Promise<Post> {
  const post = await context.posts.byUrl(url, { any: true });
  if (!post || post.status === "trash") throw invalid("There is no post at this url.");
  return post;
}

// An empty post-status, as the mobile app sends with every edit, changes nothing.
function sensible(change: Change): Change {
  const isEmpty = (values: Values[string] | undefined) => values !== undefined && !firstText(values);
  const isUnsaid = isEmpty(change.replace["post-status"]);
  const left = (values: Values, more: (name: string) => boolean = () => false): Values =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !isFixed(name) && !more(name)));
  return {
    ...change,
    replace: left(change.replace, (name) => isUnsaid && name === "post-status"),
    add: left(change.add),
    remove: left(change.remove),
  };
}

// A draft that goes out goes out now, unless somebody said when, or it was out before: then it is where and when it was.
function nowOf(context: Context, before: Post, change: Change): { publishedAt?: string } {
  const goesOut = before.status === "draft" && firstText(change.replace["post-status"]) === "published";
  const isDated = change.replace.published !== undefined || change.add.published !== undefined;
  const now = context.clock.now();
  const isAhead = before.publishedAt !== null && Date.parse(before.publishedAt) > now.getTime();
  return goesOut && !isDated && !isAhead && before.path === "" ? { publishedAt: now.toISOString() } : {};
}
