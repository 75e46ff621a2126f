import type { Account } from "rookery/plugin";
import { nowOf } from "../rows.ts";
import type { Own } from "../settings.ts";
import { placeOf, targetOfPerson } from "../reports/target.ts";
import { decide } from "../decisions/decide.ts";
import { drop, release } from "../timeline.ts";
import { setReviewed } from "./people.ts";

/** Something that waits for a moderator. */
export type Held = {
  readonly id: string;
  readonly accountId: string;
  readonly kind: "post" | "reply";
  readonly placeId: string;
  readonly url: string;
  readonly excerpt: string;
  readonly why: readonly string[];
  readonly at: string;
};

type Row = Record<string, string>;
const columns = "id, account_id, kind, place_id, url, excerpt, why, at";

/** What waits, the oldest first. */
export async function heldThings({ tables }: Pick<Own, "tables">, after: string, limit: number): Promise<readonly Held[]> {
  const sql = `SELECT ${columns} FROM p_moderation_judged WHERE state = 'held' AND id > ? ORDER BY id LIMIT ${limit}`;
  return (await tables.query<Row>(sql, [after])).map(heldFrom);
}

/** What waits of one person, 100 at most. */
export async function heldOf({ tables }: Pick<Own, "tables">, accountId: string): Promise<readonly Held[]> {
  const sql = `SELECT ${columns} FROM p_moderation_judged WHERE account_id = ? AND state = 'held' ORDER BY id LIMIT 100`;
  return (await tables.query<Row>(sql, [accountId])).map(heldFrom);
}

/** Lets all that waits of somebody through; what they say from now on passes, unless their future posts are held on purpose. */
export async function letThrough(context: Own, by: Account, accountId: string): Promise<void> {
  await setReviewed(context, accountId, "passed", by.id);
  await settle(context, accountId, "released");
  await release(context, accountId);
  await context.audit({ action: "let-through", subject: accountId, accountId: by.id });
}

/** Refuses what waits of somebody and keeps them out, as a decision they can appeal against. Gives its id. */
export async function turnAway(context: Own, by: Account, accountId: string, reason: string): Promise<string> {
  const target = await targetOfPerson(context, accountId);
  const wish = { by, target, reason, length: "open", withBlogs: true, caseId: "", closes: false };
  const { id } = await decide(context, { ...wish, acts: ["suspend"] });
  await setReviewed(context, accountId, "refused", by.id);
  await settle(context, accountId, "refused");
  await drop(context, accountId);
  return id;
}

/** Refuses what waits of somebody, and nothing else. */
export async function refuseHeld(context: Own, by: Account, accountId: string): Promise<void> {
  await settle(context, accountId, "refused");
  await drop(context, accountId);
  await context.audit({ action: "held-refused", subject: accountId, accountId: by.id });
}

async function settle(context: Own, accountId: string, state: "released" | "refused"): Promise<void> {
  for (let some = await heldOf(context, accountId); some.length > 0; some = await heldOf(context, accountId))
    for (const held of some) {
      if (held.kind === "reply") await settleReply(context, held, state === "released" ? "visible" : "hidden");
      await context.tables.run("UPDATE p_moderation_judged SET state = ? WHERE id = ?", [state, held.id]);
    }
}

// What the people of the blog decided meanwhile stands.
async function settleReply(context: Own, { placeId, url }: Held, state: "visible" | "hidden"): Promise<void> {
  const there = await placeOf(context, placeId);
  const reply = await there?.interactions.bySource(url);
  if (there && reply?.state === "held") await there.interactions.decide(reply.id, state);
}

/** Tells moderators once that something of a new account waits. */
export async function tellHeld(context: Own, accountId: string): Promise<void> {
  const person = await context.people.standing(accountId);
  if (!person || (await heldOf(context, accountId)).length === 0) return;
  for (const { id } of await context.people.byRole("moderator"))
    await context.notify(id, {
      kind: "moderation",
      key: "notice.held",
      values: { name: person.account.username },
      url: "/admin/moderation/held",
      subject: `held ${accountId}`,
    });
}

/** Forgets what passed long ago; those whom nobody had to look at are known now. */
export async function sweepReview(context: Own): Promise<void> {
  const { tables, clock, settings } = context;
  const before = (days: number) => new Date(clock.now().getTime() - days * 86_400_000).toISOString();
  await tables.run("DELETE FROM p_moderation_judged WHERE state <> 'held' AND at < ?", [before(settings.days + 30)]);
  await tables.run("UPDATE p_moderation_people SET review = 'passed', at = ? WHERE review = 'new' AND at < ?", [
    nowOf(context),
    before(settings.days),
  ]);
}

const heldFrom = (row: Row): Held => ({
  id: row.id!,
  accountId: row.account_id!,
  kind: row.kind as Held["kind"],
  placeId: row.place_id!,
  url: row.url!,
  excerpt: row.excerpt!,
  why: row.why!.split(" ").filter(Boolean),
  at: row.at!,
});
