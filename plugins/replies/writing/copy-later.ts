import { PublicError } from "rookery/plugin";
import { settle } from "../delivery/settle.ts";
import type { Own } from "../own.ts";
import { changeWords } from "../rows/change.ts";
import { rowById } from "../rows/find.ts";
import type { ReplyRow } from "../rows/reply-row.ts";
import { theirs } from "./edit.ts";

/** Whether a reply can get a copy on its writer's own blog, or lose it and stay. */
export const copyChange = ({ kind, state, wantsCopy, copyPost }: ReplyRow): "copy" | "uncopy" | null => {
  if (kind !== "reply" || state !== "sent") return null;
  return wantsCopy && copyPost !== "" ? "uncopy" : "copy";
};

/** Puts a reply that was sent on its writer's own blog too, or takes it off there. PublicError 422 for what cannot be copied, 404 for what is not theirs. */
export async function setCopy(context: Own, accountId: string, id: string, isWanted: boolean): Promise<ReplyRow> {
  const row = await theirs(context, accountId, id);
  if (copyChange(row) === null) throw new PublicError("no-copy", "Only a reply that was sent can stand on your blog too.", 422);
  await context.as({ accountId, blog: null });
  await context.limit(`edit ${accountId}`, { times: 60, seconds: 600 });
  if (isWanted !== (copyChange(row) === "uncopy")) await changeWords(context, { id: row.id }, { wants_copy: isWanted ? 1 : 0 });
  await settle(context, row);
  return (await rowById(context, row.id)) ?? row;
}
