import { isUlid, type Account } from "rookery/plugin";
import { hashOf, insertOnce, nowOf } from "../rows.ts";
import type { Own } from "../settings.ts";

export type Review = "new" | "waiting" | "passed" | "refused";
export type Newcomer = { readonly accountId: string; readonly review: Review; readonly at: string };
type Row = Record<string, string>;

/** Somebody new is here. Whoever has a role is known. */
export async function noteNewcomer(context: Own, { id, role }: Pick<Account, "id" | "role">): Promise<void> {
  if (role === "member") await addRow(context, id, "new");
}

/** How far the look at somebody is; null for nobody's business. */
export async function reviewOf({ tables }: Pick<Own, "tables">, accountId: string): Promise<Review | null> {
  const [row] = await tables.query<Row>("SELECT review FROM p_moderation_people WHERE account_id = ?", [accountId]);
  return row ? (row.review as Review) : null;
}

/** Whether what somebody says is looked at: their account is young, or something of theirs waits already. */
export async function isUnderReview(context: Own, accountId: string): Promise<boolean> {
  if (!context.settings.review || !isUlid(accountId)) return false;
  const review = await reviewOf(context, accountId);
  if (review === "waiting") return true;
  if (review === "passed" || review === "refused" || !isYoung(context, accountId)) return false;
  return (await context.accounts.byId(accountId))?.role === "member";
}

/** Something of somebody waits now. True when it is the first. */
export async function setWaiting(context: Own, accountId: string): Promise<boolean> {
  await addRow(context, accountId, "new");
  const sql = "UPDATE p_moderation_people SET review = 'waiting', at = ? WHERE account_id = ? AND review = 'new'";
  return (await context.tables.run(sql, [nowOf(context), accountId])) > 0;
}

/** A moderator has looked at somebody. */
export async function setReviewed(context: Own, accountId: string, review: "passed" | "refused", by: string): Promise<void> {
  await addRow(context, accountId, "new");
  const sql = "UPDATE p_moderation_people SET review = ?, at = ?, by_id = ? WHERE account_id = ?";
  await context.tables.run(sql, [review, nowOf(context), by, accountId]);
}

/** Those nobody has looked at yet, who came first first. */
export async function newcomers({ tables }: Pick<Own, "tables">, after: string, limit: number): Promise<readonly Newcomer[]> {
  const sql = `SELECT account_id, review, at FROM p_moderation_people WHERE review IN ('new', 'waiting') AND account_id > ? ORDER BY account_id LIMIT ${limit}`;
  const rows = await tables.query<Row>(sql, [after]);
  return rows.map(({ account_id: accountId, review, at }) => ({
    accountId: accountId!,
    review: review as Review,
    at: at!,
  }));
}

// The id of an account begins with the time it was made.
function isYoung({ clock, settings }: Own, accountId: string): boolean {
  const made = Array.from(accountId.slice(0, 10)).reduce((time, letter) => time * 32 + alphabet.indexOf(letter), 0);
  return clock.now().getTime() - made < settings.days * 86_400_000;
}
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

async function addRow(context: Own, accountId: string, review: Review): Promise<void> {
  await insertOnce(context, "people", { account_id: accountId, review, at: nowOf(context), by_id: "" }, "account_id");
}

/** A thing somebody says, as it is judged once and again when it changes; a reply stands on a blog. */
export type Utterance = {
  readonly kind: "post" | "reply";
  readonly accountId: string;
  readonly placeId: string;
  readonly url: string;
  /** What it is known by through its changes: of posts the timeline's word, of replies `replyKey`. */
  readonly key: string;
  readonly html: string;
};

/** What a reply on a blog is known by. */
export const replyKey = (placeId: string, url: string): string => hashOf(`reply ${placeId} ${url}`);
