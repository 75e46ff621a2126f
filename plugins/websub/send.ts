import type { Context, Json } from "rookery/plugin";
import { hashOf } from "./hashes.ts";
import { ownHub } from "./hub-address.ts";
import { signatureOf } from "./signature.ts";
import { end, note, subscriptionOf, subscriptionsTo, type Subscription } from "./subscriptions.ts";

type Stored = { readonly topic: string; readonly type: string; readonly body: string; readonly hash: string };

/** So many at a time, then others have their turn: a thousand subscribers must not keep pages and other jobs waiting. */
const batch = 20;
/** Minutes between tries with one subscriber. */
const pauses = [1, 5, 30, 120, 360] as const;
/** Who failed so often in a row is tried once for each change only. */
const hopeless = 30;

/** Sends a topic's newest version to the next subscribers, and starts the sending to those after them. */
export async function sendBatch(context: Context, data: Json): Promise<void> {
  const { topic, hash, after } = data as { topic: string; hash: string; after: string };
  const stored = await storedTopic(context, topic);
  // A newer version is on its way to everybody.
  if (stored?.hash !== hash) return;
  const subscriptions = await subscriptionsTo(context, topic, { after, limit: batch });
  await Promise.all(subscriptions.map((one) => deliver(context, stored, one, 0)));
  const last = subscriptions.at(-1);
  if (last && subscriptions.length === batch)
    await context.enqueue("send", { topic, hash, after: last.id }, { key: `send ${topic} ${hash}` });
}

/** Tries one subscriber again, with the version that is newest by now. */
export async function sendAgain(context: Context, data: Json): Promise<void> {
  const { topic, id, attempt } = data as { topic: string; id: string; attempt: number };
  const [stored, subscription] = [await storedTopic(context, topic), await subscriptionOf(context, id)];
  if (stored && subscription) await deliver(context, stored, subscription, attempt);
}

async function deliver(context: Context, stored: Stored, subscription: Subscription, attempt: number): Promise<void> {
  const { id, failures, delivered } = subscription;
  if (delivered === stored.hash) return;
  const status = await post(context, stored, subscription);
  if (status >= 200 && status < 300) return note(context, id, stored.hash);
  if (status === 410) return end(context, subscription);
  await note(context, id, null);
  const pause = failures >= hopeless ? undefined : pauses[attempt];
  if (pause === undefined) return;
  await context.enqueue(
    "again",
    { topic: hashOf(stored.topic), id, attempt: attempt + 1 },
    { in: { minutes: pause }, key: `again ${id}` },
  );
}

/** Sends the body (WebSub §7) and gives the status; 0 when nothing answered. Redirects are not followed. */
async function post(context: Context, { topic, type, body }: Stored, { callback, secret }: Subscription): Promise<number> {
  const headers: Record<string, string> = {
    "content-type": type,
    link: `<${ownHub(context)}>; rel="hub", <${topic}>; rel="self"`,
  };
  if (secret) {
    const known = await context.secrets.read(secret);
    // Without its signature a subscriber that gave a secret would have to throw it away.
    if (known === null) return 0;
    headers["x-hub-signature"] = signatureOf(known, body);
  }
  try {
    const answer = await context.fetch(callback, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      timeout: 10_000,
      maxBytes: 10_000,
    });
    return answer.status;
  } catch {
    return 0;
  }
}

async function storedTopic({ tables, blog }: Context, id: string): Promise<Stored | null> {
  const sql = "SELECT topic, type, body, hash FROM p_websub_topics WHERE blog_id = ? AND id = ?";
  return (await tables.query<Stored>(sql, [blog.id, id]))[0] ?? null;
}
