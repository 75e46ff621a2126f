import { placeOf } from "../reports/target.ts";
import type { Own } from "../settings.ts";
import { inForce } from "../standing.ts";
import { drop, release } from "../timeline.ts";
import { tellOfWaiting } from "./judge.ts";
import { judgedWhere, setJudged, type Judged, type Kept } from "./judged.ts";

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

// Some at a time. What follows comes before the mark that it is done: after a crash it is done again, which changes nothing.
async function each(context: Own, where: string, values: readonly string[], outcomeOf: (held: Kept) => Outcome): Promise<void> {
  for (let after = ""; ;) {
    const some = await judgedWhere(context, `${where} AND id > ?`, [...values, after]);
    if (some.length === 0) return;
    const outcomes = some.map((held) => ({ held, outcome: outcomeOf(held) }));
    const keysOf = (...states: string[]) =>
      outcomes.filter(({ held, outcome }) => held.kind === "post" && states.includes(outcome.state)).map(({ held }) => held.key);
    const accountId = some[0]!.accountId;
    await drop(context, accountId, keysOf("passed", "refused"));
    // What was there before its change, and is not refused, is there again.
    await release(context, accountId, keysOf("released", "passed"));
    for (const { held, outcome } of outcomes) {
      if (held.kind === "reply") await settleReply(context, held, outcome.state);
      await setJudged(context, held.id, outcome.state, outcome.why);
    }
    after = some.at(-1)!.id;
  }
}

// What the people of the blog decided meanwhile stands.
async function settleReply(context: Own, { placeId, url }: Kept, state: Judged["state"]): Promise<void> {
  if (state !== "released" && state !== "refused") return;
  const there = await placeOf(context, placeId);
  const reply = await there?.interactions.bySource(url);
  if (there && reply?.state === "held") await there.interactions.decide(reply.id, state === "released" ? "visible" : "hidden");
}
