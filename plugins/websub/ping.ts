import type { Context, Json } from "rookery/plugin";
import { hubOf, ownHub } from "./hub-address.ts";
import type { settings } from "./settings.ts";

/** Minutes between tries with the public hub. */
const pauses = [1, 5, 30, 120, 360] as const;

/** What is remembered of the last ping. */
export type PingNote = { readonly hub: string; readonly at: string; readonly failed: string };

/** Tells the public hub which feeds changed (`hub.mode=publish`), and again those that it did not take. */
export async function ping(context: Context<typeof settings>, data: Json): Promise<void> {
  const { topics, attempt } = data as { topics: readonly string[]; attempt: number };
  const hub = hubOf(context);
  if (hub === ownHub(context)) return;
  const failed: string[] = [];
  let why = "";
  for (const topic of topics) {
    const problem = await tell(context, hub, topic);
    if (problem) [why] = [problem, failed.push(topic)];
  }
  await context.collection<PingNote>("pings").put("last", { hub, at: context.clock.now().toISOString(), failed: why });
  const pause = pauses[attempt - 1];
  if (failed.length === 0) return;
  if (pause === undefined) return context.log.warn(`WebSub: the hub ${hub} could not be told: ${why}`);
  await context.enqueue("ping", { topics: failed, attempt: attempt + 1 }, { in: { minutes: pause } });
}

// What went wrong; empty when the hub knows.
async function tell(context: Context<typeof settings>, hub: string, topic: string): Promise<string> {
  // Hubs differ in which name they read.
  const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic });
  try {
    const answer = await context.fetch(hub, { method: "POST", body, timeout: 10_000, maxBytes: 10_000 });
    return answer.ok ? "" : `it answers ${answer.status}`;
  } catch {
    return "it does not answer";
  }
}
