import type { Own } from "../settings.ts";
import { inForce } from "../standing.ts";
import { followUp } from "./follow-up.ts";
import { tellOfWaiting } from "./judge.ts";
import { judgedWhere, settleJudged, type Judged, type Kept } from "./judged.ts";

/** Lets what waits of somebody out, or keeps it out for good, as far as it stood so when a moderator looked (`seen`). */
export const settle = (context: Own, accountId: string, state: "released" | "refused", seen: string): Promise<void> =>
  each(context, "state = 'held' AND account_id = ? AND at <= ?", [accountId, seen], ({ why }) => ({ state, why }));

/** A limit is over: what it held goes out, or, where it was meant to end so (`isOver`), stays where it is. What was to be looked at besides waits on. */
export async function endLimit(context: Own, accountId: string, isOver: boolean): Promise<void> {
  let waits = false;
  await each(context, "state = 'limited' AND account_id = ?", [accountId], ({ why }) => {
    waits ||= why.some((one) => one !== "hold");
    return { state: why.length > 0 ? "held" : isOver ? "passed" : "released", why };
  });
  if (waits) await tellOfWaiting(context, accountId);
}

/** Somebody's posts are not held any more: those go out that were held for nothing else. */
export async function endHold(context: Own, accountId: string): Promise<void> {
  const isLimited = (await inForce(context, accountId)).has("limit");
  let waits = false;
  await each(context, "state = 'held' AND account_id = ? AND (why = 'hold' OR why LIKE 'hold %')", [accountId], (held) => {
    const why = held.why.filter((one) => one !== "hold");
    waits ||= why.length > 0;
    return { state: why.length > 0 ? "held" : isLimited ? "limited" : "released", why };
  });
  await each(context, "state = 'limited' AND account_id = ? AND (why = 'hold' OR why LIKE 'hold %')", [accountId], (held) => ({
    state: "limited",
    why: held.why.filter((one) => one !== "hold"),
  }));
  if (waits) await tellOfWaiting(context, accountId);
}

type Outcome = Pick<Judged, "state" | "why">;

// Some at a time. Written down first, with a job for what follows: of two who settle the same thing one does, and a crash loses nothing.
async function each(context: Own, where: string, values: readonly string[], outcomeOf: (held: Kept) => Outcome): Promise<void> {
  for (let after = ""; ;) {
    const some = await judgedWhere(context, `${where} AND id > ?`, [...values, after]);
    if (some.length === 0) return;
    const ids = await context.tables.write(async () => {
      const settled: string[] = [];
      for (const held of some) if (await settleJudged(context, held, outcomeOf(held))) settled.push(held.id);
      const key = `follow-up ${settled[0]} ${settled.length}`;
      if (settled.length > 0) await context.enqueue("follow-up", { ids: settled }, { key, in: { seconds: 60 } });
      return settled;
    });
    await followUp(context, ids);
    after = some.at(-1)!.id;
  }
}
