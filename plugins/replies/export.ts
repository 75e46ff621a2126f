import { ownRows, type AccountExport, type ExportFile } from "rookery/plugin";
import { wantsCopies } from "./choices.ts";
import type { Own } from "./own.ts";
import { rowFrom, urlOf, type ReplyRow } from "./rows/reply-row.ts";

/** What somebody wrote to others: replies and mentions, drafts, and whether copies go to their blog. */
export function accountExport(context: () => Own): AccountExport {
  return {
    about: (language) => context().t("export.about", {}, language),
    files: ({ accountId }) => filesOf(context(), accountId),
  };
}

async function* filesOf(context: Own, accountId: string): AsyncIterable<ExportFile> {
  const choices = { copiesOnOwnBlog: await wantsCopies(context, accountId) };
  yield { name: "replies.json", rows: told(context, accountId) };
  yield { name: "replies.md", chunks: read(context, accountId) };
  yield {
    name: "drafts.json",
    rows: ownRows(context, {
      table: "p_replies_drafts",
      of: { account_id: accountId },
      along: "number",
      as: ({ number, source, updated_at: updatedAt }) => ({
        inReplyTo: Number(number) === 0 ? "" : new URL(`c/${number}`, context.site.url).href,
        source,
        updatedAt,
      }),
    }),
  };
  yield { name: "choices.json", text: `${JSON.stringify(choices, null, 2)}\n` };
}

// Of what was taken away only a mark is left.
async function* written(context: Own, accountId: string): AsyncIterable<ReplyRow> {
  const all = ownRows(context, { table: "p_replies_replies", of: { account_id: accountId }, along: "id", as: rowFrom });
  for await (const row of all) if (row.state !== "removed") yield row;
}

async function* told(context: Own, accountId: string) {
  for await (const row of written(context, accountId)) {
    const { number, kind, state, source, html, targetUrl: inReplyTo, toName: to, copyUrl, createdAt, updatedAt } = row;
    yield { number, url: urlOf(context, row), kind, state, source, html, inReplyTo, to, copyUrl, createdAt, updatedAt };
  }
}

async function* read(context: Own, accountId: string): AsyncIterable<string> {
  for await (const row of written(context, accountId)) {
    const answered = row.targetUrl ? ` \u2192 <${row.targetUrl}>` : "";
    yield `## ${row.createdAt} <${urlOf(context, row)}>${answered}\n\n${row.source}\n\n`;
  }
}
