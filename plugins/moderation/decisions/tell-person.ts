import type { Own } from "../settings.ts";
import type { Action, Decision } from "./history.ts";

/** Tells somebody what was decided about them, why, and where they can appeal. */
export async function tellPerson(context: Own, decision: Decision, actions: readonly Action[]): Promise<void> {
  const person = decision.accountId === "" ? null : await context.people.standing(decision.accountId);
  if (!person) return;
  const { language } = person.account;
  const what = actions.map(({ kind }) => context.t(`told.${kind}`, {}, language)).join(" ");
  await context.notify(decision.accountId, {
    kind: "moderation",
    key: "notice.decision",
    values: { what, reason: decision.reason.slice(0, 500) },
    url: `/appeal/${decision.id}`,
    subject: `decision ${decision.id}`,
  });
}

/** Tells somebody that something about them was taken back. */
export async function tellUndone(context: Own, { accountId, kind, decisionId }: Action): Promise<void> {
  const person = accountId === "" ? null : await context.people.standing(accountId);
  if (!person) return;
  await context.notify(accountId, {
    kind: "moderation",
    key: "notice.undone",
    values: { what: context.t(`told.${kind}`, {}, person.account.language) },
    url: `/appeal/${decisionId}`,
    subject: `decision ${decisionId}`,
  });
}
