import { createHmac, timingSafeEqual } from "node:crypto";
import type { Account } from "rookery/plugin";
import { decisionById, type Decision } from "../decisions/history.ts";
import { pepper } from "../reports/report.ts";
import type { Own } from "../settings.ts";

// Long enough to write what is to be said.
const seconds = 24 * 3_600;

/** For somebody suspended who has just proved who they are: the way to the decision, and to an appeal, whether or not a mail reached them. */
export async function appealLinks(context: Own, { account, language }: { account: Account; language: string }) {
  const decision = await suspensionOf(context, account.id);
  if (!decision) return [];
  const word = await signedWord(context, decision);
  return [{ label: context.t("appeal.at-sign-in", {}, language), href: `/appeal/${decision.id}?key=${word}` }];
}

/** Whether a word was given out at the sign-in for a decision, within the last day. */
export async function fitsSignedWord(context: Own, decision: Decision, word: string): Promise<boolean> {
  const [, until, mark] = /^([0-9a-z]{1,10})\.([0-9a-f]{64})$/.exec(word) ?? [];
  if (!until || !mark || Number.parseInt(until, 36) < secondsNow(context)) return false;
  return timingSafeEqual(Buffer.from(mark), Buffer.from(await markOf(context, decision, until)));
}

async function signedWord(context: Own, decision: Decision): Promise<string> {
  const until = (secondsNow(context) + seconds).toString(36);
  return `${until}.${await markOf(context, decision, until)}`;
}

async function markOf(context: Own, { id, accountId }: Decision, until: string): Promise<string> {
  const key = await pepper(context);
  return createHmac("sha256", key).update(`appeal ${id} ${accountId} ${until}`).digest("hex");
}

const secondsNow = ({ clock }: Own): number => Math.floor(clock.now().getTime() / 1_000);

// The latest that is in force; of a suspension by an admin outside of the desk there is none.
async function suspensionOf(context: Own, accountId: string): Promise<Decision | null> {
  const [row] = await context.tables.query<{ decision_id: string }>(
    "SELECT decision_id FROM p_moderation_actions WHERE account_id = ? AND state = 'active' AND kind = 'suspend' ORDER BY id DESC LIMIT 1",
    [accountId],
  );
  return row ? decisionById(context, row.decision_id) : null;
}
