import type { Account } from "rookery/plugin";
import { nowOf } from "../rows.ts";
import type { Own } from "../settings.ts";
import { targetOfPerson } from "../reports/target.ts";
import { decide } from "../decisions/decide.ts";
import { judgedWhere, type Kept } from "./judged.ts";
import { setReviewed } from "./people.ts";
import { settle } from "./settle.ts";

/** What waits, the oldest first. */
export const heldThings = (context: Pick<Own, "tables">, after: string, limit: number): Promise<readonly Kept[]> =>
  judgedWhere(context, "state = 'held' AND id > ?", [after], limit);

/** What waits of one person, 100 at most. */
export const heldOf = (context: Pick<Own, "tables">, accountId: string): Promise<readonly Kept[]> =>
  judgedWhere(context, "state = 'held' AND account_id = ?", [accountId]);

/**
 * Lets all that waits of somebody through, as it stood when a moderator looked (`seen`); what they say from now on passes, unless their
 * future posts are held on purpose. False when something came or was changed after it: that waits, and they are not known yet.
 */
export async function letThrough(context: Own, by: Account, accountId: string, seen: string): Promise<boolean> {
  await settle(context, accountId, "released", seen);
  const isAll = (await heldOf(context, accountId)).length === 0;
  if (isAll) await setReviewed(context, accountId, "passed", by.id);
  await context.audit({ action: "let-through", subject: accountId, accountId: by.id });
  return isAll;
}

/** Refuses what waits of somebody and keeps them out, as a decision they can appeal against. Gives its id. */
export async function turnAway(context: Own, by: Account, accountId: string, reason: string): Promise<string> {
  const target = await targetOfPerson(context, accountId);
  const wish = { by, target, reason, length: "open", withBlogs: true, caseId: "", closes: false };
  const { id } = await decide(context, { ...wish, acts: ["suspend"] });
  await setReviewed(context, accountId, "refused", by.id);
  await settle(context, accountId, "refused", nowOf(context));
  return id;
}

/** Refuses what waits of somebody, as it stood when a moderator looked, and nothing else. */
export async function refuseHeld(context: Own, by: Account, accountId: string, seen: string): Promise<void> {
  await settle(context, accountId, "refused", seen);
  await context.audit({ action: "held-refused", subject: accountId, accountId: by.id });
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
  await tables.run("DELETE FROM p_moderation_judged WHERE state NOT IN ('held', 'limited') AND at < ?", [
    before(settings.days + 30),
  ]);
  await tables.run("UPDATE p_moderation_people SET review = 'passed', at = ? WHERE review = 'new' AND at < ?", [
    nowOf(context),
    before(settings.days),
  ]);
}
