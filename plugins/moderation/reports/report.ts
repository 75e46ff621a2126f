import { createHmac, randomBytes } from "node:crypto";
import { PublicError } from "rookery/plugin";
import { categories, type About, type Category } from "../api.ts";
import { idOf, insertOnce, nowOf, typed } from "../rows.ts";
import type { Own } from "../settings.ts";
import { openCase, type Case } from "./cases.ts";
import { findTarget, notHere, type Asker } from "./target.ts";

/** Who reports: somebody here, or a visitor known by their network address for as long as the case is open. */
export type Reporter = { readonly account: Asker; readonly address: string };

/** A reporter's words have so many letters at most. */
export const noteLength = 2_000;

/** A category, from what was sent. */
export const categoryFrom = (text: string | null): Category | null => categories.find((one) => one === text) ?? null;

/**
 * Takes a report in: it joins the open case of its target, and each person counts once in it. Gives its id. PublicError for
 * what is not here, for words that are too long, and for whoever reports too often.
 */
export async function report(
  context: Own,
  reporter: Reporter,
  said: { readonly about: About; readonly category: string; readonly note: string },
): Promise<string> {
  const category = categoryFrom(said.category);
  if (!category) throw new PublicError("no-category", "Say what is wrong with it.", 422);
  if ([...said.note].length > noteLength) throw new PublicError("long-note", "A note has 2,000 letters at most.", 422);
  const { account } = reporter;
  if (!account && !context.settings.visitors) throw new PublicError("no-visitors", "Sign in to report something.", 403);
  await (account
    ? context.limit(`report ${account.id}`, { times: 30, seconds: 3_600 })
    : context.limit(`report from ${reporter.address}`, { times: 5, seconds: 3_600 }));
  const target = await findTarget(context, account, said.about);
  if (!target) throw notHere();
  if (account && target.accountId === account.id)
    throw new PublicError("own", "This is your own: edit or delete it yourself.", 422);
  const found = await openCase(context, target);
  const id = await keep(context, found, { account, address: reporter.address, category, note: typed(said.note, noteLength) });
  await noteCategory(context, found, category);
  if (!found.isTold) await context.enqueue("tell-moderators", { caseId: found.id }, { key: `tell-moderators ${found.id}` });
  return id;
}

async function keep(
  context: Own,
  { id: caseId }: Case,
  { account, address, category, note }: Reporter & { readonly category: Category; readonly note: string },
): Promise<string> {
  const who = account ? `account ${account.id}` : `address ${address}`;
  const reporterKey = createHmac("sha256", await pepper(context))
    .update(`${caseId} ${who}`)
    .digest("hex");
  const row = { id: idOf(context), case_id: caseId, reporter_key: reporterKey, account_id: account?.id ?? "" };
  const more = { category, note, at: nowOf(context), is_told: 0 };
  if (await insertOnce(context, "reports", { ...row, ...more }, "reporter_key")) return row.id;
  // Said again: the newest words stand, and it stays one report.
  if (note !== "")
    await context.tables.run("UPDATE p_moderation_reports SET note = ?, category = ? WHERE reporter_key = ?", [
      note,
      category,
      reporterKey,
    ]);
  const sql = "SELECT id FROM p_moderation_reports WHERE reporter_key = ?";
  return (await context.tables.query<{ id: string }>(sql, [reporterKey]))[0]?.id ?? row.id;
}

async function noteCategory({ tables }: Own, { id, categories: known }: Case, category: Category): Promise<void> {
  if (known.includes(category)) return;
  await tables.run("UPDATE p_moderation_cases SET categories = ? WHERE id = ?", [[...known, category].join(" "), id]);
}

/** A word of the installation's own that addresses are hashed with and forms are signed by. */
export async function pepper({ secrets }: Pick<Own, "secrets">): Promise<string> {
  const known = await secrets.read("pepper");
  if (known) return known;
  await secrets.keep("pepper", randomBytes(32).toString("hex"));
  return (await secrets.read("pepper"))!;
}
