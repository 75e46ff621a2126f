import { PublicError } from "rookery/plugin";
import { editable } from "../bounds.ts";
import { settle } from "../delivery/settle.ts";
import type { Own } from "../own.ts";
import { changeWords } from "../rows/change.ts";
import { rowBy, rowById } from "../rows/find.ts";
import { wordsOf, type ReplyRow } from "../rows/reply-row.ts";
import { htmlOf, readText } from "../text/read-text.ts";

/** Somebody's own reply that is still there. PublicError 404 for anything else. */
export async function theirs(context: Own, accountId: string, which: string | number): Promise<ReplyRow> {
  const row = await rowBy(context, which);
  if (!row || row.accountId !== accountId || row.state === "removed") throw none();
  return row;
}

const none = (): PublicError => new PublicError("no-reply", "There is no such reply of yours.", 404);

/** Whether a reply may still be changed. */
export const canEdit = ({ clock }: Pick<Own, "clock">, { createdAt, state }: ReplyRow): boolean =>
  state !== "removed" && clock.now().getTime() - Date.parse(createdAt) < editable;

/** Changes what a reply says, wherever it went. PublicError 403 after 24 hours. */
export async function edit(context: Own, accountId: string, which: string | number, text: string): Promise<ReplyRow> {
  const row = await theirs(context, accountId, which);
  if (!canEdit(context, row)) throw new PublicError("too-late", "A reply can be changed for 24 hours; delete it instead.", 403);
  const source = readText(text);
  await context.as({ accountId, blog: null });
  await context.limit(`edit ${accountId}`, { times: 60, seconds: 600 });
  if (source !== row.source || row.state === "failed") {
    const words = { source, html: await htmlOf(context, source), ...wordsOf(source) };
    // Deleted in another tab meanwhile: it does not come back.
    if (!(await changeWords(context, { id: row.id }, { ...words, state: "waiting", reason: "" }))) throw none();
  }
  await settle(context, row);
  return (await rowById(context, row.id)) ?? row;
}

/** Tries again to deliver what failed. */
export async function retry(context: Own, accountId: string, id: string): Promise<ReplyRow> {
  const row = await theirs(context, accountId, id);
  if (row.state === "failed") await changeWords(context, { id: row.id }, { state: "waiting", reason: "" });
  await settle(context, row);
  return (await rowById(context, row.id)) ?? row;
}
