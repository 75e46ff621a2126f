import type { Json } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { check, later } from "./check.ts";
import { atOneGo, breathe } from "./pace.ts";
import { wakeLater, type Received } from "./received.ts";
import { nextOnes } from "./turns.ts";

type Lease = { readonly by: string; readonly until: number };
type Desk = Own & { readonly jobId: string };

// One job of a blog looks at a few sources at once, so that a flood of slow ones holds up webmentions and nothing else.
const [lanes, atOnce] = [8, 32];
const [shift, lease] = [45_000, 300_000];

/** Looks at what waits, until nothing does or its shift is over; a job of which one runs for a blog at a time. */
export async function verify(_data: Json, context: Desk): Promise<void> {
  if (!(await takeDesk(context))) return context.enqueue("verify", null, { key: "verify", in: { seconds: 5 } });
  const end = performance.now() + shift;
  try {
    for (let goes = 0; ; goes++) {
      if (goes > 0) await breathe(context.signal);
      const waiting = await nextOnes(context, { atLeast: lanes, atMost: atOneGo(atOnce) });
      if (waiting.length === 0) return;
      if (performance.now() > end || context.signal.aborted) break;
      await takeDesk(context);
      await Promise.all(Array.from({ length: lanes }, () => work(context, waiting)));
    }
    await context.enqueue("verify", null, { key: "verify" });
  } finally {
    await context.collection<Lease>("desk").delete("lease");
  }
}

/** Gives one that could not be looked at another turn; a job. */
export async function again(data: Json, context: Own): Promise<void> {
  await wakeLater(context, (data as { id: string }).id);
  await context.enqueue("verify", null, { key: "verify" });
}

async function work(context: Own, waiting: Received[]): Promise<void> {
  for (let one = waiting.shift(); one; one = waiting.shift())
    try {
      await check(context, one);
    } catch (error) {
      // One source that upsets us must not stand in front of the others.
      context.log.error(`A webmention could not be looked at: ${error instanceof Error ? error.message : String(error)}`, {
        source: one.source,
      });
      await later(context, one);
    }
}

async function takeDesk(context: Desk): Promise<boolean> {
  const now = context.clock.now().getTime();
  const mine = { by: context.jobId, until: now + lease };
  const held = await context
    .collection<Lease>("desk")
    .update("lease", (before) => (before && before.by !== mine.by && before.until > now ? before : mine));
  return held.by === mine.by;
}
