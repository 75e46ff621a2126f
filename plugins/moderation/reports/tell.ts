import type { Json } from "rookery/plugin";
import { hasDecision } from "../decisions/history.ts";
import type { Own } from "../settings.ts";
import { caseById } from "./cases.ts";

const each = 100;

/** Tells all moderators of a new case, but not whom it is about. Once for each case, however many report it. */
export async function tellModerators(data: Json, context: Own): Promise<void> {
  const found = await caseById(context, String((data as { caseId: string }).caseId));
  if (!found || found.isTold) return;
  for (const { id } of await context.people.byRole("moderator")) {
    if (id === found.accountId) continue;
    await context.notify(id, {
      kind: "moderation",
      key: "notice.report",
      values: { title: found.title },
      url: `/admin/moderation/case/${found.id}`,
      subject: `case ${found.id}`,
    });
  }
  await context.tables.run("UPDATE p_moderation_cases SET is_told = 1 WHERE id = ?", [found.id]);
}

/** Tells everybody who reported something how it ended, and forgets by what visitors were known. */
export async function tellReporters(data: Json, context: Own): Promise<void> {
  const { caseId } = data as { caseId: string };
  const found = await caseById(context, caseId);
  if (!found || found.isOpen) return;
  const key = (await hasDecision(context, caseId)) ? "notice.outcome-acted" : "notice.outcome-nothing";
  const rows = await context.tables.query<{ id: string; account_id: string }>(
    `SELECT id, account_id FROM p_moderation_reports WHERE case_id = ? AND is_told = 0 ORDER BY id LIMIT ${each}`,
    [caseId],
  );
  for (const { id, account_id: accountId } of rows) {
    if (accountId !== "")
      await context.notify(accountId, {
        kind: "moderation",
        key,
        values: { title: found.title },
        url: "/guidelines",
        subject: `report ${id}`,
      });
    await context.tables.run("UPDATE p_moderation_reports SET is_told = 1, reporter_key = ? WHERE id = ?", [id, id]);
  }
  if (rows.length === each) await context.enqueue("tell-reporters", { caseId }, { key: `tell-reporters ${caseId}` });
}
