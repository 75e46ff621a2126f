import type { Json } from "rookery/plugin";
import { placeOf } from "../reports/target.ts";
import { marks } from "../rows.ts";
import type { Own } from "../settings.ts";
import { drop, release } from "../timeline.ts";
import { judgedWhere, type Judged, type Kept } from "./judged.ts";

/** What follows from it that things were settled: they come into timelines or leave them, replies are shown or hidden. Safe to run twice. */
export async function followUp(context: Own, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const settled = await judgedWhere(context, `id IN (${marks(ids.length)})`, ids);
  for (const [accountId, theirs] of Map.groupBy(settled, (one) => one.accountId)) {
    const keysOf = (...states: Judged["state"][]) =>
      theirs.filter(({ kind, state }) => kind === "post" && states.includes(state)).map(({ key }) => key);
    await drop(context, accountId, keysOf("passed", "refused"));
    // What was there before its change, and is not refused, is there again.
    await release(context, accountId, keysOf("released", "passed"));
    for (const one of theirs) if (one.kind === "reply") await settleReply(context, one);
  }
}

/** The same as a job: after a crash. */
export const followUpJob = (data: Json, context: Own): Promise<void> => followUp(context, (data as { ids: string[] }).ids);

// What the people of the blog decided meanwhile stands.
async function settleReply(context: Own, { placeId, url, state }: Kept): Promise<void> {
  if (state !== "released" && state !== "refused") return;
  const there = await placeOf(context, placeId);
  const reply = await there?.interactions.bySource(url);
  if (there && reply?.state === "held") await there.interactions.decide(reply.id, state === "released" ? "visible" : "hidden");
}
