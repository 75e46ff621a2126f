import { randomBytes } from "node:crypto";
import type { Context, Json } from "rookery/plugin";
import { withQuery } from "./callback.ts";
import { subscriptionId } from "./hashes.ts";
import { end, keep, subscriptionOf } from "./subscriptions.ts";
import { renderTopic } from "./topic.ts";

type Pending = {
  readonly mode: "subscribe" | "unsubscribe";
  readonly topic: string;
  readonly callback: string;
  readonly lease: number;
  /** The name of the sealed secret. */
  readonly secret: string | null;
  readonly attempt: number;
};

/** Minutes until a callback that could not be reached is asked again. */
const pauses = [1, 10] as const;

/**
 * Asks a callback whether it really wants what was asked in its name (WebSub §5.3): only an answer 2xx whose body is the challenge
 * counts. Whatever else comes leaves things as they were.
 */
export async function verify(context: Context, data: Json): Promise<void> {
  const pending = data as Pending;
  const { mode, topic, callback, secret } = pending;
  const id = subscriptionId(topic, callback);
  const there = mode === "unsubscribe" ? await subscriptionOf(context, id) : null;
  if (mode === "unsubscribe" && !there) return;
  if (mode === "subscribe" && !(await renderTopic(context, topic))) {
    await deny(context, { topic, callback }, "There is no such feed any more.");
    if (secret) await context.secrets.forget(secret);
    return;
  }
  const said = await ask(context, pending);
  const pause = pauses[pending.attempt - 1];
  if (said === "silence" && pause !== undefined)
    return context.enqueue("verify", { ...pending, attempt: pending.attempt + 1 }, { in: { minutes: pause } });
  if (said !== "yes") {
    if (secret) await context.secrets.forget(secret);
    context.log.info(`WebSub: ${new URL(callback).host} did not confirm to ${mode}`);
  } else if (there) await end(context, there);
  else await keep(context, pending);
}

/** Tells a callback that it is not subscribed, or not any more (WebSub §5.2); what it answers does not matter. */
export async function deny(
  context: Context,
  { topic, callback }: { topic: string; callback: string },
  reason: string,
): Promise<void> {
  const url = withQuery(callback, { "hub.mode": "denied", "hub.topic": topic, "hub.reason": reason });
  await context.fetch(url, { redirect: "manual", timeout: 10_000, maxBytes: 10_000 }).catch(() => undefined);
}

async function ask(context: Context, { mode, topic, callback, lease }: Pending): Promise<"yes" | "no" | "silence"> {
  const challenge = randomBytes(32).toString("base64url");
  const url = withQuery(callback, {
    "hub.mode": mode,
    "hub.topic": topic,
    "hub.challenge": challenge,
    ...(mode === "subscribe" && { "hub.lease_seconds": String(lease) }),
  });
  try {
    const answer = await context.fetch(url, { redirect: "manual", timeout: 10_000, maxBytes: 10_000 });
    if (answer.status >= 500 || answer.status === 429) return "silence";
    return answer.ok && (await answer.text()) === challenge ? "yes" : "no";
  } catch {
    // Refused by the guard, unreachable or too slow; a stranger's server is no failure of ours.
    return "silence";
  }
}
