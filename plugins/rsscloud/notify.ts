import type { Context, Json, Post } from "rookery/plugin";
import { hashOf, isOver, subscribers, type Subscriber } from "./subscribers.ts";

const batch = 20;
/** Minutes between tries with one reader. */
const pauses = [1, 10, 60] as const;
/** Who failed so often in a row is forgotten. */
const hopeless = 20;

/** Starts telling readers of a post that appeared, changed or went; private and unlisted ones are told to nobody. */
export async function announce(context: Context, posts: readonly Post[]): Promise<void> {
  const feeds = new Set<string>();
  for (const post of posts.filter(({ visibility }) => visibility === "public"))
    for (const url of (await context.call("topics.of", { post })) as string[]) feeds.add(url);
  for (const url of feeds) {
    const feed = hashOf(url);
    const [anybody] = await subscribers(context).find({ feed }, { limit: 1 });
    if (anybody) await context.enqueue("notify", { feed, after: "" }, { key: `notify ${feed}` });
  }
}

/** Tells the next readers of a feed, and starts telling those after them. */
export async function notifyBatch(context: Context, data: Json): Promise<void> {
  const { feed, after } = data as { feed: string; after: string };
  const page = await subscribers(context).find({ feed }, { limit: batch, ...(after && { after }) });
  await Promise.all(page.map(({ id, value }) => notify(context, id, value, 0)));
  const last = page.at(-1);
  if (last && page.length === batch) await context.enqueue("notify", { feed, after: last.id });
}

/** Tells one reader again. */
export async function notifyAgain(context: Context, data: Json): Promise<void> {
  const { id, attempt } = data as { id: string; attempt: number };
  const one = await subscribers(context).get(id);
  if (one) await notify(context, id, one, attempt);
}

async function notify(context: Context, id: string, one: Subscriber, attempt: number): Promise<void> {
  if (isOver(context, one)) return void (await subscribers(context).delete(id));
  if (await tell(context, one.callback, one.url)) {
    if (one.failures > 0) await subscribers(context).update(id, (now) => ({ ...(now ?? one), failures: 0 }));
    return;
  }
  if (one.failures + 1 >= hopeless) return void (await subscribers(context).delete(id));
  await subscribers(context).update(id, (now) => ({ ...(now ?? one), failures: one.failures + 1 }));
  const pause = pauses[attempt];
  if (pause !== undefined)
    await context.enqueue("again", { id, attempt: attempt + 1 }, { in: { minutes: pause }, key: `again ${id}` });
}

/** Sends one notification: the feed's address, as a form. Gives whether it was taken. */
export async function tell(context: Context, callback: string, url: string): Promise<boolean> {
  try {
    const body = new URLSearchParams({ url });
    const answer = await context.fetch(callback, { method: "POST", body, redirect: "manual", timeout: 5_000, maxBytes: 10_000 });
    return answer.ok;
  } catch {
    // A stranger's server; whoever does not answer is tried again.
    return false;
  }
}
