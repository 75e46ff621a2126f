import type { Post } from "rookery/plugin";
import type { Own } from "../settings.ts";
import type { Facts, Mention } from "../source/facts.ts";
import { ownSource } from "../source/own-source.ts";
import { webSource } from "../source/web-source.ts";
import { isVouched, knowSite } from "../vouch.ts";
import { spotOf } from "./target.ts";
import { keepComments, removeComments } from "./nested.ts";
import { namesOf, noteReceived, receivedFrom, wantChecked, type Received } from "./received.ts";

// Five minutes, an hour, six hours: then the source is left alone, and what was there of it stays.
const waits = [300, 3_600, 21_600] as const;

/** Looks at a source and does what follows from it: stores, changes or removes what it said. Twice is once. */
export async function check(context: Own, one: Received): Promise<void> {
  const post = await context.posts.byId(one.postId);
  if (post?.status !== "published" || post.visibility === "private")
    return end(context, one, { state: "rejected", reason: "no-post" });
  const spot = await spotOf(context, one.target);
  if (!spot && !(await context.blogAt(one.target))) return end(context, one, { state: "rejected", reason: "no-post" });
  const facts = await lookAt(context, one);
  switch (facts.state) {
    case "found":
      // Of what is said under a post nobody likes or reposts the post.
      if (spot && facts.mention.kind !== "reply" && facts.mention.kind !== "mention")
        return end(context, one, { state: "rejected", reason: "unwanted" });
      return keep(context, one, post, { ...facts.mention, ...(spot && { parentSource: spot.parentSource }) });
    case "gone":
    case "no-link":
      await forget(context, one);
      return end(context, one, { state: one.storedAs === "" ? "rejected" : "deleted", reason: facts.state, nested: [] });
    case "refused":
      return end(context, one, { state: "rejected", reason: facts.reason });
    case "later":
      return later(context, one);
  }
}

async function lookAt(context: Own, { source, target }: Received): Promise<Facts> {
  // Our own addresses before the network: the guard would refuse this machine, and should.
  const blog = await context.blogAt(source);
  return blog ? ownSource(context, blog, source, target) : webSource(context, source, target);
}

async function keep(context: Own, one: Received, post: Post, mention: Mention & { parentSource?: string }): Promise<void> {
  const vouched = await vouchedBy(context, one);
  if (vouched === "later") return later(context, one);
  if (vouched === "no") return end(context, one, { state: "rejected", reason: "vouch" });
  const storedAs = await nameFor(context, one, post);
  const parentSource = mention.parentSource ?? (await parentOf(context, mention));
  const stored = await context.interactions.receive({
    kind: mention.kind,
    source: storedAs,
    postId: post.id,
    author: mention.author,
    html: mention.html,
    properties: { ...mention.properties, ...(vouched !== null && { vouch: vouched }) },
    ...(mention.publishedAt !== undefined && { publishedAt: mention.publishedAt }),
    ...(mention.accountId !== undefined && { accountId: mention.accountId }),
    ...(parentSource !== undefined && { parentSource }),
  });
  // Blocked, or deleted by the blog's people: the sender need not know which.
  if (!stored) {
    await removeComments(context, one, new Set());
    return end(context, one, { state: "rejected", reason: "unwanted", nested: [] });
  }
  if (stored.state === "visible") await knowSite(context, one.source, true);
  // Whoever waits for a yes, or was hidden, brings nobody along: anything can be written in the name of somebody we know.
  const isHeard = context.settings.salmention && stored.state === "visible";
  const nested = await keepComments(context, one, stored, isHeard ? mention.comments : []);
  return end(context, one, { state: stored.state === "visible" ? "accepted" : "held", reason: "", storedAs, nested });
}

// A page that mentions several posts of a blog is stored once for each: the first under its own address.
async function nameFor(context: Own, one: Received, { id, number }: Post): Promise<string> {
  if (one.storedAs !== "") return one.storedAs;
  const names = await namesOf(context, one.source);
  const isTaken = names.some(({ postId, storedAs }) => storedAs === one.source && postId !== id);
  const other = isTaken ? null : await context.interactions.bySource(one.source);
  if (!isTaken && (other === null || other.postId === id)) return one.source;
  return `${one.source}${one.source.includes("#") ? "," : "#"}to-${number}`;
}

async function parentOf(context: Own, { alsoAnswers }: Mention): Promise<string | undefined> {
  for (const url of alsoAnswers.slice(0, 10)) if (await context.interactions.bySource(url)) return url;
  return undefined;
}

// What vouches for it; null when nothing has to, "no" when what should does not.
async function vouchedBy(context: Own, { vouch, source }: Received): Promise<string | null | "no" | "later"> {
  if (!context.settings.vouch || vouch === null) return null;
  try {
    return (await isVouched(context, vouch, source)) ? vouch : "no";
  } catch {
    return "later";
  }
}

async function forget(context: Own, one: Received): Promise<void> {
  // Its name is not noted where it was sent again while we looked.
  const name = one.storedAs || one.source;
  // The same page may have been sent for the post too, and for what is said under it: whether it still links there is looked at first.
  const others = (await receivedFrom(context, one.source)).filter(
    ({ id, storedAs, state }) => id !== one.id && storedAs === name && state === "accepted",
  );
  for (const { source, target, postId, vouch } of others) await wantChecked(context, { source, target, postId, vouch });
  if (others.length > 0) return;
  const stored = await context.interactions.bySource(name);
  if (stored?.via === context.pluginId && stored.postId === one.postId) await context.interactions.removeBySource(name);
  await removeComments(context, one, new Set());
}

/** Puts one off; after the last time it is left alone, and what was there of it stays. */
export async function later(context: Own, one: Received): Promise<void> {
  const wait = waits[one.attempts];
  if (wait === undefined) return end(context, one, { state: "rejected", reason: "unreachable" });
  await end(context, one, { state: "later", reason: "", attempts: one.attempts + 1 });
  await context.enqueue("again", { id: one.id }, { key: `again ${one.id}`, in: { seconds: wait } });
}

const end = (context: Own, one: Received, change: Partial<Received>): Promise<void> =>
  noteReceived(context, { ...one, ...change });
