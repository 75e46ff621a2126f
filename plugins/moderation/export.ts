import { ownRows, type AccountExport, type ExportFile } from "rookery/plugin";
import { appealOf } from "./appeals/appeals.ts";
import { actionsOf } from "./decisions/history.ts";
import type { Own } from "./settings.ts";

/** What is kept of somebody: what they reported, what was decided about them, and what they said against it. Not who reported them. */
export function accountExport(context: () => Own): AccountExport {
  return {
    about: (language) => context().t("export.about", {}, language),
    files: ({ accountId }) => filesOf(context(), accountId),
  };
}

async function* filesOf(context: Own, accountId: string): AsyncIterable<ExportFile> {
  const mine = { of: { account_id: accountId } } as const;
  yield { name: "reports-i-made.json", rows: reports(context, accountId) };
  yield { name: "decisions-about-me.json", rows: decisions(context, accountId) };
  yield {
    name: "first-posts-looked-at.json",
    rows: ownRows(context, {
      ...mine,
      table: "p_moderation_judged",
      along: "id",
      as: ({ kind, url, excerpt, why, state, at }) => ({ kind, url, excerpt, why, state, at }),
    }),
  };
}

async function* reports(context: Own, accountId: string) {
  const made = ownRows(context, { table: "p_moderation_reports", of: { account_id: accountId }, along: "id" });
  for await (const { case_id: id, category, note, at } of made) {
    const [about] = await context.tables.query("SELECT kind, url, title FROM p_moderation_cases WHERE id = ?", [id!]);
    yield { at, category, note, about: about ?? null };
  }
}

async function* decisions(context: Own, accountId: string) {
  const made = ownRows(context, { table: "p_moderation_decisions", of: { account_id: accountId }, along: "id" });
  for await (const { id, reason, url, title, at, until_at: until } of made) {
    const acts = await actionsOf(context, [String(id)]);
    const appeal = await appealOf(context, String(id));
    yield {
      at,
      reason,
      url,
      title,
      until,
      acts: acts.map(({ kind, state, until: end, undoneAt }) => ({ kind, state, until: end, undoneAt })),
      appeal: appeal && {
        words: appeal.words,
        at: appeal.at,
        state: appeal.state,
        answer: appeal.answer,
        decidedAt: appeal.decidedAt,
      },
    };
  }
}
